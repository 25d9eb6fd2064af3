using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Frames in memory.</summary>
public sealed class VideoClip
{
    private readonly Lazy<string> _sha256;

    /// <summary>Gathers frames.</summary>
    /// <param name="format">What all frames are.</param>
    /// <param name="clock">The unit of their timestamps.</param>
    /// <param name="frameRate">Frames per second, the average where the rate varies.</param>
    /// <param name="frames">At least one, in the order of showing; they must not change any more.</param>
    public VideoClip(VideoFormat format, FrameClock clock, FrameClock frameRate, IReadOnlyList<VideoFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count, nameof(frames));
        (Format, Clock, FrameRate, Frames, _sha256) = (format, clock, frameRate, frames, new Lazy<string>(Hash));
    }

    /// <summary>What all frames are.</summary>
    public VideoFormat Format { get; }

    /// <summary>The unit of their timestamps.</summary>
    public FrameClock Clock { get; }

    /// <summary>Frames per second, the average where the rate varies.</summary>
    public FrameClock FrameRate { get; }

    /// <summary>At least one, in the order of showing.</summary>
    public IReadOnlyList<VideoFrame> Frames { get; }

    /// <summary>Pixels of all frames together.</summary>
    public long PixelCount => (long)Format.Width * Format.Height * Frames.Count;

    /// <summary>Hash of what the frames mean, lower-case hexadecimal.</summary>
    internal string Sha256 => _sha256.Value;

    /// <summary>The first frames, or the clip itself if it is shorter.</summary>
    /// <param name="count">At most so many, at least 1.</param>
    internal VideoClip Beginning(int count) => count >= Frames.Count ? this : new VideoClip(Format, Clock, FrameRate, [.. Frames.Take(count)]);

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string shape = string.Create(
            CultureInfo.InvariantCulture,
            $"{Format.Width}x{Format.Height} {Format.Chroma} {Format.BitDepth} {Format.Matrix} {Format.FullRange} {Clock.Numerator}/{Clock.Denominator} {FrameRate.Numerator}/{FrameRate.Denominator}");
        hash.AppendData(Encoding.UTF8.GetBytes(shape));
        foreach (VideoFrame frame in Frames)
        {
            hash.AppendData(MemoryMarshal.AsBytes<long>([frame.Timestamp]));
            hash.AppendData(frame.Samples);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
