using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>Layer normalisation over channels whose scale and shift are rows of tables: one row, or one for each number of codebooks.</summary>
/// <remarks>The adaptive normalisation of Vocos. Names: <c>scale</c> and <c>shift</c>, [levels, channels].</remarks>
internal sealed class SpeechNorm : nn.Module
{
    /// <summary>Added to the variance.</summary>
    internal const double Epsilon = 1e-6;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Parameter scale;
    internal readonly Parameter shift;
#pragma warning restore IDE1006
    private readonly long[] _shape;

    internal SpeechNorm(int channels, int levels)
        : base(nameof(SpeechNorm))
    {
        _shape = [channels];
        scale = new Parameter(ones(levels, channels));
        shift = new Parameter(zeros(levels, channels));
        RegisterComponents();
    }

    /// <param name="x">[N, 1, T, channels].</param>
    /// <param name="level">Row for each item, int64 [N]; null for the first row.</param>
    /// <returns>float32.</returns>
    internal Tensor Forward(Tensor x, Tensor? level)
    {
        Tensor normal = nn.functional.layer_norm(x.to(ScalarType.Float32), _shape, eps: Epsilon);
        return level is null
            ? (normal * scale) + shift
            : (normal * scale.index_select(0, level).reshape(-1, 1, 1, _shape[0])) + shift.index_select(0, level).reshape(-1, 1, 1, _shape[0]);
    }
}
