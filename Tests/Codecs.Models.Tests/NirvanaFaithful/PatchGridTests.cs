using Codecs.Models.NirvanaFaithful;

namespace Codecs.Models.Tests.NirvanaFaithful;

public sealed class PatchGridTests
{
    private const int Samples = NirvanaShape.Patch * NirvanaShape.Patch, Planes = NirvanaShape.Frames * NirvanaShape.Colors;

    [Theory]
    [InlineData(17, 33)]
    [InlineData(1, 1)]
    [InlineData(64, 32)]
    [InlineData(320, 180)]
    [InlineData(1920, 1080)]
    public void PatchesPutTogetherAreTheFrames(int width, int height)
    {
        var grid = new PatchGrid(width, height);
        byte[][] frames = [.. Enumerable.Range(0, NirvanaShape.Frames).Select(f => Frame(width, height, f))];

        float[] patches = grid.Cut(frames);
        byte[][] back = [.. frames.Select(f => new byte[f.Length])];
        byte[] rounded = Array.ConvertAll(patches, v => (byte)MathF.Round(v * 255));
        int half = grid.Count / 2 * Planes * Samples;
        grid.Place(rounded.AsSpan(0, half), 0, back);
        grid.Place(rounded.AsSpan(half), grid.Count / 2, back);

        Assert.Equal(frames, back);
        Assert.Equal(width * height, grid.Mask().Sum(m => (int)m));
    }

    [Theory]
    [InlineData(1920, 1080, 60, 34)]
    [InlineData(1280, 720, 40, 23)]
    [InlineData(640, 360, 20, 12)]
    [InlineData(320, 180, 10, 6)]
    public void FramesHaveAsManyPatchesAsPublished(int width, int height, int columns, int rows)
    {
        var grid = new PatchGrid(width, height);

        Assert.Equal((columns, rows, columns * rows), (grid.Columns, grid.Rows, grid.Count));
    }

    [Fact]
    public void OutsideTheFrameItsNearestPixelGoesOn()
    {
        // Fifteen columns and rows are missing: seven on the left and at the top, eight on the right and at the bottom.
        var grid = new PatchGrid(17, 17);
        byte[] frame = Frame(17, 17, 0);

        float[] patches = grid.Cut([frame, frame, frame]);
        float[] mask = grid.Mask();

        Assert.Equal(frame[0] / 255f, patches[0], 1e-6f);
        Assert.Equal(frame[0] / 255f, patches[(7 * 32) + 7], 1e-6f);
        Assert.Equal(frame[(17 * 17) - 1] / 255f, patches[(32 * 32) - 1], 1e-6f);
        Assert.Equal(frame[(17 * 17) - 1] / 255f, patches[(23 * 32) + 23], 1e-6f);
        Assert.Equal((0, 1, 1, 0), ((int)mask[(7 * 32) + 6], (int)mask[(7 * 32) + 7], (int)mask[(23 * 32) + 23], (int)mask[(23 * 32) + 24]));
    }

    [Fact]
    public void CentresAreNormalisedOverThePaddedFrame()
    {
        float[] centres = new PatchGrid(64, 96).Coordinates();

        Assert.Equal(12, centres.Length);
        Assert.Equal((2 * 16 / 95f) - 1, centres[0], 1e-6f);
        Assert.Equal((2 * 16 / 63f) - 1, centres[1], 1e-6f);
        Assert.Equal((2 * 48 / 63f) - 1, centres[3], 1e-6f);
        Assert.Equal((2 * 80 / 95f) - 1, centres[10], 1e-6f);
    }

    private static byte[] Frame(int width, int height, int number) =>
        [.. Enumerable.Range(0, 3 * width * height).Select(i => (byte)(((i * 31) + (i / width * 7) + (number * 50)) % 256))];
}
