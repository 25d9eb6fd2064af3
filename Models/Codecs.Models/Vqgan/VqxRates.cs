using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Layers;

namespace Codecs.Models.Vqgan;

/// <summary>The ladder of rates: for each rate index how many bits an index has, and what a bit is worth to the encoder.</summary>
/// <remarks>Made with the weights: of all pairs of bits and lambda those that no other pair beats in rate and distortion.</remarks>
internal sealed class VqxRates
{
    /// <summary>Name of the tensor of bits without its prefix, U8 [rates]; it decides parsing.</summary>
    internal const string BitsTensor = "rate_bits";

    /// <summary>Name of the tensor of lambdas, squared distance per bit, F32 [rates]; only the encoder needs it.</summary>
    internal const string LambdaTensor = "rate_lambda";

    private const int MostRates = 256;
    private readonly byte[] _bits;
    private readonly float[] _lambda;

    /// <exception cref="ModelMismatchException">A tensor is missing or out of range.</exception>
    internal VqxRates(SafetensorsFile file)
    {
        int count = file.TryGet(LambdaTensor, out SafetensorsTensor? tensor) && tensor.Count is > 0 and <= MostRates ? (int)tensor.Count : 1;
        _lambda = WeightLoader.Floats(file, LambdaTensor, count);
        _bits = new IntegerWeights(file, ModelWeights.EntropyPrefix).Bytes(BitsTensor, count);
        if (_bits.Any(b => b is < VqxShape.FewestBits or > VqxShape.Depth) || _lambda.Any(l => !(float.IsFinite(l) && l >= 0)))
        {
            throw new ModelMismatchException($"The weights have rates outside {VqxShape.FewestBits} to {VqxShape.Depth} bits; the model file is damaged.");
        }
    }

    /// <summary>Highest rate index.</summary>
    internal int Max => _bits.Length - 1;

    /// <summary>Bits of an index.</summary>
    internal int Bits(int rate) => rate <= Max ? _bits[rate] : VqxShape.FewestBits + rate - Max - 1;

    /// <summary>A rate whose indices have so many bits: one of the ladder, or else one behind it, which packets can have but no file.</summary>
    /// <param name="bits"><see cref="VqxShape.FewestBits"/> to <see cref="VqxShape.Depth"/>.</param>
    internal int RateOf(int bits) => Array.IndexOf(_bits, (byte)bits) is var rate and >= 0 ? rate : Max + 1 + bits - VqxShape.FewestBits;

    /// <summary>Squared distance between vectors that is worth a bit.</summary>
    internal float Lambda(int rate) => _lambda[rate];
}
