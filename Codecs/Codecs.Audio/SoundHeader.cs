using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>The header of a sound file: one track for each group of channels, tags, cover art.</summary>
internal static class SoundHeader
{
    private const int ArchiveFingerprintBytes = 32, ShortFingerprintBytes = 8;

    /// <summary>What files call a model that was opened by name or path.</summary>
    internal static string ModelName(string name) => Path.GetFileNameWithoutExtension(name);

    internal static NcfHeader Create(ISoundCodec codec, string name, SoundDescription description, AudioEncoderOptions options, short gain)
    {
        int modelRate = codec.Shape.ModelRate(description.SampleRate), coded = codec.Shape.Coded(description.Channels);
        long modelSamples = Resampler.OutputCount(description.SampleCount ?? 0, description.SampleRate, modelRate);
        return new NcfHeader
        {
            Kind = MediaKind.Audio,
            Tracks = [.. Enumerable.Range(0, SoundShape.Tracks(coded)).Select(track => new AudioTrack
            {
                Id = track,
                SampleRate = description.SampleRate,
                Channels = SoundShape.ChannelsOf(track, coded),
                Samples = description.SampleCount ?? 0,
                Gain = gain,
                PreRoll = 1,
                UnitTicks = codec.Shape.UnitSamples,
            })],
            Models = [ModelReference.Create(
                codec.EntropyFingerprint, codec.SynthesisFingerprint, DeterminismClass.IntegerExact, options.Archive ? ArchiveFingerprintBytes : ShortFingerprintBytes)
                with { Name = ModelName(name) }],
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
