using System.Security.Cryptography;
using Codecs.Models.NirvanaFaithful;
using CsCheck;

namespace Codecs.Models.Tests.NirvanaFaithful;

public sealed class GroupCoderTests
{
    private static readonly byte[] s_context = [1, 2, 3];
    private static readonly NirvanaShape s_tiny = new(8, 1);

    [Fact]
    public void NetworksComeBackBitForBit() => Gen.Select(Gen.Int[1, 5], Gen.Int[1, 3], Gen.Int[0, 1_000_000]).Sample(
        (hidden, channels, seed) =>
        {
            var shape = new NirvanaShape(8 * hidden, channels);
            var random = new Random(seed);
            NirvanaState[] groups = [Random(shape, random, 4), Random(shape, random, 9000), null!, null!, Random(new NirvanaShape(16, 2), random, 2), null!];
            groups[2] = groups[1];
            groups[3] = Changed(groups[2], random);
            groups[5] = Changed(groups[4], random);
            var writer = new GroupCoder();
            var reader = new GroupCoder();
            for (int g = 0; g < groups.Length; g++)
            {
                if (g is 0 or 4)
                {
                    writer.Restart(groups[g].Shape);
                }

                (byte[] layers, byte[] sides) = writer.Encode(groups[g], s_context);
                NirvanaState back = reader.Decode(layers, sides, s_context);
                AssertSame(groups[g], back);
            }
        },
        iter: 10);

    [Fact]
    public void AGroupThatChangesNothingIsNextToNothing()
    {
        var writer = new GroupCoder();
        writer.Restart(s_tiny);
        NirvanaState state = Random(s_tiny, new Random(1), 3);
        writer.Encode(state, s_context);

        Assert.Equal(0, writer.Cost(state));
        (byte[] layers, byte[] sides) = writer.Encode(state, s_context);
        Assert.InRange(layers.Length + sides.Length, 4, 8);
    }

    [Fact]
    public void TheCostIsThatOfThePayloads()
    {
        var writer = new GroupCoder();
        writer.Restart(s_tiny);
        NirvanaState state = Random(s_tiny, new Random(1), 20);
        for (int g = 0; g < 3; g++)
        {
            double bits = writer.Cost(state);
            (byte[] layers, byte[] sides) = writer.Encode(state, s_context);
            Assert.InRange((8 * (layers.Length + sides.Length)) - bits, 0, 90);
            state = Changed(state, new Random(g));
        }
    }

    [Fact]
    public void EachLayerTakesTheFormThatIsSmaller()
    {
        // The first layer loses all it had and the last changes a little: whole integers for the one, differences for the other.
        NirvanaState first = Random(s_tiny, new Random(3), 500), second = Random(s_tiny, new Random(3), 500);
        second.Latents[0].AsSpan().Clear();
        second.Latents[2][7]++;
        var writer = new GroupCoder();
        writer.Restart(s_tiny);
        writer.Encode(first, s_context);

        // As differences the first layer would take some 9 bits an integer, and so would the last one whole.
        Assert.InRange(writer.Cost(second), 1, 2 * first.Latents[0].Length + 150);
    }

    [Fact]
    public void AMixtureOfContextsBeatsNothingKnown()
    {
        // Columns of very different size: the bits must come near the entropy of each column on its own.
        var shape = new NirvanaShape(64, 4);
        var random = new Random(5);
        var state = new NirvanaState(shape);
        double entropy = 0;
        for (int i = 0; i < state.Latents[2].Length; i++)
        {
            double p = i % 64 % 2 == 0 ? 0.02 : 0.5;
            bool hit = random.NextDouble() < p;
            state.Latents[2][i] = (short)(hit ? 1 : 0);
            entropy -= Math.Log2(hit ? p : 1 - p);
        }

        var writer = new GroupCoder();
        writer.Restart(shape);
        double others = writer.Cost(new NirvanaState(shape));

        // A bit of sign for each integer that is not 0.
        Assert.InRange(writer.Cost(state) - others, 0.9 * entropy, (1.12 * entropy) + 200);
    }

    [Fact]
    public void PayloadsStayWhatTheyAre()
    {
        (byte[] layers, byte[] sides) = Coded();

        // Files depend on it: another hash is another bitstream.
        Assert.Equal("0586a06f7d151ea4", Convert.ToHexStringLower(SHA256.HashData([.. layers, .. sides]))[..16]);
    }

