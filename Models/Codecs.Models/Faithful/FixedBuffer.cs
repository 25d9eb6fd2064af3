using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>Numbers that official state dictionaries carry although nobody learned them: compared, so that a network with others is not taken for ours.</summary>
internal static class FixedBuffer
{
    private const float Tolerance = 1e-5f;

    /// <summary>Compares a tensor that a network is built of; one without memory passes.</summary>
    /// <param name="name">Its name, for the message.</param>
    /// <param name="found">Its values.</param>
    /// <param name="expected">What they should be, row-major.</param>
    /// <param name="meaning">What that is, for the message.</param>
    /// <exception cref="ModelMismatchException">A value differs.</exception>
    internal static void Check(string name, Tensor found, IReadOnlyList<double> expected, string meaning)
    {
        if (found.device_type != DeviceType.META)
        {
            using Tensor plain = found.cpu();
            Check(name, plain.data<float>().ToArray(), expected, meaning);
        }
    }

    /// <summary>Compares values that were read already.</summary>
    /// <inheritdoc cref="Check(string, Tensor, IReadOnlyList{double}, string)"/>
    internal static void Check(string name, float[] found, IReadOnlyList<double> expected, string meaning)
    {
        for (int i = 0; i < found.Length; i++)
        {
            if (!(Math.Abs(found[i] - expected[i]) <= Tolerance))
            {
                throw new ModelMismatchException($"The tensor '{name}' is not {meaning}; these weights belong to another network.");
            }
        }
    }
}
