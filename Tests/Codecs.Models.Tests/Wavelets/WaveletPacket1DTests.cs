using Codecs.Models.Wavelets;
using CsCheck;

namespace Codecs.Models.Tests.Wavelets;

public sealed class WaveletPacket1DTests
{
    private const int Levels = 8, Stride = 1 << Levels, Before = WaveletPacket1D.Before, After = WaveletPacket1D.After;

    [Fact]
    public void InnerPacketsOfAKnownSignalAreTheReference()
    {
        float[] x0 = new float[96], x1 = new float[96], frames0 = new float[96], frames1 = new float[96];
        for (int n = 0; n < 96; n++)
        {
            (x0[n], x1[n]) = ((float)((0.4 * Math.Sin(0.05 * n)) + (0.1 * Math.Cos((0.9 * n) + 1))), (float)(0.3 * Math.Cos(0.2 * n)));
        }

        WaveletPacket1D.Analyze(x0, 3, frames0);
        WaveletPacket1D.Analyze(x1, 3, frames1);

        // The first packets that do not see the start, where the reference continues a signal periodically and we mirror it; high bands reach least.
        Assert.Equal(-0.215177, frames0[(3 * 8) + 3], 2e-6);
        Assert.Equal(-0.082841, frames0[(2 * 8) + 3], 2e-6);
        Assert.Equal(0.027095, frames0[(2 * 8) + 7], 2e-6);
        Assert.Equal(0.022927, frames0[(3 * 8) + 7], 2e-6);
        Assert.Equal(-0.050705, frames1[(3 * 8) + 1], 2e-6);
    }

    [Fact]
    public void AnyNumberOfFramesIsTheDefinitionInNaturalOrderAndComesBack() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 40], Gen.Int).Sample((levels, frames, seed) =>
    {
        int bands = 1 << levels;
        float[] x = Signals.Random(frames * bands, seed), packets = new float[x.Length], back = new float[x.Length];
        WaveletPacket1D.Analyze(x, levels, packets);
        double[][] expected = PacketDefinition.Packets([.. x], levels);
        Signals.AssertNear([.. Enumerable.Range(0, x.Length).Select(i => expected[i % bands][i / bands])], packets, 1e-5);
        WaveletPacket1D.Synthesize(packets, levels, back);
        Signals.AssertNear([.. x], back, 2e-5);
    }, iter: 200);

    [Fact]
    public void AFrameSeesFourFramesBeforeItAndThreeAfterIt()
    {
        (int first, int last) = Influence((x, y) => WaveletPacket1D.Analyze(x, Levels, y));
        Assert.Equal((-Before, After), (first, last));
    }

    [Fact]
    public void ASampleHearsFourFramesBeforeItsOwnAndThreeAfterIt()
    {
        (int first, int last) = Influence((x, y) => WaveletPacket1D.Synthesize(x, Levels, y));
        Assert.Equal((-Before, After), (first, last));
    }

    [Fact]
    public void APieceWithContextIsTheSameAsTheWhole()
    {
        const int frames = 24, first = 7, count = 9;
        float[] x = Signals.Random(frames * Stride, seed: 3), whole = new float[x.Length], piece = new float[(Before + count + After) * Stride];
        WaveletPacket1D.Analyze(x, Levels, whole);
        WaveletPacket1D.Analyze(x.AsSpan((first - Before) * Stride, piece.Length), Levels, piece);
        Assert.Equal(whole[(first * Stride)..((first + count) * Stride)], piece[(Before * Stride)..((Before + count) * Stride)]);

        WaveletPacket1D.Synthesize(whole.AsSpan((first - Before) * Stride, piece.Length), Levels, piece);
        Signals.AssertNear([.. x[(first * Stride)..((first + count) * Stride)]], piece.AsSpan(Before * Stride, count * Stride), 2e-5);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(12, 3)]
    [InlineData(16, 0)]
    [InlineData(16, 13)]
    public void LengthsThatAreNoMultipleAreRefused(int samples, int levels) =>
        Assert.ThrowsAny<ArgumentException>(() => WaveletPacket1D.Analyze(new float[samples], levels, new float[samples]));

    // First and last frame of the input, relative to a frame of the output, of which anything in it depends: changes one input frame after another.
    private static (int First, int Last) Influence(Action<float[], float[]> transform)
    {
        const int frames = 17, middle = 8;
        float[] x = Signals.Random(frames * Stride, seed: 2), reference = new float[x.Length], changed = new float[x.Length];
        transform(x, reference);
        var seen = new List<int>();
        for (int f = 0; f < frames; f++)
        {
            float[] other = [.. x];
            for (int i = 0; i < Stride; i++)
            {
                other[(f * Stride) + i] += 1000 * ((i % 7) - 3);
            }

            transform(other, changed);
            if (!reference.AsSpan(middle * Stride, Stride).SequenceEqual(changed.AsSpan(middle * Stride, Stride)))
            {
                seen.Add(f - middle);
            }
        }

        return (seen.Min(), seen.Max());
    }
}
