using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>What a sound file states before its units, checked and matched with the codec's weights.</summary>
internal sealed class SoundFile
{
    private SoundFile(NcfHeader header, AudioTrack[] tracks, int channels, int modelRate) =>
        (Header, Tracks, Channels, ModelRate) = (header, tracks, channels, modelRate);

    internal NcfHeader Header { get; }

    /// <summary>One for each group, in the order of the channels.</summary>
    internal AudioTrack[] Tracks { get; }

    internal int Channels { get; }

    internal int SampleRate => Tracks[0].SampleRate;

    internal int ModelRate { get; }

    /// <exception cref="UnsupportedBitstreamException">The file holds no sound, or tracks that do not fit together.</exception>
    /// <exception cref="ModelMismatchException">The file was made with other weights.</exception>
    internal static SoundFile Match(NcfHeader header, ISoundCodec codec)
    {
        AudioTrack[] tracks = [.. header.Tracks.OfType<AudioTrack>().OrderBy(t => t.Id)];
        if (header.Kind is not (MediaKind.Audio or MediaKind.AudioVideo) || tracks.Length == 0)
        {
            throw new UnsupportedBitstreamException($"The file holds {header.Kind}, not sound; 'codecs info' tells what it is.");
        }

        AudioTrack first = tracks[0];
        int channels = tracks.Sum(t => t.Channels);
        bool fits = tracks.Index().All(t => t.Item.Channels == SoundShape.ChannelsOf(t.Index, channels) && t.Item.SampleRate == first.SampleRate
            && t.Item.PreSkip == 0 && t.Item.Gain == first.Gain && LastsAUnit(t.Item, header, codec));
        if (!fits || channels > Waveform.MaxChannels || channels != codec.Shape.Coded(channels) || first.SampleRate is < 1 or > Waveform.MaxSampleRate)
        {
            throw new UnsupportedBitstreamException(
                $"The file has {tracks.Length} sound tracks with {channels} channels at {first.SampleRate} Hz that do not fit together as this codec writes them.");
        }

        foreach (AudioTrack track in tracks)
        {
            ModelReference model = header.ModelOf(track) ?? throw new InvalidBitstreamException("The file names no model for its sound.");
            if (!model.Entropy.Matches(codec.EntropyFingerprint))
            {
                throw new ModelMismatchException(
                    $"The file was made with weights {model.Describe()}; these are {codec.EntropyFingerprint}. Install the weights it names, or use the version that wrote it.");
            }
        }

        return new SoundFile(header, tracks, channels, codec.Shape.ModelRate(first.SampleRate));
    }

    // Sound alone has its own rate as clock; beside a video the clock may be faster.
    private static bool LastsAUnit(AudioTrack track, NcfHeader header, ISoundCodec codec) => header.Kind == MediaKind.Audio
        ? track.UnitTicks == codec.Shape.UnitSamples
        : (Int128)track.UnitTicks * codec.Shape.ModelRate(track.SampleRate) * header.TickRate.Denominator == (Int128)codec.Shape.UnitSamples * header.TickRate.Numerator;

    /// <summary>What the user should know.</summary>
    internal IEnumerable<string> Warnings(ISoundCodec codec)
    {
        ModelReference model = Header.ModelOf(Tracks[0])!;
        if (!model.Synthesis.IsEmpty && !model.Synthesis.Matches(codec.SynthesisFingerprint))
        {
            yield return $"The file was made for synthesis weights {model.Synthesis}; these are {codec.SynthesisFingerprint}. It may sound different.";
        }
    }
}
