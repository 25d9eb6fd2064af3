using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio.Tests;

public sealed class SpeechTokensTests : IDisposable
{
    private readonly AudioCodec _codec = AudioCodec.Open("language-codec");

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void TheReadmeExampleWorks()
    {
        Waveform speech = Sounds.Chords(24_000, 1, 9_600);

        AudioTokens tokens = _codec.Tokenize(speech, codebooks: 4);
        byte[] array = AudioTokensFile.ToNpy(tokens);
        Waveform spoken = _codec.Decode(_codec.EncodeTokens(AudioTokensFile.FromNpy(array)));

        Assert.Equal((30, 4), (tokens.Frames, tokens.Codebooks));
        Assert.Equal((24_000, 1, 9_600L), (spoken.SampleRate, spoken.ChannelCount, spoken.SampleCount));
    }

    [Fact]
    public void TheTokensOfASoundAreThoseOfItsFileAcrossUnits()
    {
        Waveform sound = Sounds.Chords(8_000, 2, 84_001);
        var reports = new List<CodecProgress>();

        AudioTokens ofSound = _codec.Tokenize(sound, 3, new Recorder(reports)), ofFile = _codec.DecodeTokens(_codec.Encode(sound, new() { Codebooks = 3 }));

        Assert.Equal(788, ofSound.Frames);
        Assert.Equal(ofFile.Values, ofSound.Values);
        Assert.Equal((8_000, 84_001L, "language-codec"), (ofSound.SampleRate, ofSound.SampleCount, ofSound.Model));
        Assert.True(ofSound.Weights.Matches(_codec.SynthesisFingerprint));
        Assert.Equal(ofFile.Weights, ofSound.Weights);
        Assert.InRange(ofFile.Peak / ofSound.Peak, 0.999, 1.001);
        Assert.Equal([750, 788], reports.Select(r => r.Done));
        Assert.Equal(788, reports[0].Total);
        Assert.Throws<OperationCanceledException>(() => _codec.Tokenize(sound, 3, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void TokensThatMakeNoSoundAreRefused()
    {
        var good = new AudioTokens(24_000, 320, 0.5, 3, [0, 1, 2]);

        Assert.NotEmpty(_codec.EncodeTokens(good with { Weights = _codec.SynthesisFingerprint.Prefix(12) }));
        Assert.Throws<ModelMismatchException>(() => _codec.EncodeTokens(good with { Weights = Fingerprint.Of([1]).Prefix() }));
        foreach (AudioTokens wrong in (AudioTokens[])
            [
                good with { Values = [0, 1] }, good with { Values = [] }, good with { Values = [0, 1, 1024] }, good with { Values = [0, -1, 2] }, good with { Codebooks = 0 },
                good with { SampleRate = 0 }, good with { SampleCount = 0 }, good with { SampleCount = 321 }, good with { Peak = double.NaN },
            ])
        {
            Assert.Throws<ArgumentException>(() => _codec.EncodeTokens(wrong));
        }
    }

    [Fact]
    public void TruncationKeepsTagsThatCameLateAndADigest()
    {
        NcfFile file = NcfFile.Parse(_codec.Encode(Sounds.Chords(24_000, 1, 3_000), new() { Codebooks = 5 }), NcfLimits.Default);
        foreach (bool digest in (bool[])[false, true])
        {
            using var input = new MemoryStream();
            using (var writer = new NcfStreamWriter(input, file.Header, new NcfWriterOptions { WithDigest = digest }))
            {
                writer.WriteUnit(file.Units[0]);
                writer.WriteMetadata(MetadataItem.Text("title", "late"));
                writer.Complete();
            }

            input.Position = 0;
            using var output = new MemoryStream();
            Assert.Equal(5, _codec.Truncate(input, output, 3));

            NcfFile three = NcfFile.Parse(output.ToArray(), NcfLimits.Default);
            Assert.Equal(digest, three.VerifyDigest());
            Assert.Equal(("title", "late"), three.Metadata[^1].ReadText());
            Assert.Equal(file.Units[0].Payloads[0].ToArray(), Assert.Single(Assert.Single(three.Units).Payloads).ToArray());
        }
    }

    // Progress<T> would report on another thread, later.
    private sealed class Recorder(List<CodecProgress> reports) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value) => reports.Add(value);
    }
}
