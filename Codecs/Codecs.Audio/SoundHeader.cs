using Codecs.Audio.Walloc;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>The header of a sound file: one track for each pair of channels, tags, cover art.</summary>
internal static class SoundHeader
{
    private const int ArchiveFingerprintBytes = 32, ShortFingerprintBytes = 8;

    internal static NcfHeader Create(WallocSound sound, string name, SoundDescription description, AudioEncoderOptions options, short gain)
    {
        int modelRate = SoundShape.ModelRate(description.SampleRate);
        long modelSamples = Resampler.OutputCount(description.SampleCount ?? 0, description.SampleRate, modelRate);
        return new NcfHeader
        {
            Kind = MediaKind.Audio,
            Tracks = [.. Enumerable.Range(0, SoundShape.Pairs(description.Channels)).Select(pair => new AudioTrack
            {
                Id = pair,
                SampleRate = description.SampleRate,
                Channels = SoundShape.ChannelsOf(pair, description.Channels),
                Samples = description.SampleCount ?? 0,
                Gain = gain,
                PreRoll = 1,
                UnitTicks = SoundShape.UnitSamples,
            })],
            Models = [ModelReference.Create(
                sound.EntropyFingerprint, sound.SynthesisFingerprint, DeterminismClass.IntegerExact, options.Archive ? ArchiveFingerprintBytes : ShortFingerprintBytes)
                with { Name = Path.GetFileNameWithoutExtension(name) }],
            Metadata = options.KeepMetadata && description.Metadata is { } metadata ? [.. Items(metadata)] : [],
            TickRate = new TickRate(modelRate),
            TotalTicks = modelSamples,
        };
    }

    /// <summary>Tags and cover art of a file.</summary>
    internal static AudioMetadata Metadata(NcfHeader header)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        AudioCover? cover = null;
        foreach (MetadataItem item in header.Metadata)
        {
            if (item.ReadText() is { } text)
            {
                tags.TryAdd(text.Name, text.Value);
            }
            else if (cover is null && item.ReadCoverArt() is { MediaType: AudioCover.Jpeg or AudioCover.Png } art)
            {
                cover = new AudioCover(art.Picture);
            }
        }

        return new AudioMetadata { Tags = tags, Cover = cover };
    }

    private static IEnumerable<MetadataItem> Items(AudioMetadata metadata)
    {
        foreach ((string name, string value) in metadata.Tags)
        {
            yield return MetadataItem.Text(name, value);
        }

        if (metadata.Cover is { } cover)
        {
            yield return MetadataItem.CoverArt(cover.MimeType, cover.Data.Span);
        }
    }
}
