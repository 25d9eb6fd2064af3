using Codecs.Formats.Media;
using Codecs.Metrics.Audio;

namespace Codecs.Evaluation.Tests.Measuring;

public sealed class AudioEvaluationTests : IDisposable
{
    private readonly MediaFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void RatesAndScoresAreMeansOfTheSoundsOwnValues()
    {
        string[] sounds = [_files.AddSound("a.wav", seconds: 1), _files.AddSound("b.wav", seconds: 0.5, channels: 1)];
        AudioEvaluationResult result = new AudioEvaluation([new FakeAudioContender("fake", false, new(1, 16, 0.02f), new(2, 64, 0.002f))]).Run("set", sounds);

        AudioRatePoint point = result.Codecs[0].Points[0];
        Assert.Equal([2000, 1000], point.Sounds.Select(s => s.Bytes));
        Assert.Equal(16, point.KbitPerSecond, 9);
        Assert.Equal(point.Sounds.Average(s => s.Scores.MelDistance!.Value), point.Scores.MelDistance!.Value, 12);
        Assert.Equal([("a.wav", 16_000, 2, 16_000L), ("b.wav", 16_000, 1, 8_000L)], result.Sounds.Select(s => (s.Name, s.SampleRate, s.Channels, s.Samples)));
        Assert.Null(point.Scores.Stoi);

        // Ten times less error is 20 dB more; the second's PSNR by hand.
        Assert.Equal(20, result.Codecs[0].Points[1].Scores.PsnrDb!.Value - point.Scores.PsnrDb!.Value, 1e-3);
        Waveform second = AudioFile.Read(sounds[1]).Waveform;
        float[] wrong = [.. second.Channel(0).ToArray().Select((x, i) => x + (i % 2 == 0 ? 0.02f : -0.02f))];
        Assert.Equal(NormalizedPsnr.Compute(second.Channel(0), wrong), point.Sounds[1].Scores.PsnrDb!.Value, 1e-6);
        Assert.Equal(MelDistance.Compute(second.Channel(0), wrong, 16_000), point.Sounds[1].Scores.MelDistance!.Value, 1e-6);
    }

    [Fact]
    public void CurvesAreReadAtRoundRatesWhicheverWayIsBetter()
    {
        AudioContenderResult codec = new AudioEvaluation([new FakeAudioContender("fake", false, new(1, 24, 0.02f), new(2, 48, 0.002f))])
            .Run("set", [_files.AddSound("a.wav")]).Codecs[0];

        Assert.Equal([16, 24, 32, 48, 64], codec.ScoresAtRates.Select(a => a.KbitPerSecond));
        Assert.Null(codec.ScoresAtRates[0].Scores.MelDistance);
        Assert.Equal(codec.Points[0].Scores, codec.ScoresAtRates[1].Scores);
        double t = Math.Log(32.0 / 24) / Math.Log(2);
        (double low, double high) = (codec.Points[0].Scores.MelDistance!.Value, codec.Points[1].Scores.MelDistance!.Value);
        Assert.True(low > high);
        Assert.Equal(low + (t * (high - low)), codec.ScoresAtRates[2].Scores.MelDistance!.Value, 1e-9);
        Assert.Null(codec.ScoresAtRates[4].Scores.PsnrDb);
    }

    [Fact]
    public void HalfTheBytesForTheSameSoundIsMinusFiftyPercent()
    {
        FakeAudioContender.Step[] steps = [new(1, 16, 0.05f), new(2, 32, 0.02f), new(3, 64, 0.005f)];
        FakeAudioContender.Step[] half = [new(1, 8, 0.05f), new(2, 16, 0.02f), new(3, 32, 0.005f)];
        AudioEvaluationResult result =
            new AudioEvaluation([new FakeAudioContender("new", false, half), new FakeAudioContender("old", true, steps)]).Run("set", [_files.AddSound("a.wav")]);

        AudioCurveComparison comparison = Assert.Single(result.Comparisons);
        Assert.Equal(("new", "old"), (comparison.Codec, comparison.Anchor));
        Assert.Equal(-50, comparison.BdRateMelPercent!.Value, 1e-6);
        Assert.Equal(-50, comparison.BdRatePsnrPercent!.Value, 1e-6);
    }

    [Fact]
    public void ADelayIsTakenOutAndAnotherSampleRateRestored()
    {
        string[] sounds = [_files.AddSound("a.wav", sampleRate: 24_000)];
        var step = new FakeAudioContender.Step(1, 32, 0.001f);
        AudioEvaluationResult result = new AudioEvaluation(
        [
            new FakeAudioContender("prompt", false, step),
            new FakeAudioContender("late", true, step) { Delay = 1105 },
            new FakeAudioContender("fast", true, step) { WorkingRate = 48_000 },
        ]).Run("set", sounds);

        double prompt = result.Codecs[0].Points[0].Scores.PsnrDb!.Value;
        Assert.True(prompt > 50);
        Assert.Equal(prompt, result.Codecs[1].Points[0].Scores.PsnrDb!.Value, 1e-6);
        Assert.True(result.Codecs[2].Points[0].Scores.SiSdrDb > 20);
    }

