using Codecs.Formats.Media;
using Codecs.Metrics.Pictures;
using Codecs.Models;
using Codecs.Training.Vqgan;
using static TorchSharp.torch;

namespace Codecs.Training.Tests.Vqgan;

public sealed class PictureLossTests
{
    private const int Side = 256;
    private static readonly Lazy<byte[]> s_picture = new(Read);

    [Fact]
    public void EqualPicturesCostNothingButTheRoundingOfTheRoot()
    {
        (double loss, double mse, double structure, double haar) = Measure(s_picture.Value, s_picture.Value);
        Assert.Equal(0, mse, 1e-9);
        Assert.Equal(0, structure, 1e-4);
        Assert.Equal(1, haar, 1e-3);
        Assert.InRange(loss, 0, 2 * Math.Sqrt(1e-5) * 1.05);
    }

    [Fact]
    public void ItGrowsWithBlurInEveryPart()
    {
        (double Loss, double Mse, double Structure, double Haar) before = Measure(s_picture.Value, s_picture.Value);
        foreach (int radius in (int[])[1, 2, 4, 8])
        {
            (double Loss, double Mse, double Structure, double Haar) now = Measure(Blur(s_picture.Value, radius), s_picture.Value);
            Assert.True(now.Loss > before.Loss && now.Mse > before.Mse && now.Structure > before.Structure && now.Haar < before.Haar, $"radius {radius}: {now} after {before}");
            before = now;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void ItsHaarPsiIsThatOfTheMetric(int radius)
    {
        byte[] blurred = Blur(s_picture.Value, radius);
        double metric = HaarPsi.Compute(s_picture.Value, blurred, Side, Side);
        Assert.InRange(metric, 0.1, 0.95);
        Assert.Equal(metric, Measure(blurred, s_picture.Value).HaarPsi, 0.02);
    }

    [Fact]
    public void PicturesOfABatchDoNotMix()
    {
        using var pause = CollectionPause.Start(64 << 20);
        using var scope = NewDisposeScope();
        Tensor picture = ToTensor(s_picture.Value), blurred = ToTensor(Blur(s_picture.Value, 3));
        float[] both = PictureLoss.Of(cat([picture, blurred]), cat([picture, picture])).Loss.data<float>().ToArray();
        Assert.Equal(PictureLoss.Of(picture, picture).Loss.item<float>(), both[0], 1e-5f);
        Assert.Equal(PictureLoss.Of(blurred, picture).Loss.item<float>(), both[1], 1e-5f);
    }

    // Flat pictures have neither variance nor edges: nothing may be divided by them.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 255)]
    [InlineData(128, 128)]
    [InlineData(255, 250)]
    public void FlatPicturesHaveFiniteGradients(byte decoded, byte original)
    {
        using var pause = CollectionPause.Start(64 << 20);
        using var scope = NewDisposeScope();
        Tensor x = ToTensor(Flat(decoded)).requires_grad_(true);
        Tensor loss = PictureLoss.Of(x, ToTensor(Flat(original))).Loss.mean();
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()), $"loss {loss.item<float>()}");
        Assert.True(x.grad!.isfinite().all().item<bool>());
        Assert.InRange(Measure(Flat(decoded), Flat(original)).HaarPsi, decoded == original ? 0.999 : 0, 1.001);
    }

    private static (double Loss, double Mse, double Structure, double HaarPsi) Measure(byte[] decoded, byte[] original)
    {
        using var pause = CollectionPause.Start(64 << 20);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        (Tensor loss, Tensor mse, Tensor structure, Tensor haar) = PictureLoss.Of(ToTensor(decoded), ToTensor(original));
        return (loss.item<float>(), mse.item<float>(), structure.item<float>(), haar.item<float>());
    }

    private static Tensor ToTensor(byte[] rgb) => (tensor(rgb, [1, Side, Side, 3]).to(ScalarType.Float32) / 255) - 0.5;

    private static byte[] Flat(byte value) => [.. Enumerable.Repeat(value, Side * Side * 3)];

    private static byte[] Read()
    {
        Image image = ImageFile.Read(Path.Combine(AppContext.BaseDirectory, "Data", "Images", "spices.png")).Image;
        byte[] rgb = new byte[Side * Side * 3];
        for (int y = 0; y < Side; y++)
        {
            image.Pixels.Span.Slice((((y + 100) * image.Width) + 200) * 3, Side * 3).CopyTo(rgb.AsSpan(y * Side * 3));
        }

        return rgb;
    }

    // Means of squares; the rim repeats.
    private static byte[] Blur(byte[] rgb, int radius)
    {
        byte[] result = new byte[rgb.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            int x = i / 3 % Side, y = i / 3 / Side, sum = 0, count = 0;
            for (int dy = -radius; dy <= radius; dy++)
            {
                for (int dx = -radius; dx <= radius; dx++, count++)
                {
                    sum += rgb[(((Math.Clamp(y + dy, 0, Side - 1) * Side) + Math.Clamp(x + dx, 0, Side - 1)) * 3) + (i % 3)];
                }
            }

            result[i] = (byte)((sum + (count / 2)) / count);
        }

        return result;
    }
}
