using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Sends one sound through one codec and measures what comes back.</summary>
internal sealed class SoundMeter(AudioEvaluationOptions options, SoundTrip trip) : IMeter<Waveform, EvaluatedSound, SoundMeasurement>
{
    // What the measures need: more than half a window of 2048 samples and rates that they know; STOI and MOS need more.
    private const int MinSamples = 2048, MinRate = 8_000, MaxRate = 384_000;
    private const double MinSpeechSeconds = 0.7;

    /// <inheritdoc/>
    public string Variant => options.Speech ? "speech" : "";

    /// <inheritdoc/>
    public (EvaluatedSound Item, Waveform Media) Read(string file)
    {
        Waveform sound = AudioFile.Read(file).Waveform;
        if (options.Seconds is { } seconds)
        {
            sound = SoundTrip.Beginning(sound, seconds);
        }

        if (options.Speech)
        {
            sound = ToMono(sound);
        }

        Check(sound);
        float[] samples = Planar(sound);
        return (new EvaluatedSound(Path.GetFileName(file), sound.SampleRate, sound.ChannelCount, sound.SampleCount, Hash(sound, samples)), sound);
    }

    /// <inheritdoc/>
    public SoundMeasurement Measure(IMediaContender<Waveform> contender, double setting, Waveform sound, CancellationToken cancellation)
    {
        ReturnedSound back = trip.Take(contender, setting, sound, cancellation);
        return new SoundMeasurement(back.Bytes, Score(sound, back.Sound), RoundedConverter.Round(back.EncodeSeconds), RoundedConverter.Round(back.DecodeSeconds));
    }

    private void Check(Waveform sound)
    {
        if (sound.SampleRate is < MinRate or > MaxRate)
        {
            throw new MediaException($"Sounds of {MinRate} to {MaxRate} Hz can be measured, this one has {sound.SampleRate} Hz.");
        }

        if (sound.SampleCount < MinSamples)
        {
            throw new MediaException($"It has {sound.SampleCount} samples; at least {MinSamples} are needed.");
        }

        if (options.Speech && sound.Duration.TotalSeconds < MinSpeechSeconds)
        {
            throw new MediaException(string.Create(
                CultureInfo.InvariantCulture, $"It lasts {sound.Duration.TotalSeconds:0.00} s; measures of speech need {MinSpeechSeconds} s."));
        }

        for (int c = 0; c < sound.ChannelCount; c++)
        {
            if (sound.Channel(c).ContainsAnyExcept(0))
            {
                return;
            }
        }

        throw new MediaException("It is silent: there is nothing to compare.");
    }

    /// <summary>The mean of the channels: codecs and measures of speech know one.</summary>
    private static Waveform ToMono(Waveform sound)
    {
        if (sound.ChannelCount == 1)
        {
            return sound;
        }

        var mono = new Waveform(sound.SampleRate, 1, sound.SampleCount);
        Span<float> mean = mono.Channel(0);
        for (int c = 0; c < sound.ChannelCount; c++)
        {
            ReadOnlySpan<float> channel = sound.Channel(c);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += channel[i] / sound.ChannelCount;
            }
        }

        return mono;
    }

    private AudioScores Score(Waveform sound, Waveform back)
    {
        float[] reference = Planar(sound);
        float[] degraded = Planar(back);
        return AudioScores.Of(measure =>
            measure.SpeechOnly && !options.Speech ? null : measure.Compute(reference, degraded, sound.SampleRate, sound.ChannelCount));
    }

    private static string Hash(Waveform sound, float[] samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> shape = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(shape, sound.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(shape[4..], sound.ChannelCount);
        hash.AppendData(shape);
        hash.AppendData(MemoryMarshal.AsBytes(samples.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>All samples, channel after channel, as the measures want them.</summary>
    private static float[] Planar(Waveform sound)
    {
        float[] samples = new float[checked(sound.ChannelCount * (int)sound.SampleCount)];
        for (int c = 0; c < sound.ChannelCount; c++)
        {
            sound.Channel(c).CopyTo(samples.AsSpan(c * (int)sound.SampleCount));
        }

        return samples;
    }
}
