using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>Layer normalisation over the last dimension whose scale and shift are rows of a table; the first row serves.</summary>
/// <remarks>Siuzdak 2023 (Vocos) chooses the row by bitrate; in Language-Codec all rows stand for the same one. Names: <c>scale.weight</c>,
/// <c>shift.weight</c> [rows, channels].</remarks>
internal sealed class ConditionedNormalization : ILayer
{
    /// <summary>What is added to the variance, here and at the end of the backbone.</summary>
    internal const double Epsilon = 1e-6;

    private readonly Tensor _scale;
    private readonly Tensor _shift;

    internal ConditionedNormalization(WeightScope weights, int rows, int channels)
    {
        _scale = weights.Keep(FirstRow(weights.Take("scale.weight", rows, channels)));
        _shift = weights.Keep(FirstRow(weights.Take("shift.weight", rows, channels)));
    }

    public Tensor Forward(Tensor x) => nn.functional.layer_norm(x, _scale.shape, _scale, _shift, Epsilon);

    private static Tensor FirstRow(Tensor table)
    {
        using (table)
        {
            using Tensor row = table.select(0, 0);
            return row.clone();
        }
    }
}
