using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Measuring;

public sealed class PictureMeasureTests
{
    [Fact]
    public void JpegsGetBetterByEveryMeasureWithTheirQuality()
    {
        Image lake = PictureMeter.Prepare(ImageFile.Read(MediaFiles.Shipped("lake.png")).Image);
        PictureMeasurement? before = null;
        foreach (double quality in new double[] { 3, 10, 30, 60, 90 })
        {
            byte[] file = ClassicalCodec.Jpeg.Encode(lake, quality);
            PictureMeasurement now = PictureMeter.Compare(lake, ClassicalCodec.Jpeg.Decode(file), file.Length, TimeSpan.Zero, TimeSpan.Zero);
            Assert.All(PictureMeasure.All, m => Assert.True(before is null || m.IsBetter(now, before), $"{m.Title} at {quality}"));
            Assert.True(before is null || PictureMeasure.Overall(now) > PictureMeasure.Overall(before));
            before = now;
        }
    }

    [Fact]
    public void ExactReproductionsArePerfect()
    {
        Image lake = PictureMeter.Prepare(ImageFile.Read(MediaFiles.Shipped("lake.png")).Image);
        PictureMeasurement exact = PictureMeter.Compare(lake, lake, 1, TimeSpan.Zero, TimeSpan.Zero);
        PictureMeasurement worse = exact with { PsnrDb = 60 };

        Assert.Null(exact.PsnrDb);
        Assert.Equal(1, PictureMeasure.Overall(exact), 1e-6);
        Assert.True(PictureMeasure.Psnr.IsBetter(exact, worse));
        Assert.False(PictureMeasure.Psnr.IsBetter(worse, exact));
        Assert.All(PictureMeasure.All, m => Assert.False(m.IsBetter(exact, exact)));
    }

    [Fact]
    public void TinyPicturesHaveNoValueByMeasuresOfBlocks()
    {
        var tiny = new Image(7, 30, ImageLayout.Rgb);
        PictureMeasurement measured = PictureMeter.Compare(tiny, tiny, 1, TimeSpan.Zero, TimeSpan.Zero);

        Assert.Null(measured.Scores!.Dss);
        Assert.Null(measured.Scores.Ssimulacra2);
        Assert.Equal(1, measured.Scores.HaarPsi!.Value, 1e-9);
        Assert.Equal(0, measured.Scores.Gmsd!.Value, 1e-9);
    }
}