    [Fact]
    public void EveryCutIsNoticed()
    {
        (byte[] layers, byte[] sides) = Coded();
        for (int length = 0; length < layers.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => new GroupCoder().Decode(layers.AsMemory(0, length), sides, s_context));
        }

        for (int length = 0; length < sides.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => new GroupCoder().Decode(layers, sides.AsMemory(0, length), s_context));
        }
    }

    [Fact]
    public void EveryChangedByteIsNoticed()
    {
        (byte[] layers, byte[] sides) = Coded();
        foreach (byte change in (byte[])[1, 0x80, 0xFF])
        {
            for (int i = 0; i < layers.Length + sides.Length; i++)
            {
                byte[] damagedLayers = [.. layers], damagedSides = [.. sides];
                (i < layers.Length ? damagedLayers : damagedSides)[i < layers.Length ? i : i - layers.Length] ^= change;
                Assert.Throws<InvalidBitstreamException>(() => new GroupCoder().Decode(damagedLayers, damagedSides, s_context));
            }
        }
    }

    [Fact]
    public void BytesOfAnyKindGiveOurOwnErrors() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60]).Sample(
        (layers, sides) =>
        {
            try
            {
                new GroupCoder().Decode(layers, sides, s_context);
            }
            catch (InvalidBitstreamException)
            {
                // What bad bytes are to give.
            }
        },
        iter: 100);

    [Fact]
    public void PayloadsOfAnotherGroupOrVideoAreNoticed()
    {
        (byte[] layers, byte[] sides) = Coded();

        new GroupCoder().Decode(layers, sides, s_context);
        Assert.Throws<InvalidBitstreamException>(() => new GroupCoder().Decode(layers, sides, [1, 2, 4]));
        Assert.Throws<InvalidBitstreamException>(() => new GroupCoder().Decode(sides, layers, s_context));
        Assert.Throws<InvalidOperationException>(() => new GroupCoder().Encode(Random(s_tiny, new Random(1), 2), s_context));
    }

    private static (byte[] Layers, byte[] Sides) Coded()
    {
        var writer = new GroupCoder();
        writer.Restart(s_tiny);
        NirvanaState state = NirvanaState.Start(s_tiny);
        foreach (short[] side in state.Sides)
        {
            side[0] = 5;
        }

        for (int i = 0; i < 300; i++)
        {
            state.Latents[2][6 * i]++;
        }

        state.Steps.AsSpan().Fill((Half)0.01);
        return writer.Encode(state, s_context);
    }

    private static NirvanaState Random(NirvanaShape shape, Random random, int magnitude)
    {
        var state = new NirvanaState(shape);
        foreach (short[] tensor in state.Latents.Concat(state.Sides))
        {
            int limit = state.Latents.Contains(tensor) ? NirvanaState.MaxLatent : NirvanaState.MaxSide;
            for (int i = 0; i < tensor.Length; i++)
            {
                tensor[i] = (short)Math.Clamp(random.Next(-magnitude, magnitude + 1), -limit, limit);
            }
        }

        for (int i = 0; i < NirvanaShape.Layers; i++)
        {
            state.Scales[i] = (Half)random.NextDouble();
        }

        for (int i = 0; i < NirvanaShape.Sides; i++)
        {
            state.Steps[i] = (Half)random.NextDouble();
        }

        return state;
    }

    private static NirvanaState Changed(NirvanaState old, Random random)
    {
        var state = new NirvanaState(old.Shape);
        foreach ((short[] from, short[] to) in old.Latents.Zip(state.Latents).Concat(old.Sides.Zip(state.Sides)))
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = (short)(random.Next(10) == 0 ? from[i] - Math.Sign(from[i]) : from[i]);
            }
        }

        old.Scales.CopyTo(state.Scales, 0);
        old.Steps.CopyTo(state.Steps, 0);
        state.Scales[1] = (Half)0.25;
        return state;
    }

    private static void AssertSame(NirvanaState expected, NirvanaState actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        for (int i = 0; i < NirvanaShape.Layers; i++)
        {
            Assert.Equal(expected.Weights(i).Select(BitConverter.SingleToInt32Bits), actual.Weights(i).Select(BitConverter.SingleToInt32Bits));
        }

        for (int i = 0; i < NirvanaShape.Sides; i++)
        {
            Assert.Equal(expected.SideValues(i).Select(BitConverter.SingleToInt32Bits), actual.SideValues(i).Select(BitConverter.SingleToInt32Bits));
        }
    }
}
