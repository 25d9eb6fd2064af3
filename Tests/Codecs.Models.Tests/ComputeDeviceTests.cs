namespace Codecs.Models.Tests;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    public void KnownNamesAreRead(string text) => Assert.True(ComputeDevice.Parse(text) == ComputeDevice.Cpu || text == "auto");

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    [InlineData("")]
    public void OtherNamesAreRefusedWithTheChoices(string text)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ComputeDevice.Parse(text));
        Assert.Contains("cuda:N", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGpuThatIsNotThereIsRefused() => Assert.Throws<ArgumentException>(() => ComputeDevice.Parse("cuda:99"));
}
