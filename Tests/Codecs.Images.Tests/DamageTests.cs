namespace Codecs.Images.Tests;

/// <summary>Every byte of a file changed, every length cut: our error, or exactly the undamaged picture; never anything else.</summary>
public sealed class DamageTests(CodecFixture fixture)
{
    [Theory]
    [InlineData("mlicv2-r1-lake-q20")]
    [InlineData("mlicv2-r1-lake-alpha-q60")]
    [InlineData("mlicv2-r1-lake-gray-q90")]
    [InlineData("walloc-image-r1-lake-q20")]
    [InlineData("walloc-image-r1-lake-alpha-q60")]
    [InlineData("vqgan-extreme-r1-lake-q20")]
    [InlineData("vqgan-extreme-r1-lake-alpha-q60")]
    public void EveryChangedByteIsNoticed(string name)
    {
        ImageCodec codec = fixture.Of(CodecFixture.ModelOf(name));
        byte[] file = Golden(name);
        float[] latent = codec.DecodeLatent(file).Values;
        var unnoticed = new List<string>();
        for (int i = 0; i < file.Length; i++)
        {
            foreach (byte change in (byte[])[0x01, 0x10, 0x80, 0xff])
            {
                byte[] damaged = [.. file];
                damaged[i] ^= change;
                if (!IsRefused(codec, damaged) && !codec.DecodeLatent(damaged).Values.AsSpan().SequenceEqual(latent))
                {
                    unnoticed.Add($"byte {i} ^ {change:x2}");
                }
            }
        }

        Assert.Empty(unnoticed);
    }

    [Theory]
    [InlineData("mlicv2-r1-lake-q20")]
    [InlineData("mlicv2-r1-lake-alpha-q60")]
    [InlineData("walloc-image-r1-lake-q20")]
    [InlineData("vqgan-extreme-r1-lake-q20")]
    public void EveryTruncationIsRefused(string name)
    {
        ImageCodec codec = fixture.Of(CodecFixture.ModelOf(name));
        byte[] file = Golden(name);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.True(IsRefused(codec, file[..length]), $"the first {length} of {file.Length} bytes were accepted");
        }
    }

    [Fact]
    public void BytesBehindTheEndAreRefused() => Assert.True(IsRefused(fixture.Codec, [.. Golden("mlicv2-r1-lake-q20"), 0]));

    private static byte[] Golden(string name) => File.ReadAllBytes(CodecFixture.DataPath("Golden", name + ".ncf"));

    private static bool IsRefused(ImageCodec codec, byte[] file)
    {
        try
        {
            codec.Verify(file);
            return false;
        }
        catch (CodecException)
        {
            return true;
        }
    }
}
