using System.Buffers;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Images.Mlicv2;
using Codecs.Images.VqganExtreme;
using Codecs.Images.Walloc;
using Codecs.Metrics;
using Codecs.Models;
using Codecs.Models.Mlicv2;
using Codecs.Models.Vqgan;
using Codecs.Models.Vqgan.Faithful;
using Codecs.Models.Walloc;

namespace Codecs.Images;

/// <summary>Compresses pictures into .ncf files with a neural network and brings them back.</summary>
/// <remarks>
/// <para>Opaque pictures without metadata become Tiny files, all others Full files. Alpha is coded losslessly beside the colours; grey
/// pictures stay grey. Everything that decides parsing is integer arithmetic: a file decodes to the same latent on every machine, and
/// pixels differ between machines by one grey level at most.</para>
/// <para>Opening is cheap; the networks are loaded when first needed, and <see cref="Verify"/> never needs the native torch library. One
/// instance may be used by one thread at a time.</para>
/// </remarks>
public sealed class ImageCodec : IDisposable
{
    private readonly IPictureCodec _codec;
    private readonly ImageCodecOptions _options;

    private ImageCodec(string name, IPictureCodec codec, ImageCodecOptions options) => (Name, _codec, _options) = (name, codec, options);

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>Highest rate index of the model.</summary>
    public int MaxRate => _codec.MaxRate;

    /// <summary>Fingerprint of the weights that decide parsing; files name it and need exactly these.</summary>
    public Fingerprint EntropyFingerprint => _codec.EntropyFingerprint;

    /// <summary>Fingerprint of the synthesis weights; with others a file decodes with a warning.</summary>
    public Fingerprint SynthesisFingerprint => _codec.SynthesisFingerprint;

    /// <summary>The same pictures in packets for channels that lose some; null unless the model's latents are codebook indices.</summary>
    /// <exception cref="ModelMismatchException">They are, but not one for 16 x 16 pixels.</exception>
    public ImagePackets? Packets => _codec is IIndexCodec codec ? new ImagePackets(RequireCells(codec), _options.Limits) : null;

    /// <summary>Opens a codec.</summary>
    /// <param name="model">Name in the zoo, for example <c>mlicv2</c>, or the path of a weight file; also of a published VQGAN that <see cref="CheckpointImport"/> or
    /// <see cref="VqganReduction"/> made.</param>
    /// <param name="options">Device, threads, limits.</param>
    /// <exception cref="ModelMismatchException">There are no such weights, or they are damaged.</exception>
    public static ImageCodec Open(string model = "mlicv2", ImageCodecOptions? options = null)
    {
        options ??= ImageCodecOptions.Default;
        string path = ModelZoo.Find(model);
        SafetensorsFile file = ModelWeights.ReadFile(path);
        IPictureCodec codec = ModelWeights.ArchitectureOf(file) switch
        {
            L20Weights.Architecture => new Mlicv2Codec(L20Weights.FromFile(file), options),
            WallocImageWeights.Architecture => new WallocImageCodec(WallocImageWeights.FromFile(file), options),
            VqxWeights.Architecture => new VqganExtremeCodec(VqxWeights.FromFile(file), options),
            FaithfulVqganImport.Architecture => new PublishedVqganCodec(FaithfulVqganWeights.FromFile(file), options),
            var other => throw new ModelMismatchException($"'{path}' holds weights of '{other ?? "an unnamed network"}', which is no picture codec of this version."),
        };
        return new ImageCodec(model, codec, options);
    }

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">1x1 to the limits in force; 8 bits a channel, sRGB unless it carries a profile.</param>
    /// <param name="options">Quality or a target.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles and steps.</param>
    /// <returns>The file.</returns>
    /// <exception cref="TargetUnreachableException">The smallest file is larger than asked for, or the best is worse.</exception>
    public byte[] Encode(
        Image image, ImageEncoderOptions? options = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default) =>
        EncodeWithReport(image, options, progress, cancellation).File;

