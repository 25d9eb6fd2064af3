using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Sends one picture through one codec and measures what comes back.</summary>
internal sealed class PictureMeter : IMeter<Image, EvaluatedPicture, PictureMeasurement>
{
    /// <summary>Measurements that were kept before there were scores are of no use.</summary>
    public string Variant => "scores";

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

        return Compare(image, back, file.Length, Stopwatch.GetElapsedTime(start, middle), Stopwatch.GetElapsedTime(middle, end));
    }

    /// <summary>Measures a decoded picture of the same size, both as <see cref="Prepare"/> makes them.</summary>
    public static PictureMeasurement Compare(Image original, Image decoded, long bytes, TimeSpan encode, TimeSpan decode)
    {
        IReadOnlyDictionary<PictureMeasure, double?> values = PictureMeasure.ComputeAll(original, decoded);
        return new PictureMeasurement(
            bytes,
            values[PictureMeasure.Psnr],
            values[PictureMeasure.MsSsim]!.Value,
            RoundedConverter.Round(encode.TotalSeconds),
            RoundedConverter.Round(decode.TotalSeconds))
        {
            Scores = PictureScores.Of(measure => values[measure]),
        };
    }

    /// <summary>The picture that every codec gets: RGB, transparency laid over white, no metadata.</summary>
    public static Image Prepare(Image image) => image.Flatten().ToRgb().WithMetadata(ImageMetadata.Empty);

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
