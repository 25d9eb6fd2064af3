using System.Numerics;

namespace Codecs.Formats.Media;

/// <summary>The loops that touch every sample.</summary>
internal static class SampleLoops
{
    /// <summary>Takes channel <paramref name="channel"/> out of frames of <paramref name="channels"/> samples.</summary>
    public static void Deinterleave(ReadOnlySpan<float> frames, int channel, int channels, Span<float> plane)
    {
        if (channels == 1)
        {
            frames[..plane.Length].CopyTo(plane);
            return;
        }

        for (int i = 0, at = channel; i < plane.Length; i++, at += channels)
        {
            plane[i] = frames[at];
        }
    }

    /// <summary>Puts a plane into channel <paramref name="channel"/> of frames of <paramref name="channels"/> samples.</summary>
    public static void Interleave(ReadOnlySpan<float> plane, Span<float> frames, int channel, int channels)
    {
        if (channels == 1)
        {
            plane.CopyTo(frames);
            return;
        }

        for (int i = 0, at = channel; i < plane.Length; i++, at += channels)
        {
            frames[at] = plane[i];
        }
    }

    /// <summary>
    /// Rounds samples to the nearest level of a signed integer of <paramref name="bits"/> bits (ties to even) and clips them to its range; what is not a
    /// number becomes 0. ffmpeg then has nothing left to round: it would cut 24-bit samples off instead, and wraps what is far out of range.
    /// </summary>
    public static void Quantize(ReadOnlySpan<float> source, Span<float> destination, int bits)
    {
        float scale = 1 << (bits - 1);
        var low = new Vector<float>(-scale);
        var high = new Vector<float>(scale - 1);
        int i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = new Vector<float>(source[i..]);
            // A NaN differs from itself.
            x = Vector.ConditionalSelect(Vector.Equals(x, x), x * scale, Vector<float>.Zero);
            x = Vector.Round(Vector.Min(Vector.Max(x, low), high), MidpointRounding.ToEven);
            (x / scale).CopyTo(destination[i..]);
        }

        for (; i < source.Length; i++)
        {
            float x = float.IsNaN(source[i]) ? 0 : source[i] * scale;
            destination[i] = MathF.Round(Math.Clamp(x, -scale, scale - 1), MidpointRounding.ToEven) / scale;
        }
    }

    /// <summary>Replaces infinities and what is not a number, which float files can hold, by 0.</summary>
    public static void ReplaceNonFinite(Span<float> samples)
    {
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = new Vector<float>(samples[i..]);
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(x), new Vector<float>(float.MaxValue)), x, Vector<float>.Zero).CopyTo(samples[i..]);
        }

        for (; i < samples.Length; i++)
        {
            samples[i] = float.IsFinite(samples[i]) ? samples[i] : 0;
        }
    }
}
