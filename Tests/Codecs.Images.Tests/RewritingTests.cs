using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Images.Tests;

public sealed class RewritingTests(CodecFixture fixture)
{
    [Fact]
    public void ArchivesBecomeTinyAndKeepTheirLatent()
    {
        ImageCodec codec = fixture.Codec;
        Image image = CodecFixture.Picture("lake.png");
        byte[] archive = codec.Encode(image, new ImageEncoderOptions { Archive = true, KeepMetadata = false });

        byte[] tiny = codec.Rewrite(archive, new NcfRewriteOptions { Profile = NcfProfile.Tiny, Digest = false, Strip = MetadataStripping.All, StripColourProfile = true });

        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(tiny));
        Assert.Equal(codec.Encode(image, new ImageEncoderOptions { KeepMetadata = false }).Length, tiny.Length);
        Assert.Equal(codec.DecodeLatent(archive).Values, codec.DecodeLatent(tiny).Values);
    }

    [Fact]
    public void TinyBecomesFullWithTheWholeModelReference()
    {
        ImageCodec codec = fixture.Codec;
        byte[] tiny = codec.Encode(CodecFixture.Picture("lake.png"), new ImageEncoderOptions { KeepMetadata = false });

        NcfFile full = NcfFile.Parse(codec.Rewrite(tiny, new NcfRewriteOptions { Digest = true }), NcfLimits.Default);

        Assert.Equal(NcfProfile.Full, full.Profile);
        Assert.True(full.Models[0].Synthesis.Matches(codec.SynthesisFingerprint));
        Assert.Equal(NcfFile.Parse(tiny, NcfLimits.Default).Units[0].Payloads[0].ToArray(), full.Units[0].Payloads[0].ToArray());
    }

    [Fact]
    public void SalvageOfAGoodFileIsIntact()
    {
        byte[] file = fixture.Codec.Encode(CodecFixture.Picture("lake.png"));

        SalvageReport report = fixture.Codec.Salvage(file);

        Assert.True(report.IsIntact);
        Assert.Equal(file, NcfSalvage.Repair(report));
    }
}
