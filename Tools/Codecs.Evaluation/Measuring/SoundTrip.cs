using System.Diagnostics;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Sends sounds through codecs and brings what comes back into step with them.</summary>
internal sealed class SoundTrip
{
    private readonly DelayTable _delays = new();

    /// <summary>The first seconds of a sound, or all of a shorter one.</summary>
    public static Waveform Beginning(Waveform sound, double seconds) =>
        sound.Slice(0, (long)Math.Min(sound.SampleCount, Math.Ceiling(seconds * sound.SampleRate)));

    /// <summary>Encodes and decodes.</summary>
    /// <exception cref="CodecException">The codec cannot hold the sound, or does not give it back.</exception>
    public ReturnedSound Take(IMediaContender<Waveform> contender, double setting, Waveform sound, CancellationToken cancellation)
    {
        int delay = _delays.Of(contender, setting, sound, cancellation);
        long start = Stopwatch.GetTimestamp();
        byte[] file = contender.Encode(sound, setting, cancellation);
        long middle = Stopwatch.GetTimestamp();
        Waveform back = contender.Decode(file, cancellation);
        long end = Stopwatch.GetTimestamp();
        cancellation.ThrowIfCancellationRequested();

        if (back.ChannelCount != sound.ChannelCount)
        {
            throw new CodecException($"{contender.Name} was given {sound.ChannelCount} channels and returned {back.ChannelCount}.");
        }

        return new ReturnedSound(
            file.Length,
            SoundAlignment.Fit(Resampler.Convert(back, sound.SampleRate), delay, sound.SampleCount),
            Stopwatch.GetElapsedTime(start, middle).TotalSeconds,
            Stopwatch.GetElapsedTime(middle, end).TotalSeconds);
    }
}

/// <summary>What came back.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sound">At the original's rate, of its length, without the codec's delay.</param>
/// <param name="EncodeSeconds">Wall time from samples to file.</param>
/// <param name="DecodeSeconds">Wall time from file to samples.</param>
internal readonly record struct ReturnedSound(int Bytes, Waveform Sound, double EncodeSeconds, double DecodeSeconds);
