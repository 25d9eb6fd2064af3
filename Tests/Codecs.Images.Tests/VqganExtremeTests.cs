using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Metrics;
using Codecs.Metrics.Pictures;

namespace Codecs.Images.Tests;

/// <summary>What callers see of vqgan-extreme, on real pictures with the shipped weights.</summary>
public sealed class VqganExtremeTests(CodecFixture fixture)
{
    private const int Depth = 12, HeaderBytes = 11;
    private readonly ImageCodec _codec = fixture.Of("vqgan-extreme");
    private static readonly Lazy<Image> s_photo = new(() => CodecFixture.Picture("spices.png"));

    [Fact]
    public void SizeAndLikenessRiseWithQuality()
    {
        (int Bytes, double Likeness)[] points = Array.ConvertAll((double[])[1, 25, 50, 75, 100], q =>
        {
            byte[] file = _codec.Encode(s_photo.Value, new() { Quality = q });
            return (file.Length, HaarPsi.Compute(s_photo.Value.Pixels.Span, _codec.Decode(file).Pixels.Span, s_photo.Value.Width, s_photo.Value.Height));
        });
        Assert.Equal(points.OrderBy(p => p.Bytes), points);
        Assert.Equal(points.OrderBy(p => p.Likeness), points);
    }

    [Fact]
    public void APhotographTakesLessThanItsFixedIndices()
    {
        Image image = s_photo.Value;
        int sites = image.Width / 16 * (image.Height / 16);
        ImageEncodeResult smallest = _codec.EncodeWithReport(image, new() { Quality = 1 }), best = _codec.EncodeWithReport(image, new() { Quality = 100 });
        Assert.InRange(smallest.File.Length, 100, sites * 3 / 8);
        Assert.InRange(best.File.Length, 1000, sites * Depth / 8);
        Assert.InRange(Psnr.Compute(image.Pixels.Span, _codec.Decode(best.File).Pixels.Span), 18, 40);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(17, 15)]
    [InlineData(64, 64)]
    [InlineData(300, 17)]
    [InlineData(16, 200)]
    public void AnySizeComesBackInItsSize(int width, int height)
    {
        Image picture = CodecFixture.Crop(s_photo.Value, width, height);
        ImageEncodeResult coded = _codec.EncodeWithReport(picture, new() { Quality = 80 });
        Image back = _codec.Decode(coded.File);
        Assert.Equal((width, height, ImageLayout.Rgb), (back.Width, back.Height, back.Layout));
        Assert.InRange(Psnr.Compute(picture.Pixels.Span, back.Pixels.Span), 12, 100);
        Assert.InRange(coded.File.Length - coded.PayloadBytes, 4, HeaderBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100)]
    public void ATinyFileHasAtMostElevenBytesAroundItsPayload(double quality)
    {
        ImageEncodeResult coded = _codec.EncodeWithReport(s_photo.Value, new() { Quality = quality });
        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(coded.File));
        Assert.InRange(coded.File.Length - coded.PayloadBytes, 4, HeaderBytes);
        Assert.InRange(coded.EstimatedBits, (coded.PayloadBytes * 8 * 0.99) - 1, (coded.PayloadBytes * 8 * 1.01) + 1);
    }

    [Theory]
    [InlineData("lake-alpha.png")]
    [InlineData("lake-gray.png")]
    public void AlphaAndGreyComeBack(string name)
    {
        Image picture = CodecFixture.Picture(name);
        Image back = _codec.Decode(_codec.Encode(picture));
        Assert.Equal(picture.Layout, back.Layout);
        Assert.Equal(picture.SplitAlpha().Alpha, back.SplitAlpha().Alpha);
    }

    [Fact]
    public void MetadataComesBack()
    {
        Image picture = CodecFixture.Picture("lake.png").WithMetadata(new ImageMetadata { Exif = [1, 2, 3] });
        Assert.Equal([1, 2, 3], _codec.Decode(_codec.Encode(picture)).Metadata.Exif);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    public void TargetBytesAreNotExceededAndMostlyUsed(int bytes) =>
        Assert.InRange(_codec.Encode(s_photo.Value, new() { TargetBytes = bytes }).Length, bytes * 8 / 10, bytes);

    [Fact]
    public void BitsPerPixelAreNotExceeded() =>
        Assert.InRange(_codec.Encode(s_photo.Value, new() { BitsPerPixel = 0.02 }).Length, 700, (int)(0.02 * s_photo.Value.PixelCount / 8));

    [Fact]
    public void ATargetPsnrIsReachedByTheSmallestRateThatDoes()
    {
        Image image = CodecFixture.Crop(s_photo.Value, 256, 256);
        double[] psnrs = Array.ConvertAll((double[])[1, 100], q => PsnrOf(image, _codec.Encode(image, new() { Quality = q })));
        double wanted = (psnrs[0] + psnrs[1]) / 2;
        ImageEncodeResult coded = _codec.EncodeWithReport(image, new() { TargetPsnrDb = wanted });
        Assert.InRange(PsnrOf(image, coded.File), wanted, psnrs[1] + 1);
        Assert.InRange(coded.Rate, 1, _codec.MaxRate);
        Assert.Throws<TargetUnreachableException>(() => _codec.Encode(image, new() { TargetPsnrDb = 60 }));
        Assert.Throws<TargetUnreachableException>(() => _codec.Encode(image, new() { TargetBytes = 15 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100)]
    public void RewritingKeepsEveryIndex(double quality)
    {
        Image image = CodecFixture.Crop(s_photo.Value, 300, 200);
        byte[] archive = _codec.Encode(image, new() { Archive = true, KeepMetadata = false, Quality = quality });
        byte[] tiny = _codec.Rewrite(
            archive, new NcfRewriteOptions { Profile = NcfProfile.Tiny, Digest = false, Strip = MetadataStripping.All, StripColourProfile = true });
        byte[] full = _codec.Rewrite(tiny, new NcfRewriteOptions { Digest = true });
        Assert.Equal((NcfProfile.Tiny, NcfProfile.Full), (NcfFile.Detect(tiny), NcfFile.Detect(full)));
        Assert.Equal(_codec.Encode(image, new() { KeepMetadata = false, Quality = quality }), tiny);
        ImageLatent latent = _codec.DecodeLatent(archive);
        Assert.Equal(latent.Values, _codec.DecodeLatent(tiny).Values);
        Assert.Equal(latent.Values, _codec.DecodeLatent(full).Values);
        Assert.Equal(tiny, _codec.EncodeLatent(latent));
        Assert.Equal(latent.Hyper, _codec.DecodeLatent(tiny).Hyper);
    }

    [Fact]
    public void LatentsAreVectorsOfASite()
    {
        Image image = CodecFixture.Crop(s_photo.Value, 200, 100);
        ImageLatent analyzed = _codec.Analyze(image, 100), decoded = _codec.DecodeLatent(_codec.EncodeLatent(analyzed));
        Assert.Equal((7, 13, 24), (analyzed.Rows, analyzed.Columns, analyzed.Channels));
        Assert.Equal((7, 13, 24), (decoded.Rows, decoded.Columns, decoded.Channels));
        double energy = analyzed.Values.Sum(v => (double)v * v), error = analyzed.Values.Zip(decoded.Values, (a, b) => Math.Pow(a - b, 2)).Sum();
        Assert.InRange(error, 0, energy / 2);
        Assert.True(_codec.Synthesize(decoded).Pixels.Span.SequenceEqual(_codec.Decode(_codec.EncodeLatent(decoded)).Pixels.Span));
    }

    [Fact]
    public void ALatentThatWasWorkedOnGetsNewCodes()
    {
        ImageLatent latent = _codec.DecodeLatent(_codec.Encode(CodecFixture.Crop(s_photo.Value, 64, 48), new() { Quality = 100 }));
        float[] first = latent.Values[..24];
        first.CopyTo(latent.Values.AsSpan(24)); // the second site becomes as the first
        Assert.Equal(latent.Values, _codec.DecodeLatent(_codec.EncodeLatent(latent)).Values);
    }

    [Fact]
    public void AFileOfAnotherModelIsRefused() =>
        Assert.Throws<ModelMismatchException>(() => _codec.Decode(fixture.Codec.Encode(CodecFixture.Picture("lake.png"))));

    private double PsnrOf(Image image, byte[] file) => Psnr.Compute(image.Pixels.Span, _codec.Decode(file).Pixels.Span);
}
