using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Writes a file anew without decoding it: other form, other metadata, digest. Payload bytes never change.</summary>
public static class NcfRewriter
{
    /// <summary>Rewrites a file.</summary>
    /// <param name="file">A parsed file, or what <see cref="NcfSalvage"/> left of one.</param>
    /// <param name="options">What to change.</param>
    /// <returns>The new file.</returns>
    /// <remarks>Chunks that this build does not know are carried along when they are marked safe to copy, and left out otherwise; padding is left out. Late metadata
    /// moves to the start.</remarks>
    /// <exception cref="UnsupportedBitstreamException">The file cannot have that form; see <see cref="WhyNotTiny"/>.</exception>
    /// <exception cref="ArgumentException">A Tiny file is to become Full and <see cref="NcfRewriteOptions.Model"/> is missing or another one; or too much metadata.</exception>
    public static byte[] Rewrite(NcfFile file, NcfRewriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        bool mustBeFull = options.AddMetadata.Count > 0 || options.Digest == true;
        NcfProfile profile = options.Profile ?? (mustBeFull ? NcfProfile.Full : file.Profile);
        if (profile == NcfProfile.Tiny)
        {
            return WhyNotTiny(file, options) is { } reason
                ? throw new UnsupportedBitstreamException($"The file cannot be Tiny: {reason}")
                : NcfWriter.WriteTiny(ToTiny(file, options), file.Units[0].Payloads[0].Span);
        }

        return WriteFull(file.Profile == NcfProfile.Tiny ? Enlarge(file, options) : file, options);
    }

    /// <summary>Tells whether a file can have the Tiny form after the changes that the options ask for.</summary>
    /// <returns>Why not, in words; null when it can.</returns>
    public static string? WhyNotTiny(NcfFile file, NcfRewriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        if (file.Tracks.Count != 1 || file.Units.Count != 1)
        {
            return $"it has {file.Tracks.Count} tracks and {file.Units.Count} units; Tiny holds one of each";
        }

        DataUnit unit = file.Units[0];
        if (unit.Payloads.Count != 1 || unit with { Payloads = unit.Payloads, Coder = default, Check = default, RatePoint = 0, Offset = 0 } != new DataUnit { Track = unit.Track, Coder = default, Payloads = unit.Payloads })
        {
            return "its unit has several payloads, a number, a layer, a tile or a time; Tiny holds one plain payload";
        }

        int metadata = Metadata(file, options).Count;
        bool hasProfile = file.IccProfile is not null && !options.StripColourProfile;
        if (metadata > 0 || hasProfile || file.Header.Layers.Count > 0)
        {
            return $"it keeps {metadata} pieces of metadata{(hasProfile ? ", a colour profile" : "")} and {file.Header.Layers.Count} layer descriptions; Tiny holds none";
        }

        if (options.Digest ?? file.Digest is not null)
        {
            return "it keeps its digest; Tiny holds none";
        }

        if (Carried(file, options).Any())
        {
            return "it has chunks that this build does not know and that would be lost";
        }

        if (!file.Header.TickRate.IsNone && file.Kind != MediaKind.Audio)
        {
            return "it has a clock; Tiny holds none";
        }

        if (!FileRules.NeedsModel(unit.Coder) || file.ModelOf(file.Tracks[0]) is null)
        {
            return $"its unit is coded with {unit.Coder} without a model; in Tiny the model decides";
        }

        return ToTiny(file, options).FindObstacle() is { } obstacle ? $"it cannot hold {obstacle}" : null;
    }

    private static TinyDraft ToTiny(NcfFile file, NcfRewriteOptions options)
    {
        Track track = file.Tracks[0];
        Track plain = track with { Id = 0, Model = 0, UnitTicks = 0 };
        return new TinyDraft
        {
            Track = plain is AudioTrack audio && audio.SampleRate == options.ModelSampleRate ? audio with { SampleRate = 0 } : plain,
            Model = file.ModelOf(track)!,
            RatePoint = file.Units[0].RatePoint,
            Check = file.Units[0].Check,
        };
    }

