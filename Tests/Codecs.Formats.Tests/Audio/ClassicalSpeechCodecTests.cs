using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

public sealed class ClassicalSpeechCodecTests
{
    [Fact]
    public void OpusHoldsSpeechInFewBytes()
    {
        Waveform sound = TestSounds.Tones(16_000, 1, 32_000);
        byte[] file = ClassicalSpeechCodec.Opus.Encode(sound, 6000);
        Waveform back = ClassicalSpeechCodec.Opus.Decode(file);

        Assert.InRange(file.Length, 1000, 2500);
        Assert.Equal((48_000, 1, 96_000L), (back.SampleRate, back.ChannelCount, back.SampleCount));
        Assert.Equal(file, ClassicalSpeechCodec.Opus.Encode(sound, 6000));
    }

    [Fact]
    public void ForeignRatesAndSeveralChannelsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassicalSpeechCodec.Codec2.Encode(TestSounds.Tones(8000, 1, 8000), 1000));
        Assert.Throws<MediaException>(() => ClassicalSpeechCodec.Codec2.Encode(TestSounds.Tones(8000, 2, 8000), 1200));
    }

    [Fact]
    public void BytesThatAreNoFileOfTheCodecAreRefused()
    {
        Assert.All(ClassicalSpeechCodec.All, codec => Assert.Throws<MediaException>(() => codec.Decode(new byte[] { 1, 2, 3, 4, 5 })));
        Assert.All(ClassicalSpeechCodec.All, codec => Assert.Throws<MediaException>(() => codec.Decode(ReadOnlyMemory<byte>.Empty)));
    }
}
