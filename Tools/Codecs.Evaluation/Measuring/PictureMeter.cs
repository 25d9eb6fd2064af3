using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Evaluation;

/// <summary>Sends one picture through one codec and measures what comes back.</summary>
internal sealed class PictureMeter : IMeter<Image, EvaluatedPicture, PictureMeasurement>
{
    /// <inheritdoc/>
    public string Variant => "";

    /// <inheritdoc/>
    public (EvaluatedPicture Item, Image Media) Read(string file)
    {
        Image image = Prepare(ImageFile.Read(file).Image);
        return (new EvaluatedPicture(Path.GetFileName(file), image.Width, image.Height, Hash(image)), image);
    }

    /// <inheritdoc/>
    public PictureMeasurement Measure(IMediaContender<Image> contender, double setting, Image image, CancellationToken cancellation)
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
            double.IsFinite(psnr) ? RoundedConverter.Round(psnr) : null,
            RoundedConverter.Round(similarity),
            RoundedConverter.Round(Stopwatch.GetElapsedTime(start, middle).TotalSeconds),
            RoundedConverter.Round(Stopwatch.GetElapsedTime(middle, end).TotalSeconds));
    }

    /// <summary>The picture that every codec gets: RGB, transparency laid over white, no metadata.</summary>
    private static Image Prepare(Image image) => image.Flatten().ToRgb().WithMetadata(ImageMetadata.Empty);

    /// <summary>Hash of size and samples, lower-case hexadecimal.</summary>
    private static string Hash(Image image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], image.Height);
        hash.AppendData(size);
        hash.AppendData(image.Pixels.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