    // The same file as if it had been Full, with the whole model reference that the caller looked up.
    private static NcfFile Enlarge(NcfFile tiny, NcfRewriteOptions options)
    {
        ModelReference known = tiny.Models[0];
        ModelReference model = options.Model ?? throw new ArgumentException(
            $"A Full file needs the whole reference to model {known.Describe()}, of which the Tiny file has only this.", nameof(options));
        bool isSame = known.RegistryNumber > 0
            ? model.RegistryNumber == known.RegistryNumber
            : model.Entropy.BitLength >= FingerprintPrefix.TinyBits && model.Entropy.TinyValue == known.Entropy.TinyValue;
        if (!isSame)
        {
            throw new ArgumentException($"The file was made with model {known.Describe()}, not with {model.Describe()}.", nameof(options));
        }

        // Named as before, so that the way back gives the same bytes.
        DataUnit unit = tiny.Units[0] with { Coder = options.Coder };
        model = model with { Index = 0, RegistryNumber = known.RegistryNumber, DefaultRatePoint = unit.RatePoint };
        return new NcfFile
        {
            Profile = NcfProfile.Full,
            Bytes = tiny.Bytes,
            Header = tiny.Header with { Models = [model] },
            Units = [unit],
        };
    }

    private static byte[] WriteFull(NcfFile file, NcfRewriteOptions options)
    {
        NcfHeader header = file.Header with
        {
            Metadata = Metadata(file, options),
            IccProfile = options.StripColourProfile ? null : file.IccProfile,
        };
        if (FileRules.FindFault(header) is { } fault)
        {
            throw new UnsupportedBitstreamException($"What is left contradicts itself: {fault}");
        }

        NcfWriterOptions writing = new()
        {
            WithDigest = options.Digest ?? file.Digest is not null,
            Segments = file.Segments.Count > 0 ? SegmentMode.Manual : SegmentMode.None,
        };
        ArrayBufferWriter<byte> output = new(file.Bytes.Length + 1024);
        using NcfStreamWriter writer = new(output, header, writing);
        foreach (ReadOnlyMemory<byte> chunk in Carried(file, options))
        {
            writer.Carry(chunk.Span);
        }

        WriteUnits(file, writer);
        writer.Complete();
        return output.WrittenSpan.ToArray();
    }

    private static void WriteUnits(NcfFile file, NcfStreamWriter writer)
    {
        int next = 0;
        long begun = 0;
        Dictionary<int, Track> tracks = file.Tracks.ToDictionary(t => t.Id);
        foreach (DataUnit unit in file.Units)
        {
            long tick = tracks[unit.Track].TickOf(unit);
            bool starts = false;
            while (next < file.Segments.Count && file.Segments[next].Offset < unit.Offset)
            {
                starts = true;
                next++;
            }

            // After damage another unit may be the first, and an earlier one than the last segment's.
            if (starts && tick >= begun)
            {
                writer.StartSegment();
                begun = tick;
            }

            writer.WriteUnit(unit);
        }
    }

    private static List<MetadataItem> Metadata(NcfFile file, NcfRewriteOptions options)
    {
        HashSet<MetadataKey> replaced = [.. options.AddMetadata.Select(m => m.Key).Where(FileRules.IsSingle)];
        return [.. file.Metadata.Where(m => !IsStripped(m.Key, options.Strip) && !replaced.Contains(m.Key)), .. options.AddMetadata];
    }

    // Metadata in a compression that this build does not know is such a chunk too, and goes where its key says.
    private static IEnumerable<ReadOnlyMemory<byte>> Carried(NcfFile file, NcfRewriteOptions options) => file.Chunks
        .Where(c => !c.IsUnderstood && c.IsSafeToCopy && !IsStripped(c, file, options.Strip))
        .Select(c => file.Bytes.Slice((int)c.Offset, (int)c.TotalLength));

    private static bool IsStripped(in ChunkInfo chunk, NcfFile file, MetadataStripping strip) =>
        chunk.Id == ChunkId.Metadata && strip != MetadataStripping.None
        && (MetadataCodec.PeekKey(FullParser.PayloadOf(file.Bytes, chunk).Span) is not { } key || IsStripped(key, strip));

    private static bool IsStripped(MetadataKey key, MetadataStripping strip) => strip switch
    {
        MetadataStripping.All => true,
        MetadataStripping.Privacy => FileRules.IsSingle(key),
        _ => false,
    };
}
