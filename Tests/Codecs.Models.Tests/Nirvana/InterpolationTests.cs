using Codecs.Models.Nirvana.Motion;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using CsCheck;

namespace Codecs.Models.Tests.Nirvana;

public sealed class InterpolationTests
{
    // ITU-T H.265, tables 8-11 and 8-12; the first tap is for the sample at -3 and -1.
    private static readonly int[][] s_quarters = [[0, 0, 0, 64], [-1, 4, -10, 58, 17, -5, 1, 0], [-1, 4, -11, 40, 40, -11, 4, -1], [0, 1, -5, 17, 58, -10, 4, -1]];

    private static readonly int[][] s_eighths =
        [[0, 64], [-2, 58, 10, -2], [-4, 54, 16, -2], [-6, 46, 28, -4], [-4, 36, 36, -4], [-4, 28, 46, -6], [-2, 16, 54, -4], [-2, 10, 58, -2]];

    private static readonly Gen<int> s_fractions = Gen.Int[1, 2].Select(i => 4 * i);

    [Fact]
    public void SamplesAreThoseOfTheDefinition() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], s_fractions, s_fractions, Gen.Int[1, 16], Gen.Int[0, 3], Gen.Int).Sample(
            (width, height, fractionsX, fractionsY, rows, far, seed) =>
            {
                var random = new Random(seed);
                Grid plane = MadeUpNirvana.Plane(width, height, random, isExtreme: far == 1);
                int reach = far == 3 ? 70_000 : 12, x = random.Next(-reach * fractionsX, (width + reach) * fractionsX), y = random.Next(-reach * fractionsY, (height + reach) * fractionsY);
                short[] block = new short[rows * 11];
                Interpolation.Fetch(plane, x, y, fractionsX, fractionsY, rows, block, 11);
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < Interpolation.Block; c++)
                    {
                        Assert.Equal(Expected(plane, x + (c * fractionsX), y + (r * fractionsY), fractionsX, fractionsY), block[(r * 11) + c]);
                    }

                    Assert.Equal([0, 0, 0], block.Skip((r * 11) + 8).Take(3).Select(s => (int)s));
                }
            },
            iter: 200);

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public Task SamplesAreTheSameWithoutAnInstructionSet(string variable, string value) =>
        ChildRun.PassesAsync(nameof(SamplesAreThoseOfTheDefinition), variable, value);

    private static int Expected(Grid plane, int x, int y, int fractionsX, int fractionsY)
    {
        int Sample(int column, int row) => plane.Row(Math.Clamp(row, 0, plane.Height - 1))[Math.Clamp(column, 0, plane.Width - 1)];
        (int wholeY, int partY) = Divide(y, fractionsY);
        (int wholeX, int partX) = Divide(x, fractionsX);
        return Filter(partY, fractionsY, r => Filter(partX, fractionsX, c => Sample(wholeX + c, wholeY + r)));
    }

    private static (int Whole, int Part) Divide(int position, int fractions)
    {
        int part = ((position % fractions) + fractions) % fractions;
        return ((position - part) / fractions, part);
    }

    private static int Filter(int part, int fractions, Func<int, int> sample)
    {
        if (part == 0)
        {
            return sample(0);
        }

        (int[] taps, int first) = fractions == 4 ? (s_quarters[part], -3) : (s_eighths[part], -1);
        return Math.Clamp((taps.Select((t, i) => t * sample(first + i)).Sum() + 32) >> 6, -8192, 8191);
    }
}
