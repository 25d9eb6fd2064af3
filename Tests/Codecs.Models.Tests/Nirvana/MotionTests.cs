using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana.Motion;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using CsCheck;

namespace Codecs.Models.Tests.Nirvana;

public sealed class MotionTests
{
    [Fact]
    public void FieldsComeBackAsTheyWereWritten() => Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[0, 2], Gen.Int).Sample(
        (width, height, style, seed) =>
        {
            var random = new Random(seed);
            MotionField[] fields = [Field(width, height, style, random), Field(width, height, style, random)];
            var bytes = new ArrayBufferWriter<byte>();
            var encoder = new RangeEncoder(bytes);
            var writer = new SymbolWriter(encoder);
            var coder = new MotionCoder();
            MotionField.Vector[][] expected = [.. fields.Select(f => f.Vectors.ToArray())];
            coder.Run(fields[0], 0, ref writer);
            coder.Run(fields[1], 1, ref writer);
            encoder.Finish(CheckMode.Check16);
            Assert.Equal(expected, fields.Select(f => f.Vectors));

            // What is expected of a block must not depend on vectors behind it: a reader has none of them.
            var decoder = new RangeDecoder(bytes.WrittenMemory, CheckMode.Check16);
            var reader = new SymbolReader(decoder);
            coder.Reset();
            for (int f = 0; f < 2; f++)
            {
                var back = new MotionField(width, height);
                coder.Run(back, f, ref reader);
                Assert.Equal(expected[f], back.Vectors);
            }

            Assert.Equal(CodingStatus.Ok, decoder.Finish());
        },
        iter: 100);

    [Fact]
    public void VectorsOfDamagedFieldsStayWithinTheirLimit() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            var reader = new SymbolReader(new RangeDecoder(bytes, CheckMode.None));
            var field = new MotionField(100, 60);
            new MotionCoder().Run(field, 0, ref reader);
            Assert.All(field.Vectors, v => Assert.True(Math.Abs((int)v.X) <= MotionField.MaxVector && Math.Abs((int)v.Y) <= MotionField.MaxVector));
        },
        iter: 100);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, -12)]
    [InlineData(-36, 8)]
    public void TheSearchFindsAShift(int x, int y)
    {
        Grid source = Texture(0, 0), reference = Texture(-x / 4, -y / 4);
        MotionField field = new MotionSearch(source, reference, bitPrice: 40).Run();

        // Blocks at the border may look for what is not there.
        int right = 0;
        for (int row = 2; row < field.Rows - 2; row++)
        {
            for (int column = 2; column < field.Columns - 2; column++)
            {
                right += field.At(column, row) == new MotionField.Vector((short)x, (short)y) ? 1 : 0;
            }
        }

        Assert.InRange(right, 0.9 * (field.Rows - 4) * (field.Columns - 4), double.MaxValue);
        Grid moved = MotionCompensation.Predict(reference, field, false, false, isLuma: true);
        for (int c = 24; c < 56; c++)
        {
            Assert.InRange(source.Row(32)[c] - moved.Row(32)[c], -64, 64);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void ChromaMovesAsLumaDoes(bool halfColumns, bool halfRows)
    {
        // Vectors of 8 luma samples to the right and 16 down.
        Grid plane = MadeUpNirvana.Plane(halfColumns ? 23 : 45, halfRows ? 23 : 45, new Random(2));
        var field = new MotionField(45, 45);
        Array.Fill(field.Vectors, new MotionField.Vector(32, 64));

        Grid moved = MotionCompensation.Predict(plane, field, halfColumns, halfRows, isLuma: false);
        int right = halfColumns ? 4 : 8, down = halfRows ? 8 : 16;
        for (int y = 0; y < plane.Height; y++)
        {
            for (int x = 0; x < plane.Width; x++)
            {
                Assert.Equal(plane.Row(Math.Min(y + down, plane.Height - 1))[Math.Min(x + right, plane.Width - 1)], moved.Row(y)[x]);
            }
        }
    }

    // Waves in three directions, none of which goes on for long without change.
    private static Grid Texture(int right, int down)
    {
        Grid plane = Grid.Create(80, 64);
        for (int row = 0; row < plane.Height; row++)
        {
            for (int column = 0; column < plane.Width; column++)
            {
                double x = column + right, y = row + down;
                plane.Row(row)[column] = (short)((1500 * Math.Sin((0.21 * x) + (0.13 * y))) + (1200 * Math.Sin((0.17 * y) - (0.09 * x) + 1)) + (900 * Math.Sin((0.006 * x * x) - (0.1 * y))));
            }
        }

        plane.Extend();
        return plane;
    }

    // Calm, wild, or at the limits.
    private static MotionField Field(int width, int height, int style, Random random)
    {
        var field = new MotionField(width, height);
        foreach (ref MotionField.Vector v in field.Vectors.AsSpan())
        {
            v = style switch
            {
                0 => random.Next(4) == 0 ? new MotionField.Vector((short)random.Next(-3, 4), 4) : new MotionField.Vector(1, 4),
                1 => new MotionField.Vector((short)random.Next(-300, 300), (short)random.Next(-4096, 4097)),
                _ => new MotionField.Vector((short)(random.Next(2) == 0 ? -4096 : 4096), (short)(random.Next(2) == 0 ? -4096 : 4096)),
            };
        }

        return field;
    }
}
