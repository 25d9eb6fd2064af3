namespace Codecs.Images.Tests.Packets;

public sealed class PacketChannelTests
{
    private const int Many = 20_000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void IndependentLossesAreAsManyAndAsLongAsTheyShouldBe(double loss)
    {
        bool[] lost = Losses(new PacketChannel { Loss = loss });

        Assert.InRange(lost.Average(l => l ? 1.0 : 0), loss - 0.015, loss + 0.015);
        if (loss is > 0 and < 1)
        {
            Assert.InRange(MeanRun(lost), 0.93 / (1 - loss), 1.07 / (1 - loss));
        }
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.2, 2)]
    [InlineData(0.5, 5)]
    public void BurstsAreAsManyAndAsLongAsTheyShouldBe(double loss, double burst)
    {
        bool[] lost = Losses(new PacketChannel { Loss = loss, MeanBurst = burst });

        Assert.InRange(lost.Average(l => l ? 1.0 : 0), loss * 0.9, loss * 1.1);
        Assert.InRange(MeanRun(lost), burst * 0.93, burst * 1.07);
    }

    [Fact]
    public void TheSeedDecides()
    {
        var channel = new PacketChannel { Loss = 0.3 };

        Assert.Equal(Losses(channel, seed: 5), Losses(channel, seed: 5));
        Assert.NotEqual(Losses(channel, seed: 5), Losses(channel, seed: 6));

        // What a seed means stays as it is: files made with it are cited.
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13], channel.Send(Numbered(14), seed: 1).Select(p => BitConverter.ToInt32(p.Span)));
    }

    [Fact]
    public void BitsAreFlippedInCopies()
    {
        byte[] packet = new byte[10_000];

        byte[] arrived = new PacketChannel { BitErrors = 0.01 }.Send([packet], seed: 3)[0].ToArray();

        Assert.InRange(arrived.Sum(b => byte.PopCount(b)), 700, 900);
        Assert.DoesNotContain(packet, b => b != 0);
        Assert.Equal(packet, new PacketChannel().Send([packet], seed: 3)[0].ToArray());
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketChannel { Loss = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketChannel { Loss = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketChannel { MeanBurst = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketChannel { BitErrors = 0.6 });
        Assert.Contains("0.667", Assert.Throws<InvalidOperationException>(() => new PacketChannel { Loss = 0.7, MeanBurst = 2 }.Send([], seed: 1)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Numbered(int count) => Enumerable.Range(0, count).Select(n => (ReadOnlyMemory<byte>)BitConverter.GetBytes(n));

    private static bool[] Losses(PacketChannel channel, ulong seed = 1)
    {
        var arrived = channel.Send(Numbered(Many), seed).Select(p => BitConverter.ToInt32(p.Span)).ToHashSet();
        return [.. Enumerable.Range(0, Many).Select(n => !arrived.Contains(n))];
    }

    private static double MeanRun(bool[] lost) => (double)lost.Count(l => l) / lost.Where((l, i) => l && (i == 0 || !lost[i - 1])).Count();
}
