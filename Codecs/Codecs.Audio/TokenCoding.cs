using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Codebook indices of sounds and files, and files of indices.</summary>
internal static class TokenCoding
{
    internal static AudioTokens Of(ITokenCodec codec, Waveform sound, int? codebooks)
    {
        double peak = AudioCodec.PeakOf(sound);
        byte rate = codec.CreateRateControl(
            new AudioEncoderOptions { Codebooks = codebooks ?? codec.Codebooks.Most }, codec.Shape.ModelRate(sound.SampleRate)).Fixed;
        short[] values = codec.Quantize(LatentReader.Latents(codec, sound).Latents, rate, sound.SampleCount).Values;
        return new AudioTokens(sound.SampleRate, sound.SampleCount, peak, rate, Narrow(values, codec.Shape.FrameValues, rate));
    }

    internal static AudioTokens Read(ITokenCodec codec, Stream input, NcfLimits limits)
    {
        using var reader = new NcfStreamReader(input, limits);
        SoundFile file = SoundFile.Match(reader.ReadHeader()!, codec);
        var units = new UnitReader(reader, file, codec, recover: false);
        var values = new List<short>();
        int codebooks = codec.Codebooks.Most;
        long? total = null;
        while (units.Read() is { } next)
        {
            values.AddRange(next[0].Values);
            codebooks = Math.Min(codebooks, next[0].Rate);
            total = next[0].TotalSamples;
        }

        return new AudioTokens(
            file.SampleRate, total ?? throw new InvalidBitstreamException("The file ends before its sound does"), SoundGain.Factor(file.Tracks[0].Gain) / 2, codebooks,
            Narrow([.. values], codec.Shape.FrameValues, codebooks));
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
        _ = SoundFile.Match(header, codec);
        using var writer = new NcfStreamWriter(output, header);
        int most = 0;
        while (reader.ReadUnit() is { } unit)
        {
            cancellation.ThrowIfCancellationRequested();
            most = Math.Max(most, unit.Payloads.Count + codec.Codebooks.Fewest - 1);
            writer.WriteUnit(codec.Truncate(unit, codebooks));
        }

        writer.Complete();
        return most;
    }

    private static short[] Narrow(short[] values, int width, int codebooks)
    {
        short[] narrow = new short[values.Length / width * codebooks];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = values[(i / codebooks * width) + (i % codebooks)];
        }

        return narrow;
    }

    private static void Check(ITokenCodec codec, AudioTokens tokens)
    {
        (int fewest, int most) = codec.Codebooks;
        if (tokens.Codebooks < fewest || tokens.Codebooks > most || tokens.Values.Length == 0 || tokens.Values.Length % tokens.Codebooks != 0)
        {
            throw new ArgumentException($"{tokens.Values.Length} indices of {tokens.Codebooks} codebooks are no whole frames of {fewest} to {most}.", nameof(tokens));
        }

        if (Array.Find(tokens.Values, v => v < 0 || v >= codec.CodebookSize) is not 0 and var wrong)
        {
            throw new ArgumentException($"Index {wrong} is outside 0..{codec.CodebookSize - 1}.", nameof(tokens));
        }

        if (tokens.SampleRate is < 1 or > Waveform.MaxSampleRate)
        {
            throw new ArgumentException($"{tokens.SampleRate} Hz is no sample rate.", nameof(tokens));
        }

        long longest = Resampler.OutputCount((long)tokens.Frames * codec.Shape.FrameSamples, codec.Shape.ModelRate(tokens.SampleRate), tokens.SampleRate);
        if (tokens.SampleCount < 1 || tokens.SampleCount > longest)
        {
            throw new ArgumentException($"{tokens.Frames} frames are {longest} samples at most, not {tokens.SampleCount}.", nameof(tokens));
        }
    }
}
