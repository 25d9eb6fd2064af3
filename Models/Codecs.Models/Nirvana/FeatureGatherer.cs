using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana;

/// <summary>Collects the inputs of a network for vectors of 16 positions, every second column of 32, two inputs to a lane.</summary>
internal sealed class FeatureGatherer
{
    private const int ScaleBits = 12;
    private readonly short[][] _plus;
    private readonly short[]?[] _minus;
    private readonly int[] _plusOffsets;
    private readonly int[] _minusOffsets;
    private readonly Vector512<int> _scale;
    private readonly short[] _scalars;

    /// <param name="features">With the scalars an even number.</param>
    /// <param name="sources">The planes, all of one size, by <see cref="FeatureSource"/>.</param>
    /// <param name="horizontal">Direction of the step.</param>
    /// <param name="step">Quantiser step: the unit of all inputs, at 1/64.</param>
    /// <param name="scalars">Inputs that are the same everywhere.</param>
    internal FeatureGatherer(Feature[] features, Grid?[] sources, bool horizontal, int step, short[] scalars)
    {
        int stride = sources[(int)FeatureSource.Mean]!.Stride;
        int Offset(int along, int across) => horizontal ? (across * stride) + along : (along * stride) + across;
        _plus = [.. features.Select(f => sources[(int)f.Plus]!.Samples)];
        _minus = [.. features.Select(f => f.Minus is { } m ? sources[(int)m]!.Samples : null)];
        _plusOffsets = [.. features.Select(f => Offset(f.Along, f.Across))];
        _minusOffsets = [.. features.Select(f => Offset(f.MinusAlong, f.MinusAcross))];
        _scale = Vector512.Create((64 << ScaleBits) / step);
        _scalars = scalars;
    }

    /// <summary>Pairs of inputs.</summary>
    internal int Pairs => (_plus.Length + _scalars.Length) / 2;

    /// <summary>Collects one vector.</summary>
    /// <param name="start">Index of the first of 32 columns in the planes.</param>
    /// <param name="odd">Which columns.</param>
    /// <param name="vector">Which of the batch's four vectors.</param>
    /// <param name="inputs">[pairs, 4].</param>
    internal void Gather(int start, bool odd, int vector, Span<Vector512<int>> inputs)
    {
        for (int p = 0; p < Pairs; p++)
        {
            Vector512<int> low = One(2 * p, start, odd), high = One((2 * p) + 1, start, odd);
            inputs[(p * 4) + vector] = (low & Vector512.Create(0xFFFF)) | (high << 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> One(int feature, int start, bool odd)
    {
        if (feature >= _plus.Length)
        {
            return Vector512.Create((int)_scalars[feature - _plus.Length]);
        }

        Vector512<short> value = Load(_plus[feature], start + _plusOffsets[feature]);
        if (_minus[feature] is { } minus)
        {
            value -= Load(minus, start + _minusOffsets[feature]);
        }

        Vector512<int> wide = odd ? value.AsInt32() >> 16 : value.AsInt32() << 16 >> 16;
        wide = ((wide * _scale) + Vector512.Create(1 << (ScaleBits - 1))) >> ScaleBits;
        return Vector512.Min(Vector512.Max(wide, Vector512.Create(-short.MaxValue)), Vector512.Create((int)short.MaxValue));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Load(short[] samples, int index)
    {
        // One check for the 32 samples.
        _ = samples.AsSpan(index, Vector512<short>.Count);
        return Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(samples), (nuint)index);
    }
}
