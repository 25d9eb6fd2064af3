using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Codebook indices of sounds and files, and files of indices.</summary>
internal static class TokenCoding
{
    internal static AudioTokens Of(
        ITokenCodec codec, string name, Waveform sound, int? codebooks, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sound.SampleCount, nameof(sound));
        double peak = AudioCodec.PeakOf(sound);
        byte rate = codec.CreateRateControl(
            new AudioEncoderOptions { Codebooks = codebooks ?? codec.Codebooks.Most }, codec.Shape.ModelRate(sound.SampleRate)).Fixed;
        short[] values = codec.Quantize(LatentReader.Latents(codec, sound, progress, cancellation).Latents, rate, sound.SampleCount).Values;
        return new AudioTokens(sound.SampleRate, sound.SampleCount, peak, rate, AudioTokens.Narrow(values, codec.Shape.FrameValues, rate))
        {
            Model = SoundHeader.ModelName(name),
            Weights = codec.SynthesisFingerprint.Prefix(),
        };
    }

    internal static AudioTokens Read(ITokenCodec codec, Stream input, NcfLimits limits)
    {
        using var reader = new NcfStreamReader(input, limits);
        SoundFile file = SoundFile.Match(reader.ReadHeader()!, codec);
        var units = new UnitReader(reader, file, codec, recover: false);
        ModelReference model = file.Header.ModelOf(file.Tracks[0])!;
        var values = new List<short>();
        int codebooks = codec.Codebooks.Most;
        long? total = null;
        while (units.Read() is { } next)
        {
            values.AddRange(next[0].Values);
            codebooks = Math.Min(codebooks, next[0].Rate);
            total = next[0].TotalSamples;
        }

        var tokens = new AudioTokens(
            file.SampleRate, total ?? throw new InvalidBitstreamException("The file ends before its sound does"), SoundGain.Factor(file.Tracks[0].Gain) / 2, codebooks,
            AudioTokens.Narrow([.. values], codec.Shape.FrameValues, codebooks))
        {
            Model = model.Name,
            Weights = model.Synthesis,
        };
        return tokens.FindFault() is { } fault ? throw new InvalidBitstreamException($"The file's tokens make no sound: {fault}") : tokens;
    }

    internal static void Write(ITokenCodec codec, string name, AudioTokens tokens, Stream output, AudioEncoderOptions options)
    {
        Check(codec, tokens);
        var description = new SoundDescription(tokens.SampleRate, 1, tokens.SampleCount, tokens.Peak);
        NcfHeader header = SoundHeader.Create(codec, name, description, options, SoundGain.Of(tokens.Peak));
        using var writer = new NcfStreamWriter(output, header, new NcfWriterOptions { WithDigest = options.Archive });
        int width = codec.Shape.FrameValues, unitFrames = codec.Shape.UnitFrames;
        for (int first = 0, number = 0; first < tokens.Frames; first += unitFrames, number++)
        {
            int frames = Math.Min(unitFrames, tokens.Frames - first);
            short[] values = new short[frames * width];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = i % width < tokens.Codebooks ? tokens.Values[((first + (i / width)) * tokens.Codebooks) + (i % width)] : (short)-1;
            }

            long? total = first + frames == tokens.Frames ? tokens.SampleCount : null;
            writer.WriteUnit(codec.Encode(new SoundUnit(values, (byte)tokens.Codebooks, total), header.Tracks[0], number));
        }

        writer.Complete();
    }

    internal static int Truncate(ITokenCodec codec, Stream input, Stream output, int codebooks, NcfLimits limits, CancellationToken cancellation)
    {
        using var reader = new NcfStreamReader(input, limits, new NcfReaderOptions { VerifyDigest = true });
        NcfHeader header = reader.ReadHeader()!;
        SoundFile file = SoundFile.Match(header, codec);
        using var writer = new NcfStreamWriter(output, header, new NcfWriterOptions { WithDigest = true });
        int most = 0;
        while (reader.ReadUnit() is { } unit)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isSound = Array.Exists(file.Tracks, t => t.Id == unit.Track);
            most = isSound ? Math.Max(most, unit.Payloads.Count + codec.Codebooks.Fewest - 1) : most;
            writer.WriteUnit(isSound ? codec.Truncate(unit, codebooks) : unit);
        }

        if (reader.DigestHolds == false)
        {
            throw new InvalidBitstreamException("The file's digest is not that of its bytes; the file was changed");
        }

        foreach (MetadataItem late in reader.Header!.Metadata.Skip(header.Metadata.Count))
        {
            writer.WriteMetadata(late);
        }

        // Whether the original has a digest stands at its end.
        if (reader.DigestHolds is null)
        {
            writer.OmitDigest();
        }

        writer.Complete();
        return most;
    }

    private static void Check(ITokenCodec codec, AudioTokens tokens)
    {
        if (tokens.FindFault() is { } fault)
        {
            throw new ArgumentException($"The tokens make no sound: {fault}.", nameof(tokens));
        }

        if (!tokens.Weights.IsEmpty && !tokens.Weights.Matches(codec.SynthesisFingerprint))
        {
            throw new ModelMismatchException(
                $"The tokens were made with weights {tokens.Weights}{(tokens.Model.Length > 0 ? $" ({tokens.Model})" : "")}; with these, {codec.SynthesisFingerprint.Prefix()}, they would be other sounds.");
        }
    }
}