    /// <summary>Encodes a picture and tells how it went.</summary>
    /// <inheritdoc cref="Encode"/>
    public ImageEncodeResult EncodeWithReport(
        Image image, ImageEncoderOptions? options = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= ImageEncoderOptions.Default;
        options.Validate();
        var watch = new CodecWatch(progress, cancellation);
        (Image colour, byte[]? alpha) = image.SplitAlpha();
        ReadOnlyMemory<byte> rgb = colour.ToRgb().Pixels;
        var frame = new FileFrame(image.Width, image.Height, image.IsGray, image.Metadata, alpha, options, _codec, Name);
        ImageLatent? analyzed = null;
        if (options.TargetPsnrDb is { } psnrDb)
        {
            return RateSearch.LowestRate(MaxRate, rate => Attempt(rate, needPicture: true), a => a.PsnrDb >= psnrDb,
                best => $"The best this model reaches for this picture is {best.PsnrDb:F2} dB; {psnrDb:F2} dB were asked for.").Result;
        }

        if ((options.TargetBytes ?? BytesOf(options.BitsPerPixel, image)) is { } bytes)
        {
            return RateSearch.HighestRate(MaxRate, rate => Attempt(rate, needPicture: false), a => a.Result.File.Length <= bytes,
                smallest => $"The smallest file of this picture has {smallest.Result.File.Length} bytes; at most {bytes} were asked for.").Result;
        }

        return Attempt(RateOf(options.Quality), needPicture: false).Result;

        RateAttempt Attempt(int rate, bool needPicture)
        {
            ImageLatent latent = analyzed is null || _codec.AnalysisDependsOnRate ? _codec.Analyze(rgb, image.Width, image.Height, rate, watch) : analyzed.At(rate);
            analyzed = latent;
            var payload = new ArrayBufferWriter<byte>();
            (ImageLatent rounded, double bits) = _codec.Encode(latent, frame.Context(rate), frame.Check, payload, watch);
            double psnr = needPicture ? Psnr.Compute(rgb.Span, _codec.Synthesize(rounded, watch)) : 0;
            return new RateAttempt(new ImageEncodeResult(frame.Write(rate, payload.WrittenMemory), rate, bits, payload.WrittenCount), psnr);
        }
    }

    /// <summary>Encodes a picture into a stream, in one write at the end.</summary>
    /// <param name="output">Receives the file.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Quality or a target.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles and steps; nothing was written then.</param>
    /// <exception cref="TargetUnreachableException">The smallest file is larger than asked for, or the best is worse.</exception>
    public void EncodeTo(
        Stream output, Image image, ImageEncoderOptions? options = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Encode(image, options, progress, cancellation));
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The whole .ncf file.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles and steps.</param>
    /// <exception cref="InvalidBitstreamException">The file is damaged or truncated.</exception>
    /// <exception cref="UnsupportedBitstreamException">The file needs a newer reader or another kind of codec.</exception>
    /// <exception cref="LimitExceededException">The picture is larger than the limits allow.</exception>
    /// <exception cref="ModelMismatchException">The file was made with other weights.</exception>
    public Image Decode(ReadOnlyMemory<byte> file, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default) =>
        DecodeWithReport(file, progress, cancellation).Image;

