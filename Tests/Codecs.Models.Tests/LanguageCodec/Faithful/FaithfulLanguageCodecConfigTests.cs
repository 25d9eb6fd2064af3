using System.Text;
using Codecs.Models.LanguageCodec.Faithful;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

public sealed class FaithfulLanguageCodecConfigTests
{
    [Fact]
    public void JsonComesBack()
    {
        string json = FaithfulLanguageCodecConfig.Released.ToJson();

        Assert.Equal(
            """{"n_filters":32,"dimension":128,"n_q":8,"bins":1024,"dim":384,"intermediate_dim":1152,"num_layers":12,"adanorm_num_embeddings":4}""", json);
        Assert.Equal(FaithfulLanguageCodecConfig.Released, FaithfulLanguageCodecConfig.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void SizesAreReadOffTheTensors() => Assert.Equal(
        SyntheticSpeechWeights.Small, FaithfulLanguageCodecConfig.FromState(SyntheticSpeechWeights.Create(SyntheticSpeechWeights.Small)));

    [Theory]
    [InlineData("\"n_q\":8", "\"n_q\":1", "n_q")]
    [InlineData("\"n_filters\":32", "\"n_filters\":3", "n_filters")]
    [InlineData("\"bins\":1024", "\"bins\":65536", "bins")]
    [InlineData("\"dim\":384", "\"dim\":2000000000", "dim")]
    public void SizesThatNoCodecHasAreRefused(string original, string changed, string named)
    {
        byte[] json = Encoding.UTF8.GetBytes(FaithfulLanguageCodecConfig.Released.ToJson().Replace(original, changed, StringComparison.Ordinal));

        Assert.Contains($"{named} = ", Assert.Throws<UnsupportedBitstreamException>(() => FaithfulLanguageCodecConfig.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingSizeIsNamed() => Assert.Contains(
        "'dimension'", Assert.Throws<InvalidBitstreamException>(() => FaithfulLanguageCodecConfig.Parse("""{"n_filters":32}"""u8.ToArray())).Message, StringComparison.Ordinal);
}
