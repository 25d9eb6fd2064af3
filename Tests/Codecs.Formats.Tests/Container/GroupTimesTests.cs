using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container;

public class GroupTimesTests
{
    [Fact]
    public void AnyTimesComeBack() => Gen.Select(Gen.Long[0, 1L << 40], Gen.Int[1, 100_000].Array[0, 20], Gen.Int[0, 3]).Sample((start, steps, unitTicks) =>
    {
        long[] ticks = [start, .. steps.Select((_, i) => start + steps.Take(i + 1).Sum(s => (long)s))];
        byte[] payload = GroupTimes.Encode(ticks, unitTicks);
        Assert.Equal(ticks, GroupTimes.Decode(payload, start, unitTicks, ticks.Length, 0));
        Assert.Throws<InvalidBitstreamException>(() => GroupTimes.Decode(payload, start, unitTicks, ticks.Length - 1, 0));
    });

    [Fact]
    public void EqualStepsCostNothing()
    {
        Assert.Equal([3], GroupTimes.Encode([10, 15, 20], 5));
        Assert.Equal([3, 5, 5], GroupTimes.Encode([10, 15, 20], 4));
        Assert.Equal([1], GroupTimes.Encode([10], 0));
        Assert.Equal([10, 15, 20], GroupTimes.Decode([3], 10, 5, 8, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("03")]
    [InlineData("0301")]
    [InlineData("030100")]
    [InlineData("03010101")]
    [InlineData("09")]
    [InlineData("034001")]
    [InlineData("02ffffffffffffffff")]
    public void DamageIsRefused(string hex) =>
        Assert.Throws<InvalidBitstreamException>(() => GroupTimes.Decode(Convert.FromHexString(hex), start: 5, unitTicks: 0, mostFrames: 8, offset: 0));
}
