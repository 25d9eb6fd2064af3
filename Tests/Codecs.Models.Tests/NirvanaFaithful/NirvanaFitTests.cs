using Codecs.Models.NirvanaFaithful;
using TorchSharp;

namespace Codecs.Models.Tests.NirvanaFaithful;

public sealed class NirvanaFitTests
{
    private const int Width = 64, Height = 32;
    private static readonly NirvanaShape s_shape = new(16, 4);

    // A fit has nothing to share out, and waiting threads would keep the processors busy.
    public NirvanaFitTests() => torch.set_num_threads(1);

    [Fact]
    public void AFitGetsCloser()
    {
        using var fit = new NirvanaFit(new PatchGrid(Width, Height), ComputeDevice.Cpu);
        var coder = new GroupCoder();
        FitResult result = Key(fit, coder, 150, 1e-3);

        Assert.InRange(result.Error, 0, 0.5 * Variance(Clip(0)));
        Assert.Equal(result.Error, fit.Error(result.State), 1e-9);
    }

    [Fact]
    public void FromTheGroupBeforeTenIterationsReachWhatEightyDoFromNothing()
    {
        var grid = new PatchGrid(Width, Height);
        using var fit = new NirvanaFit(grid, ComputeDevice.Cpu);
        var coder = new GroupCoder();
        coder.Encode(Key(fit, coder, 200, 1e-3).State, []);
        fit.SetFrames(Clip(3));
        FitResult warm = fit.Fit(coder, false, FitSchedule.Warm(10), null, CancellationToken.None);

        using var other = new NirvanaFit(grid, ComputeDevice.Cpu);
        other.Restart(s_shape);
        var fresh = new GroupCoder();
        fresh.Restart(s_shape);
        other.SetFrames(Clip(3));
        FitResult scratch = other.Fit(fresh, true, FitSchedule.Key(80), null, CancellationToken.None);

        Assert.InRange(warm.Error, 0, scratch.Error);
    }

    [Fact]
    public void DearerBitsMakeSmallerIntegers()
    {
        double[] bits = [.. new[] { 1e-3, 1e-2, 1e-1 }.Select(lambda =>
        {
            using var fit = new NirvanaFit(new PatchGrid(Width, Height), ComputeDevice.Cpu);
            var coder = new GroupCoder();
            return coder.Cost(Key(fit, coder, 80, lambda).State) / s_shape.LatentCount;
        })];

        Assert.True(bits[0] > bits[1] && bits[1] > bits[2], string.Join(", ", bits));
    }

    [Fact]
    public void AFitEndsWhenItIsCloseEnough()
    {
        using var fit = new NirvanaFit(new PatchGrid(Width, Height), ComputeDevice.Cpu);
        fit.Restart(s_shape);
        var coder = new GroupCoder();
        coder.Restart(s_shape);
        fit.SetFrames(Clip(0));
        double enough = 0.9 * Variance(Clip(0));

        FitResult result = fit.Fit(coder, true, FitSchedule.Key(2000) with { EnoughError = enough }, null, CancellationToken.None);

        Assert.InRange(result.Error, 0, enough);
        Assert.InRange(result.Iterations, 1, 1000);
    }

    [Fact]
    public void AFitEndsWhenItIsTold()
    {
        using var fit = new NirvanaFit(new PatchGrid(Width, Height), ComputeDevice.Cpu);
        fit.Restart(s_shape);
        var coder = new GroupCoder();
        coder.Restart(s_shape);
        fit.SetFrames(Clip(0));

        Assert.Throws<OperationCanceledException>(() => fit.Fit(coder, true, FitSchedule.Key(1000), null, new CancellationToken(true)));
        FitResult result = fit.Fit(coder, true, FitSchedule.Key(100_000) with { Time = TimeSpan.FromSeconds(0.2) }, null, CancellationToken.None);
        Assert.InRange(result.Iterations, 1, 99_999);
    }

    [Fact]
    public void LargeFramesAreFittedInSamplesAndShownWhole()
    {
        // 272 patches: more than one iteration takes, and more than one batch of the synthesis.
        var grid = new PatchGrid(530, 500);
        byte[][] frames = [.. Enumerable.Range(0, NirvanaShape.Frames).Select(f => new byte[3 * 530 * 500])];
        Array.ForEach(frames, f => new Random(f.Length).NextBytes(f));
        using var fit = new NirvanaFit(grid, ComputeDevice.Cpu);
        using var synthesis = new NirvanaSynthesis(grid, ComputeDevice.Cpu);
        var coder = new GroupCoder();
        fit.Restart(s_shape);
        coder.Restart(s_shape);
        fit.SetFrames(frames);

        FitResult result = fit.Fit(coder, true, FitSchedule.Key(2), null, CancellationToken.None);
        byte[][] shown = synthesis.Render(result.State, 0, NirvanaShape.Frames, CancellationToken.None);

        double squares = frames.Zip(shown).Sum(p => p.First.Zip(p.Second).Sum(s => Math.Pow((s.First - s.Second) / 255.0, 2)));
        Assert.Equal(squares / (9 * 530 * 500), result.Error, 1e-5);
    }

    private static FitResult Key(NirvanaFit fit, GroupCoder coder, int iterations, double lambda)
    {
        fit.Restart(s_shape);
        coder.Restart(s_shape);
        fit.SetFrames(Clip(0));
        return fit.Fit(coder, true, FitSchedule.Key(iterations) with { Lambda = lambda }, null, CancellationToken.None);
    }

    // Soft stripes that move by a pixel a frame over a slope.
    private static byte[][] Clip(int first) => [.. Enumerable.Range(first, NirvanaShape.Frames).Select(Frame)];

    private static byte[] Frame(int number)
    {
        byte[] frame = new byte[3 * Width * Height];
        for (int i = 0; i < frame.Length; i++)
        {
            (int color, int row, int column) = (i / (Width * Height), i / Width % Height, i % Width);
            frame[i] = (byte)(100 + row + (40 * Math.Sin((column + number) * 0.2)) + (15 * color));
        }

        return frame;
    }

    private static double Variance(byte[][] frames)
    {
        double mean = frames.SelectMany(f => f).Average(v => v / 255.0);
        return frames.SelectMany(f => f).Average(v => Math.Pow((v / 255.0) - mean, 2));
    }
}
