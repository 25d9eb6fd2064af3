using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>Checks shapes against bytes without overflow.</summary>
internal static class TensorShape
{
    /// <summary>What is wrong with a shape, or null.</summary>
    public static string? FindFault(IReadOnlyList<long> shape, ElementType type, long byteLength)
    {
        if (shape.Count > SafetensorsTensor.MaxRank)
        {
            return $"{shape.Count} dimensions, at most {SafetensorsTensor.MaxRank} are allowed";
        }

        UInt128 bytes = (UInt128)type.SizeOf();
        foreach (long dimension in shape)
        {
            if (dimension is < 0 or > uint.MaxValue)
            {
                return $"dimension {dimension}, expected 0 to {uint.MaxValue}";
            }

            // 8 * (2^32)^16 would overflow; anything above the file's size is already wrong, so stay just above it.
            bytes *= (UInt128)dimension;
            if (bytes > long.MaxValue)
            {
                bytes = long.MaxValue;
            }
        }

        return bytes == (UInt128)byteLength
            ? null
            : $"shape [{string.Join(", ", shape)}] of {type} needs {bytes} bytes, {byteLength} are there";
    }
}
