using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Images.Tests;

/// <summary>What callers see of walloc-image, on real pictures with the shipped weights.</summary>
public sealed class WallocTests(CodecFixture fixture)
{
    private readonly ImageCodec _codec = fixture.Of("walloc-image");
    private static readonly Lazy<Image> s_photo = new(() => CodecFixture.Picture("spices.png"));

    [Fact]
    public void SizeAndQualityRiseWithQuality()
    {
        (int Bytes, double Psnr)[] points = Array.ConvertAll((double[])[1, 25, 50, 75, 100], q =>
        {
            byte[] file = _codec.Encode(s_photo.Value, new() { Quality = q });
            return (file.Length, Psnr.Compute(s_photo.Value.Pixels.Span, _codec.Decode(file).Pixels.Span));
        });
        Assert.Equal(points.OrderBy(p => p.Bytes), points);
        Assert.Equal(points.OrderBy(p => p.Psnr), points);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(9, 7)]
    [InlineData(64, 64)]
    [InlineData(300, 17)]
    public void AnySizeComesBackInItsSize(int width, int height)
    {
        Image picture = CodecFixture.Crop(s_photo.Value, width, height);
        Image back = _codec.Decode(_codec.Encode(picture, new() { Quality = 80 }));
        Assert.Equal((width, height, ImageLayout.Rgb), (back.Width, back.Height, back.Layout));
        Assert.InRange(Psnr.Compute(picture.Pixels.Span, back.Pixels.Span), 20, 100);
    }

    [Theory]
    [InlineData("lake-alpha.png")]
    [InlineData("lake-gray.png")]
    public void AlphaAndGreyComeBack(string name)
    {
        Image picture = CodecFixture.Picture(name);
        Image back = _codec.Decode(_codec.Encode(picture));
        Assert.Equal(picture.Layout, back.Layout);
    }

    [Fact]
    public void TargetBytesAreNotExceededAndNearlyUsed()
    {
        byte[] file = _codec.Encode(s_photo.Value, new() { TargetBytes = 20000 });
        Assert.InRange(file.Length, 18000, 20000);
    }

    [Fact]
    public void LatentsOfAFileAreThoseOfItsPictureRounded()
    {
        ImageLatent coded = _codec.DecodeLatent(_codec.Encode(s_photo.Value, new() { Quality = 70 })), analyzed = _codec.Analyze(s_photo.Value, 70);
        Assert.Equal((coded.Rows, coded.Columns, 96), (analyzed.Rows, analyzed.Columns, analyzed.Channels));
        int different = 0;
        for (int i = 0; i < coded.Values.Length; i++)
        {
            different += Math.Abs(coded.Values[i] - analyzed.Values[i]) > 0.501 ? 1 : 0;
        }

        Assert.InRange(different, 0, coded.Values.Length / 200);
    }

    [Fact]
    public void ArchivesBecomeTinyAndKeepTheirLatent()
    {
        Image image = CodecFixture.Picture("lake.png");
        byte[] archive = _codec.Encode(image, new ImageEncoderOptions { Archive = true, KeepMetadata = false });
        byte[] tiny = _codec.Rewrite(
            archive, new NcfRewriteOptions { Profile = NcfProfile.Tiny, Digest = false, Strip = MetadataStripping.All, StripColourProfile = true });
        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(tiny));
        Assert.Equal(_codec.DecodeLatent(archive).Values, _codec.DecodeLatent(tiny).Values);
    }

    [Fact]
    public void AFileOfAnotherModelIsRefused() =>
        Assert.Throws<ModelMismatchException>(() => _codec.Decode(fixture.Codec.Encode(CodecFixture.Picture("lake.png"))));
}
