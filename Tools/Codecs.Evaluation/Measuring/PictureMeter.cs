using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Evaluation;

/// <summary>Sends one picture through one codec and measures what comes back.</summary>
internal static class PictureMeter
{
    /// <summary>The picture that every codec gets: RGB, transparency laid over white, no metadata.</summary>
    public static Image Prepare(Image image) => image.Flatten().ToRgb().WithMetadata(ImageMetadata.Empty);

    /// <summary>Hash of size and samples, lower-case hexadecimal.</summary>
    public static string Hash(Image image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], image.Height);
        hash.AppendData(size);
        hash.AppendData(image.Pixels.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Encodes, decodes and compares.</summary>
    /// <exception cref="CodecException">The codec cannot hold the picture, or does not give it back.</exception>
    public static PictureMeasurement Measure(IImageContender contender, double setting, Image image, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        byte[] file = contender.Encode(image, setting, cancellation);
        long middle = Stopwatch.GetTimestamp();
        Image back = contender.Decode(file, cancellation);
        long end = Stopwatch.GetTimestamp();
        cancellation.ThrowIfCancellationRequested();

        back = Prepare(back);
        if (back.Width != image.Width || back.Height != image.Height)
        {
            throw new CodecException($"{contender.Name} was given {image.Width} x {image.Height} pixels and returned {back.Width} x {back.Height}.");
        }

        double psnr = Psnr.Compute(image.Pixels.Span, back.Pixels.Span);
        double similarity = MsSsim.Compute(image.Pixels.Span, back.Pixels.Span, image.Width, image.Height, image.Channels);
        return new PictureMeasurement(
            file.Length,
            double.IsFinite(psnr) ? Round(psnr) : null,
            Round(similarity),
            Round(Stopwatch.GetElapsedTime(start, middle).TotalSeconds),
            Round(Stopwatch.GetElapsedTime(middle, end).TotalSeconds));
    }

    // As stored, so that a cached measurement is the same as a fresh one.
    private static double Round(double value) => Math.Round(value, RoundedConverter.Decimals);

    /// <summary>Loads weights, compiles code and fills the caches of kernels for this size, before anything is timed.</summary>
    public static void WarmUp(IImageContender contender, Image image, CancellationToken cancellation) =>
        _ = contender.Decode(contender.Encode(image, contender.Ladder[0], cancellation), cancellation);
}
