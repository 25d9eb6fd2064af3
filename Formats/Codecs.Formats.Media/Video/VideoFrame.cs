using System.Runtime.InteropServices;

namespace Codecs.Formats.Media;

/// <summary>One frame: planes one after the other, rows without gaps, as ffmpeg's planar pixel formats have them.</summary>
public sealed class VideoFrame
{
    /// <summary>Wraps samples.</summary>
    /// <param name="format">What they are.</param>
    /// <param name="samples"><see cref="VideoFormat.FrameBytes"/> bytes; not copied.</param>
    /// <param name="timestamp">When the frame is shown, in ticks of the video's clock.</param>
    /// <exception cref="ArgumentException">The number of bytes is another.</exception>
    public VideoFrame(VideoFormat format, byte[] samples, long timestamp = 0)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length != format.FrameBytes)
        {
            throw new ArgumentException($"{samples.Length} bytes; a frame has {format.FrameBytes}.", nameof(samples));
        }

        (Format, Samples, Timestamp) = (format, samples, timestamp);
    }

    /// <summary>What the samples are.</summary>
    public VideoFormat Format { get; }

    /// <summary>All planes.</summary>
    public byte[] Samples { get; }

    /// <summary>When the frame is shown, in ticks of the video's clock.</summary>
    public long Timestamp { get; }

    /// <summary>The bytes of a plane, [rows, columns] samples of <see cref="VideoFormat.SampleBytes"/> bytes.</summary>
    public Span<byte> Plane(int plane)
    {
        int start = 0;
        for (int p = 0; p < plane; p++)
        {
            start += PlaneBytes(p);
        }

        return Samples.AsSpan(start, PlaneBytes(plane));
    }

    /// <summary>Copies a plane's samples.</summary>
    /// <param name="plane">0..<see cref="VideoFormat.PlaneCount"/> - 1.</param>
    /// <param name="destination">[rows, columns]; at least as many as the plane has samples.</param>
    public void Read(int plane, Span<ushort> destination)
    {
        ReadOnlySpan<byte> bytes = Plane(plane);
        if (Format.SampleBytes == 2)
        {
            MemoryMarshal.Cast<byte, ushort>(bytes).CopyTo(destination);
            return;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            destination[i] = bytes[i];
        }
    }

    /// <summary>Replaces a plane's samples.</summary>
    /// <param name="plane">0..<see cref="VideoFormat.PlaneCount"/> - 1.</param>
    /// <param name="values">[rows, columns], each below 2^<see cref="VideoFormat.BitDepth"/>.</param>
    public void Write(int plane, ReadOnlySpan<ushort> values)
    {
        Span<byte> bytes = Plane(plane);
        if (Format.SampleBytes == 2)
        {
            values[..(bytes.Length / 2)].CopyTo(MemoryMarshal.Cast<byte, ushort>(bytes));
            return;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)values[i];
        }
    }

    private int PlaneBytes(int plane) => Format.PlaneWidth(plane) * Format.PlaneHeight(plane) * Format.SampleBytes;
}