    /// <summary>Decodes a file from a stream, read to its end.</summary>
    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, IProgress{CodecProgress}?, CancellationToken)"/>
    public Image Decode(Stream input, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var buffer = new MemoryStream();
        input.CopyTo(buffer);
        return Decode(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), progress, cancellation);
    }

    /// <summary>Decodes a file and tells what the user should know.</summary>
    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, IProgress{CodecProgress}?, CancellationToken)"/>
    public ImageDecodeResult DecodeWithReport(
        ReadOnlyMemory<byte> file, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        var watch = new CodecWatch(progress, cancellation);
        var parsed = ParsedPicture.Read(file, _options.Limits, _codec);
        ImageLatent latent = parsed.DecodeLatent(_codec, watch);
        byte[] rgb = _codec.Synthesize(latent, watch);
        return new ImageDecodeResult(parsed.Assemble(rgb), parsed.Warnings(_codec));
    }

    /// <summary>The latent of a picture before rounding: what the compressed domain looks like to a network.</summary>
    /// <param name="image">The picture; alpha is ignored.</param>
    /// <param name="quality">1..100, as in <see cref="ImageEncoderOptions.Quality"/>; it scales the latent.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public ImageLatent Analyze(Image image, double quality = 60, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        ReadOnlyMemory<byte> rgb = image.SplitAlpha().Color.ToRgb().Pixels;
        return _codec.Analyze(rgb, image.Width, image.Height, RateOf(quality), new CodecWatch(progress, cancellation));
    }

    /// <summary>Entropy-codes a latent into a file (RGB, no metadata), after a network has worked on it.</summary>
    /// <param name="latent">A latent of this model.</param>
    public byte[] EncodeLatent(ImageLatent latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        var frame = new FileFrame(
            latent.Width, latent.Height, isGray: false, ImageMetadata.Empty, alpha: null, ImageEncoderOptions.Default, _codec, Name);
        var payload = new ArrayBufferWriter<byte>();
        _codec.Encode(latent, frame.Context(latent.Rate), frame.Check, payload, default);
        return frame.Write(latent.Rate, payload.WrittenMemory);
    }

    /// <summary>The rounded latent of a file, without synthesis: exact on every machine, no torch needed.</summary>
    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, IProgress{CodecProgress}?, CancellationToken)"/>
    public ImageLatent DecodeLatent(ReadOnlyMemory<byte> file, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default) =>
        ParsedPicture.Read(file, _options.Limits, _codec).DecodeLatent(_codec, new CodecWatch(progress, cancellation));

    /// <summary>The RGB picture of a latent.</summary>
    /// <param name="latent">A latent of this model, rounded or not.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public Image Synthesize(ImageLatent latent, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return new Image(latent.Width, latent.Height, ImageLayout.Rgb, _codec.Synthesize(latent, new CodecWatch(progress, cancellation)));
    }

    /// <summary>Checks a file completely without making a picture: structure, checksums, digest, every symbol. Needs no torch.</summary>
    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, IProgress{CodecProgress}?, CancellationToken)"/>
    public ImageVerifyResult Verify(ReadOnlyMemory<byte> file, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        var parsed = ParsedPicture.Read(file, _options.Limits, _codec);
        parsed.DecodeLatent(_codec, new CodecWatch(progress, cancellation));
        parsed.DecodeAlpha();
        return new ImageVerifyResult(file.Length, parsed.File.VerifyDigest(), ContentVerified: true);
    }

    /// <summary>Writes a picture file anew without changing a pixel: Tiny or Full, other metadata, digest. Needs no torch.</summary>
    /// <remarks>As <see cref="NcfRewriter.Rewrite"/>, with what only the model knows: its whole reference for Tiny to Full, and for Full to Tiny
    /// the symbols, which are coded again with the shorter content check that Tiny has.</remarks>
    /// <param name="file">A file of this model.</param>
    /// <param name="options">What to change; the model need not be given.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, IProgress{CodecProgress}?, CancellationToken)" path="/exception"/>
    public byte[] Rewrite(
        ReadOnlyMemory<byte> file, NcfRewriteOptions options, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return PictureRewriting.Rewrite(ParsedPicture.Read(file, _options.Limits, _codec), options, _codec, _options.Limits, new CodecWatch(progress, cancellation));
    }

    /// <summary>What is left of a damaged picture file: as <see cref="NcfSalvage.Examine"/>, with every good unit decoded and its check looked at. Needs no torch.</summary>
    /// <param name="file">The bytes, whatever they are.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>The report; <see cref="NcfSalvage.Repair"/> makes a good file of it.</returns>
    public SalvageReport Salvage(ReadOnlyMemory<byte> file, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default) =>
        PictureSalvage.Examine(file, _codec, _options.Limits, new CodecWatch(progress, cancellation));

    /// <inheritdoc/>
    public void Dispose() => _codec.Dispose();

    private static IIndexCodec RequireCells(IIndexCodec codec) => codec.Stride == PacketShape.Cell ? codec : throw new ModelMismatchException(
        $"Packets carry an index for {PacketShape.Cell} x {PacketShape.Cell} pixels; this model has one for {codec.Stride} x {codec.Stride}.");

    private int RateOf(double quality) => (int)Math.Round((quality - 1) / 99 * MaxRate);

    internal static long? BytesOf(double? bitsPerPixel, Image image) => bitsPerPixel is { } bpp ? (long)(bpp * image.PixelCount / 8) : null;
}
