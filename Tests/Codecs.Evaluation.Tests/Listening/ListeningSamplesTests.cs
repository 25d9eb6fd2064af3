using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Listening;

public sealed class ListeningSamplesTests : IDisposable
{
    private readonly MediaFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void OriginalsAndWhatCodecsMadeOfThemCanBePlayed()
    {
        string[] sounds = [_files.AddBytes("broken.wav", [1, 2, 3]), _files.AddSound("good & short.wav", channels: 1), _files.AddSound("other.wav")];
        var evaluation = new AudioEvaluation([new FakeAudioContender("fake", false, new(1, 16, 0.02f), new(2.5, 64, 0.002f)) { Delay = 1105 }]);
        string page = Path.Combine(_files.Folder, "out");
        IReadOnlyList<ListeningClip> clips = evaluation.WriteSamples(evaluation.Run("set", sounds), sounds, 1, page);

        ListeningClip clip = Assert.Single(clips);
        Assert.Equal(("good & short.wav", "samples/01-good___short-original.flac"), (clip.Name, clip.Original));
        Assert.Equal(["samples/01-good___short-fake-1.flac", "samples/01-good___short-fake-2.5.flac"], clip.Samples.Select(s => s.File));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(page, "samples")).Length);
        Assert.Equal(16, clip.Samples[0].KbitPerSecond, 6);

        Waveform original = AudioFile.Read(Path.Combine(page, clip.Original)).Waveform;
        Waveform sample = AudioFile.Read(Path.Combine(page, clip.Samples[1].File)).Waveform;
        Assert.Equal((16_000, 16_000L), (sample.SampleRate, sample.SampleCount));
        for (int i = 0; i < 16_000 - 1105; i++)
        {
            Assert.Equal(original.Channel(0)[i], sample.Channel(0)[i], 0.0021f);
        }
    }

    [Fact]
    public void LongSoundsAreCutAndManyChannelsBecomeWav()
    {
        string[] sounds = [_files.AddSound("long.wav", seconds: 11, sampleRate: 8000, channels: 9)];
        var evaluation = new AudioEvaluation([new FakeAudioContender("fake", false, new FakeAudioContender.Step(1, 16, 0.02f))]);
        ListeningClip clip = Assert.Single(evaluation.WriteSamples(evaluation.Run("set", sounds), sounds, 5, _files.Folder));

        Assert.Equal("samples/01-long-original.wav", clip.Original);
        Assert.Equal(80_000, AudioFile.Read(Path.Combine(_files.Folder, clip.Samples[0].File)).Waveform.SampleCount);
    }
}
