using System.Text;
using Codecs.Models.Walloc.Faithful;

namespace Codecs.Models.Tests.Walloc.Faithful;

public sealed class FaithfulWallocConfigTests
{
    private const string Stereo = """{"channels":2,"J":8,"Ne":null,"Nd":768,"latent_dim":27,"latent_bits":8,"lightweight_encode":true,"post_filter":true,"batch_size":32,"lr":3e-5}""";

    [Fact]
    public void APublishedConfigurationIsRead()
    {
        FaithfulWallocConfig config = Parse(Stereo);

        Assert.Equal(
            new FaithfulWallocConfig { Channels = 2, Levels = 8, DecoderWidth = 768, LatentChannels = 27, LatentBits = 8, LightweightEncoder = true, PostFilter = true }, config);
        Assert.Equal(512, config.BandChannels);
        Assert.Equal(config, Parse(config.ToJson()));
        Assert.False(Parse("""{"channels":3,"J":3,"Nd":768,"latent_dim":12,"latent_bits":8,"lightweight_encode":true}""").PostFilter);
    }

    [Theory]
    [InlineData("\"channels\":2", "\"channels\":1")]
    [InlineData("\"J\":8", "\"J\":0")]
    [InlineData("\"J\":8", "\"J\":12")]
    [InlineData("\"Nd\":768", "\"Nd\":26")]
    [InlineData("\"Nd\":768", "\"Nd\":9000")]
    [InlineData("\"latent_dim\":27", "\"latent_dim\":0")]
    [InlineData("\"latent_bits\":8", "\"latent_bits\":9")]
    [InlineData("\"latent_bits\":8", "\"latent_bits\":1")]
    [InlineData("\"lightweight_encode\":true", "\"lightweight_encode\":false")]
    [InlineData("\"channels\":2,\"J\":8", "\"channels\":3,\"J\":3")]
    public void ValuesThatTheNetworksDoNotAllowAreRefused(string good, string bad) =>
        Assert.Throws<UnsupportedBitstreamException>(() => Parse(Stereo.Replace(good, bad, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"channels":"2"}""")]
    [InlineData("""{"channels":2,"J":99999999999}""")]
    [InlineData("""{"channels":2,"J":8,"Nd":768,"latent_dim":27,"latent_bits":8,"lightweight_encode":1}""")]
    public void MalformedConfigurationsAreRefused(string json) => Assert.Throws<InvalidBitstreamException>(() => Parse(json));

    private static FaithfulWallocConfig Parse(string json) => FaithfulWallocConfig.Parse(Encoding.UTF8.GetBytes(json));
}
