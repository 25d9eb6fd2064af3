using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Images.Tests;

/// <summary>What callers see, on real pictures with the shipped weights.</summary>
public sealed class ImageCodecTests(CodecFixture fixture)
{
    private readonly ImageCodec _codec = fixture.Codec;
    private static readonly Lazy<Image> s_photo = new(() => CodecFixture.Picture("spices.png"));

    [Fact]
    public void TheReadmeExampleWorks()
    {
        Image image = CodecFixture.Picture("spices.png");

        using var codec = ImageCodec.Open("mlicv2");
        byte[] file = codec.Encode(image, new() { Quality = 60 });
        Image back = codec.Decode(file);

        Assert.Equal((image.Width, image.Height, image.Layout), (back.Width, back.Height, back.Layout));
        Assert.InRange(file.Length, 1_000, image.Pixels.Length / 8);
        Assert.InRange(Psnr.Compute(image.Pixels.Span, back.Pixels.Span), 28, 60);
    }

    [Fact]
    public void SizeAndQualityRiseWithQuality()
    {
        double[] qualities = [1, 20, 40, 60, 80, 100];
        var results = Array.ConvertAll(qualities, q =>
        {
            byte[] file = _codec.Encode(s_photo.Value, new() { Quality = q });
            return (file.Length, Psnr: Psnr.Compute(s_photo.Value.Pixels.Span, _codec.Decode(file).Pixels.Span));
        });
        for (int i = 1; i < results.Length; i++)
        {
            Assert.True(results[i].Length > results[i - 1].Length, $"quality {qualities[i]}: {results[i].Length} bytes after {results[i - 1].Length}");
            Assert.True(results[i].Psnr > results[i - 1].Psnr, $"quality {qualities[i]}: {results[i].Psnr:F2} dB after {results[i - 1].Psnr:F2}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(65, 63)]
    [InlineData(64, 64)]
    [InlineData(300, 17)]
    [InlineData(16, 200)]
    public void AnySizeComesBackInItsSize(int width, int height)
    {
        Image picture = CodecFixture.Crop(s_photo.Value, width, height);
        Image back = _codec.Decode(_codec.Encode(picture, new() { Quality = 80 }));
        Assert.Equal((width, height, ImageLayout.Rgb), (back.Width, back.Height, back.Layout));
        Assert.InRange(Psnr.Compute(picture.Pixels.Span, back.Pixels.Span), 20, 100);
    }

    [Fact]
    public void TheRealFileIsWithinOnePercentOfTheEstimatedBits()
    {
        ImageEncodeResult result = _codec.EncodeWithReport(s_photo.Value, new() { Quality = 50 });
        Assert.InRange(result.PayloadBytes * 8, result.EstimatedBits * 0.99, result.EstimatedBits * 1.01);
        Assert.InRange(result.File.Length - result.PayloadBytes, 4, 15);
    }

    [Fact]
    public void GreyStaysGrey()
    {
        Image grey = CodecFixture.Picture("lake-gray.png");
        byte[] file = _codec.Encode(grey, new() { Quality = 70 });
        Image back = _codec.Decode(file);
        Assert.Equal(ImageLayout.Gray, back.Layout);
        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(file));
        Assert.InRange(Psnr.Compute(grey.Pixels.Span, back.Pixels.Span), 24, 60);
    }

    [Fact]
    public void AlphaComesBackExactly()
    {
        Image picture = CodecFixture.Picture("lake-alpha.png");
        Image back = _codec.Decode(_codec.Encode(picture));
        Assert.Equal(ImageLayout.Rgba, back.Layout);
        Assert.Equal(picture.SplitAlpha().Alpha, back.SplitAlpha().Alpha);
    }

    [Fact]
    public void MetadataComesBackUnlessStripped()
    {
        Image picture = CodecFixture.Picture("lake.png").WithMetadata(new ImageMetadata { Exif = [1, 2, 3], Xmp = [4, 5] });
        Image kept = _codec.Decode(_codec.Encode(picture));
        byte[] stripped = _codec.Encode(picture, new() { KeepMetadata = false });
        Assert.Equal([1, 2, 3], kept.Metadata.Exif);
        Assert.Equal([4, 5], kept.Metadata.Xmp);
        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(stripped));
    }

    [Fact]
    public void ACarriedProfileComesBackExactlyEvenWhenMetadataIsStripped()
    {
        Image picture = ImageFile.Read(CodecFixture.DataPath("Images", "lake-adobergb.jpg"), new ImageReadOptions { KeepColorProfile = true }).Image;
        Assert.NotNull(picture.Metadata.Icc);
        Image back = _codec.Decode(_codec.Encode(picture, new() { KeepMetadata = false }));
        Assert.Equal(picture.Metadata.Icc, back.Metadata.Icc);
    }

    [Fact]
    public void AFileWithoutAProfileStoresNone()
    {
        byte[] file = _codec.Encode(CodecFixture.Picture("lake-alpha.png"));
        Assert.Null(NcfFile.Parse(file, NcfLimits.Default).IccProfile);
        Assert.Null(_codec.Decode(file).Metadata.Icc);
    }

    [Fact]
    public void AnArchiveFileCarriesADigest()
    {
        byte[] file = _codec.Encode(CodecFixture.Picture("lake.png"), new() { Archive = true });
        Assert.True(_codec.Verify(file).DigestVerified);
        Assert.Equal(32, NcfFile.Parse(file, NcfLimits.Default).Models[0].Entropy.ByteLength);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(900)]
    [InlineData(1500)]
    public void TargetBytesAreNeverExceededAndNearlyUsed(int bytes)
    {
        Image picture = CodecFixture.Picture("lake.png");
        byte[] file = _codec.Encode(picture, new() { TargetBytes = bytes });
        Assert.InRange(file.Length, bytes * 9 / 10, bytes);
    }

    [Fact]
    public void AnUnreachableTargetSaysWhatIsPossible()
    {
        Image picture = CodecFixture.Picture("lake.png");
        Assert.Contains("smallest file", Assert.Throws<TargetUnreachableException>(() => _codec.Encode(picture, new() { TargetBytes = 20 })).Message, StringComparison.Ordinal);
        Assert.Contains("dB", Assert.Throws<TargetUnreachableException>(() => _codec.Encode(picture, new() { TargetPsnrDb = 90 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATargetPsnrIsReachedByTheSmallestRate()
    {
        Image picture = CodecFixture.Picture("lake.png");
        ImageEncodeResult result = _codec.EncodeWithReport(picture, new() { TargetPsnrDb = 28 });
        Assert.True(Psnr.Compute(picture.Pixels.Span, _codec.Decode(result.File).Pixels.Span) >= 28);
        Assert.InRange(result.Rate, 1, _codec.MaxRate - 1);
    }

    [Fact]
    public void TwoTargetsAreRefused() =>
        Assert.Throws<ArgumentException>(() => _codec.Encode(CodecFixture.Picture("lake.png"), new() { TargetBytes = 1000, BitsPerPixel = 1 }));

    [Fact]
    public void StreamsWorkAndProgressArrives()
    {
        Image picture = CodecFixture.Picture("lake.png");
        var stages = new HashSet<string>();
        var progress = new Collector(stages);
        using var stream = new MemoryStream();
        _codec.EncodeTo(stream, picture, progress: progress);
        stream.Position = 0;
        Image back = _codec.Decode(stream, progress);
        Assert.Equal((picture.Width, picture.Height), (back.Width, back.Height));
        Assert.Superset(new HashSet<string> { "analysis", "entropy coding", "synthesis" }, stages);
    }

    [Fact]
    public void ACancelledCallStops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _codec.Encode(s_photo.Value, cancellation: source.Token));
    }

    [Fact]
    public void LatentsGoOutAndComeBack()
    {
        Image picture = CodecFixture.Picture("lake.png");
        ImageLatent latent = _codec.Analyze(picture, quality: 60);
        byte[] file = _codec.EncodeLatent(latent);
        ImageLatent rounded = _codec.DecodeLatent(file);
        Image back = _codec.Synthesize(rounded);

        Assert.Equal(file, _codec.Encode(picture, new() { Quality = 60 }));
        Assert.Equal(latent.Values.Length, rounded.Values.Length);
        Assert.InRange(latent.Values.Zip(rounded.Values, (a, b) => Math.Abs(a - b)).Average(), 0.01, 0.5);
        Assert.True(back.Pixels.Span.SequenceEqual(_codec.Decode(file).Pixels.Span));
    }

    [Fact]
    public void AFileOfOtherWeightsIsRefusedByName()
    {
        byte[] file = _codec.Encode(CodecFixture.Picture("lake.png"));
        file[3] ^= 0x10; // inside the 30-bit fingerprint prefix
        ModelMismatchException error = Assert.Throws<ModelMismatchException>(() => _codec.Decode(file));
        Assert.Contains(_codec.EntropyFingerprint.ToString(), error.Message, StringComparison.Ordinal);
    }

    private sealed class Collector(HashSet<string> stages) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value) => stages.Add(value.Stage);
    }
}
