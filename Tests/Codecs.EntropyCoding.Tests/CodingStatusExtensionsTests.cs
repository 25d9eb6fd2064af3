namespace Codecs.EntropyCoding.Tests;

public sealed class CodingStatusExtensionsTests
{
    [Fact]
    public void OkDoesNotThrow() => CodingStatus.Ok.ThrowIfFailed();

    [Fact]
    public void EveryFaultThrowsItsOwnMessageWithPlaceAndOffset()
    {
        var messages = new HashSet<string>();
        foreach (CodingStatus status in Enum.GetValues<CodingStatus>().Where(s => s != CodingStatus.Ok))
        {
            var error = Assert.Throws<InvalidBitstreamException>(() => status.ThrowIfFailed("latents", 1824));
            Assert.StartsWith("latents: ", error.Message, StringComparison.Ordinal);
            Assert.Equal(1824, error.Offset);
            Assert.True(messages.Add(error.Message));
        }

        Assert.Contains(messages, m => m.Contains("the content check failed: damaged data, other weights, or another arithmetic", StringComparison.Ordinal));
    }
}
