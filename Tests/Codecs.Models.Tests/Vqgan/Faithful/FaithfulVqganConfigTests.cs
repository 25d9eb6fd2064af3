using System.Text;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class FaithfulVqganConfigTests
{
    private const string Large =
        """{"ch":128,"ch_mult":[1,1,2,2,4],"num_res_blocks":2,"attn_resolutions":[16],"resolution":256,"z_channels":256,"embed_dim":256,"n_embed":16384}""";

    [Fact]
    public void TheWrittenFormIsRead()
    {
        FaithfulVqganConfig config = Parse(Large);

        Assert.Equal(FaithfulVqganConfig.Published["taming-f16-16384"], config);
        Assert.Equal(Large, config.ToJson());
        Assert.NotEqual(FaithfulVqganConfig.Published["taming-f16-1024"], config);
        Assert.Equal(16, config.Stride);
        Assert.All(FaithfulVqganConfig.Published.Values, c => Assert.Equal(c, Parse(c.ToJson())));
        Assert.Equal([16, 16, 16, 8, 8, 4], FaithfulVqganConfig.Published.Values.Select(c => c.Stride));
    }

    [Fact]
    public void ATreeOfCodesIsWrittenDown()
    {
        FaithfulVqganConfig config = Parse(Large.Replace("16384", "16384,\"tree_codes\":true", StringComparison.Ordinal));

        Assert.True(config.IsTree);
        Assert.Equal(config, Parse(config.ToJson()));
        Assert.NotEqual(Parse(Large), config);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(20, 5)]
    [InlineData(256, 8)]
    [InlineData(257, 9)]
    [InlineData(16384, 14)]
    [InlineData(65536, 16)]
    public void AnIndexHasBitsForAllCodes(int codes, int bits) => Assert.Equal(bits, (Parse(Large) with { Codes = codes }).IndexBits);

    [Fact]
    public void ShapesAreReadOffTheTensors() => Assert.All(
        FaithfulVqganConfig.Published.Values.Append(SyntheticVqganWeights.Small).Where(c => c.Channels == 32 || c.Codes < 1000),
        config => Assert.Equal(config, FaithfulVqganConfig.FromState(SyntheticVqganWeights.Create(config))));

    // Attention at half the nominal size, whatever that is.
    [Fact]
    public void AnotherNominalResolutionCannotBeReadOffButMeansTheSame()
    {
        FaithfulVqganConfig deep = SyntheticVqganWeights.Deep, read = FaithfulVqganConfig.FromState(SyntheticVqganWeights.Create(deep));

        Assert.Equal(deep with { Resolution = 256, AttentionResolutions = [128] }, read);
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(read.HasAttention));
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(deep.HasAttention));
    }

    [Theory]
    [InlineData("\"ch\":128", "\"ch\":100")]
    [InlineData("\"ch\":128", "\"ch\":0")]
    [InlineData("\"ch\":128", "\"ch\":4096")]
    [InlineData("[1,1,2,2,4]", "[]")]
    [InlineData("[1,1,2,2,4]", "[1,1,1,1,1,1,1,1,1]")]
    [InlineData("[1,1,2,2,4]", "[1,0,2]")]
    [InlineData("\"num_res_blocks\":2", "\"num_res_blocks\":0")]
    [InlineData("\"resolution\":256", "\"resolution\":100")]
    [InlineData("\"z_channels\":256", "\"z_channels\":0")]
    [InlineData("\"embed_dim\":256", "\"embed_dim\":5000")]
    [InlineData("\"n_embed\":16384", "\"n_embed\":65537")]
    [InlineData("\"n_embed\":16384", "\"n_embed\":1")]
    [InlineData("\"n_embed\":16384", "\"n_embed\":1000,\"tree_codes\":true")]
    [InlineData("\"n_embed\":16384", "\"n_embed\":16384,\"double_z\":true")]
    [InlineData("\"n_embed\":16384", "\"n_embed\":16384,\"resamp_with_conv\":false")]
    [InlineData("\"n_embed\":16384", "\"n_embed\":16384,\"in_channels\":1")]
    public void ValuesThatTheNetworksDoNotAllowAreRefused(string good, string bad) =>
        Assert.Throws<UnsupportedBitstreamException>(() => Parse(Large.Replace(good, bad, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"ch":128,"ch_mult":4}""")]
    [InlineData("""{"ch":128,"ch_mult":[1,"2"]}""")]
    [InlineData("""{"ch":128,"ch_mult":[1,99999999999]}""")]
    public void MalformedConfigurationsAreRefused(string json) => Assert.Throws<InvalidBitstreamException>(() => Parse(json));

    private static FaithfulVqganConfig Parse(string json) => FaithfulVqganConfig.Parse(Encoding.UTF8.GetBytes(json));
}
