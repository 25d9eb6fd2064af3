using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>How late each codec's sound is, found out once for each setting and shape of sound.</summary>
/// <remarks>
/// A delay belongs to the codec and not to the clip, so it is measured with bursts of noise, whose cross-correlation has one sharp peak: music repeats
/// itself and may look alike a beat later, and tones come back with other phases at low rates. Vocoders do not give these bursts back; their delay is that
/// at which the spectrum of the first sound is most like its original's. The filters of some codecs delay speech by a few samples less than bursts, so
/// the waves of the first sound have the last word on what is not 0. Readers take the delays of Opus, MP3 and AAC from the files, so they are usually
/// 0; a codec that leaves some, as Speex and Codec2 do, is not punished for it.
/// </remarks>
internal sealed class DelayTable
{
    private const double Seconds = 1, BurstSeconds = 0.23, DecaySeconds = 0.03, LowPassHz = 1500, Amplitude = 0.8;
    private const ulong Seed = 0x9E37_79B9_7F4A_7C15;

    private readonly Dictionary<(string Name, double Setting, int Rate, int Channels), int> _delays = [];

    /// <summary>Samples at the sound's own rate; negative when the codec is early.</summary>
    public int Of(IMediaContender<Waveform> contender, double setting, Waveform sound, CancellationToken cancellation)
    {
        (string, double, int, int) key = (contender.Name, setting, sound.SampleRate, sound.ChannelCount);
        if (!_delays.TryGetValue(key, out int delay))
        {
            Waveform Return(Waveform original) =>
                Resampler.Convert(contender.Decode(contender.Encode(original, setting, cancellation), cancellation), original.SampleRate);
            Waveform probe = Probe(sound.SampleRate, sound.ChannelCount);
            int? ofBursts = SoundAlignment.FindDelay(probe.Channel(0), Return(probe).Channel(0));
            delay = ofBursts is 0 ? 0 : OfSound(sound, Return(sound), ofBursts);
            _delays.Add(key, delay);
        }

        return delay;
    }

    private static int OfSound(Waveform sound, Waveform back, int? ofBursts) =>
        SoundAlignment.Refine(sound, back, ofBursts ?? SoundAlignment.FindSpectralDelay(sound, back));

    /// <summary>Dying bursts of noise, the same in all channels; mostly low, for codecs that keep only the band of telephones.</summary>
    internal static Waveform Probe(int sampleRate, int channels)
    {
        var probe = new Waveform(sampleRate, channels, (long)(Seconds * sampleRate));
        Span<float> first = probe.Channel(0);
        double keep = Math.Exp(-2 * Math.PI * LowPassHz / sampleRate);
        double low = 0;
        ulong state = Seed;
        for (int i = 0; i < first.Length; i++)
        {
            // Marsaglia's xorshift: the same noise everywhere.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            low = (keep * low) + ((1 - keep) * (((state >> 11) / (double)(1UL << 52)) - 1));
            first[i] = (float)(Amplitude * low * Math.Exp(-((double)i / sampleRate % BurstSeconds) / DecaySeconds));
        }

        for (int c = 1; c < channels; c++)
        {
            first.CopyTo(probe.Channel(c));
        }

        return probe;
    }
}
