using Codecs.Formats.Media;

namespace Codecs.Audio.Tests;

[Collection(SpeechFixture.Collection)]
public sealed class TruncationTests(SpeechFixture fixture)
{
    private const int UnitFrames = 750, Reach = 29 * 320; // samples beside a change that may be others

    private readonly AudioTokens _tokens = SpeechTokens.Create(frames: 800, seed: 4);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void AFileWithFewerCodebooksIsTheFileOfTheFirstTokens(int codebooks)
    {
        byte[] whole = fixture.Codec.EncodeTokens(_tokens), few = SpeechTokens.Truncate(fixture.Codec, whole, codebooks);
        Assert.Equal(fixture.Codec.EncodeTokens(SpeechTokens.Prefix(_tokens, codebooks)), few);
        Assert.Equal((_tokens.SampleCount, false), fixture.Codec.Verify(new MemoryStream(few)));
        AudioTokens read = fixture.Codec.DecodeTokens(few);
        Assert.Equal(codebooks, read.Codebooks);
        Assert.Equal(SpeechTokens.Prefix(_tokens, codebooks).Values, read.Values);
        Assert.Equal(few, SpeechTokens.Truncate(fixture.Codec, SpeechTokens.Truncate(fixture.Codec, whole, codebooks + 1), codebooks));
    }

    [Fact]
    public void AsManyOrMoreCodebooksLeaveAFileAsItIs()
    {
        byte[] file = fixture.Codec.EncodeTokens(SpeechTokens.Prefix(_tokens, 4));
        Assert.Equal(file, SpeechTokens.Truncate(fixture.Codec, file, 4));
        Assert.Equal(file, SpeechTokens.Truncate(fixture.Codec, file, 8));
    }

    [Fact]
    public void TruncatingTellsHowManyThereWere()
    {
        byte[] file = fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 3, codebooks: 6));
        Assert.Equal(6, fixture.Codec.Truncate(new MemoryStream(file), Stream.Null, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => fixture.Codec.Truncate(new MemoryStream(file), Stream.Null, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => fixture.Codec.Truncate(new MemoryStream(file), Stream.Null, 9));
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Truncate(new MemoryStream(file[..^1]), Stream.Null, 4));
    }

    [Fact]
    public void TagsAndLevelStay()
    {
        var metadata = new AudioMetadata { Tags = new Dictionary<string, string> { ["title"] = "Words" } };
        byte[] file = fixture.Codec.Encode(Sounds.Chords(16000, 1, 3000, peak: 0.1), new() { Archive = true }, metadata);
        byte[] few = SpeechTokens.Truncate(fixture.Codec, file, 3);
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(few));
        Assert.Equal("Words", decoder.Metadata.Tags["title"]);
        Assert.Equal(fixture.Codec.DecodeTokens(file).Peak, fixture.Codec.DecodeTokens(few).Peak);
        Assert.Equal(3000, fixture.Codec.Verify(new MemoryStream(few)).Samples);
    }

    [Fact]
    public void UnitsWithOtherNumbersOfCodebooksPlayInOneFile()
    {
        byte[] all = fixture.Codec.EncodeTokens(_tokens), few = SpeechTokens.Truncate(fixture.Codec, all, 3);
        byte[] mixed = SpeechTokens.Rewrite(all, unit => unit.Number == 0 ? unit : unit with { Payloads = [unit.Payloads[0]] });
        float[] found = Samples(mixed), fromAll = Samples(all), fromFew = Samples(few);
        int border = UnitFrames * 320;
        Assert.Equal(fromAll.Length, found.Length);
        Assert.Equal(fromAll[..(border - Reach)], found[..(border - Reach)]);
        Assert.Equal(fromFew[(border + Reach)..], found[(border + Reach)..]);
        Assert.Equal((3, _tokens.Frames), (fixture.Codec.DecodeTokens(mixed).Codebooks, fixture.Codec.DecodeTokens(mixed).Frames));
        Assert.Equal(SpeechTokens.Prefix(_tokens, 3).Values, fixture.Codec.DecodeTokens(mixed).Values);
        Assert.Equal(few, SpeechTokens.Truncate(fixture.Codec, mixed, 3));
        Assert.Equal(-1, fixture.Codec.DecodeLatent(mixed).Rate);
    }

    private float[] Samples(byte[] file) => fixture.Codec.Decode(file).Channel(0).ToArray();
}