    [Fact]
    public void OnlyTheFirstSecondsCountWhenAskedFor()
    {
        string[] sounds = [_files.AddSound("a.wav", seconds: 1.5)];
        AudioEvaluationResult result = new AudioEvaluation(
            [new FakeAudioContender("fake", false, new FakeAudioContender.Step(1, 16, 0.01f))], new AudioEvaluationOptions { Seconds = 0.5 }).Run("set", sounds);

        Assert.Equal(8000, result.Sounds[0].Samples);
        Assert.Equal(1000, result.Codecs[0].Points[0].Sounds[0].Bytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioEvaluationOptions { Seconds = 0 });
    }

    [Fact]
    public void WhatCannotBeMeasuredIsSkippedWithAReason()
    {
        string silent = Path.Combine(_files.Folder, "silent.wav");
        AudioFile.Write(silent, new Waveform(16_000, 1, 16_000));
        string[] sounds = [_files.AddBytes("broken.wav", [1, 2, 3]), silent, _files.AddSound("short.wav", seconds: 0.1), _files.AddSound("good.wav")];
        var warnings = new List<string>();
        AudioEvaluationResult result = new AudioEvaluation([new FakeAudioContender("fake", false, new FakeAudioContender.Step(1, 16, 0.01f))])
            .Run("set", sounds, warn: warnings.Add);

        Assert.Equal("good.wav", Assert.Single(result.Sounds).Name);
        Assert.Equal(["broken.wav", "silent.wav", "short.wav"], result.Skipped.Select(s => s.Name));
        Assert.Contains("silent", result.Skipped[1].Reason, StringComparison.Ordinal);
        Assert.Equal(3, warnings.Count);
    }

    [Fact]
    public void SpeechHasMeasuresOfItsOwnAndItsOwnPlaceInTheCache()
    {
        string[] sounds = [_files.AddSound("a.wav")];
        var cache = new EvaluationCache<SoundMeasurement>();
        FakeAudioContender contender = new("fake", true, new FakeAudioContender.Step(1, 16, 0.01f)) { CacheKey = "fake 1" };
        _ = new AudioEvaluation([contender], cache: cache).Run("set", sounds);
        string path = Path.Combine(_files.Folder, "cache-audio.json");
        cache.Save(path);
        EvaluationCache<SoundMeasurement> loaded = EvaluationCache.Load<SoundMeasurement>(path);
        int before = contender.Encodings;

        _ = new AudioEvaluation([contender], cache: loaded).Run("set", sounds);
        Assert.Equal(before, contender.Encodings);

        AudioScores speech = new AudioEvaluation([contender], new AudioEvaluationOptions { Speech = true }, loaded).Run("set", sounds).Codecs[0].Points[0].Scores;
        Assert.InRange(speech.SpeechMos!.Value, 1, 5);
        Assert.InRange(speech.Stoi!.Value, 0.5, 1);
        Assert.InRange(speech.Estoi!.Value, 0.2, 1);
        Assert.Equal(2, loaded.Count);
    }

    [Fact]
    public void SpeechIsMixedToOneChannelAndReadAtLowRates()
    {
        string[] sounds = [_files.AddSound("a.wav", seconds: 1.5)];
        AudioEvaluationResult result = new AudioEvaluation(
            [
                new FakeAudioContender("new", false, new(1, 4, 0.05f), new(2, 12, 0.005f)),
                new FakeAudioContender("old", true, new(1, 8, 0.05f), new(2, 24, 0.005f)),
            ],
            new AudioEvaluationOptions { Speech = true }).Run("set", sounds);

        Assert.Equal(1, result.Sounds[0].Channels);
        Assert.Equal(AudioEvaluation.SpeechTableRates, result.Codecs[0].ScoresAtRates.Select(a => a.KbitPerSecond));
        Assert.True(result.Codecs[0].ScoresAtRates[3].Scores.Stoi > 0.3);
        AudioRatePoint point = result.Codecs[0].Points[0];
        Assert.Equal(1.5 / point.Sounds[0].EncodeSeconds, point.EncodeSpeed!.Value, 1e-4 * point.EncodeSpeed.Value);
        Assert.True(point.DecodeSpeed > 0);
        Assert.Equal(-50, result.Comparisons[0].BdRateStoiPercent!.Value, 1);
        Assert.Equal(-50, result.Comparisons[0].BdRateSpeechMosPercent!.Value, 1);
    }

    [Fact]
    public void ARealOpusFileIsWhatItsSizeSaysAndInStep()
    {
        Assert.SkipUnless(ClassicalAudioContender.Opus.IsAvailable, "This ffmpeg has no libopus.");
        Waveform sound = MediaFiles.Sound(1, 24_000, 2);
        byte[] file = ClassicalAudioContender.Opus.Encode(sound, 96, CancellationToken.None);
        Waveform back = ClassicalAudioContender.Opus.Decode(file, CancellationToken.None);

        Assert.InRange(file.Length, 6_000, 20_000);
        Assert.Equal(48_000, back.SampleRate);
        Waveform restored = Resampler.Convert(back, 24_000);
        Assert.Equal(0, SoundAlignment.FindDelay(sound.Channel(0), restored.Channel(0)));
        Waveform fitted = SoundAlignment.Fit(restored, 0, sound.SampleCount);
        Assert.True(SiSdr.Compute(sound.Channel(0), fitted.Channel(0)) > 8);
    }
}
