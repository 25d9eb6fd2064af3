using Codecs.Audio.Walloc;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Whole sounds in the compressed domain: latents of a waveform, latents of a file, a check of a file.</summary>
internal static class LatentReader
{
    internal static AudioLatent Analyze(WallocSound codec, Waveform sound, int rate)
    {
        int modelRate = SoundShape.ModelRate(sound.SampleRate), pairs = SoundShape.Pairs(sound.ChannelCount);
        double peak = 0;
        for (int c = 0; c < sound.ChannelCount; c++)
        {
            peak = Math.Max(peak, AudioCodec.PeakOf(sound.Channel(c)));
        }

        float scale = 1 / SoundGain.Factor(SoundGain.Of(peak));
        var values = new List<float>();
        int frames = 0;
        for (int p = 0; p < pairs; p++)
        {
            ChannelInput left = Load(sound, 2 * p, modelRate, scale);
            ChannelInput right = (2 * p) + 1 < sound.ChannelCount ? Load(sound, (2 * p) + 1, modelRate, scale) : left;
            var analyzer = new PairAnalyzer(codec.Analysis);
            analyzer.Push(left.Ready, right.Ready);
            analyzer.End();
            frames = analyzer.RemainingFrames;
            values.AddRange(analyzer.Take(frames));
        }

        float[] steps = [.. values];
        codec.Analysis.Steps.Compand(steps, rate);
        return new AudioLatent(modelRate, pairs, frames, WallocSound.Channels, rate, steps);
    }

    internal static AudioLatent Decode(WallocSound codec, Stream input, NcfLimits limits)
    {
        using var reader = new NcfStreamReader(input, limits);
        SoundFile file = SoundFile.Match(reader.ReadHeader()!, codec);
        var units = new UnitReader(reader, file, codec, recover: false);
        var latents = new List<short>[file.Tracks.Length];
        int? rate = null;
        while (units.Read() is { } next)
        {
            for (int p = 0; p < next.Length; p++)
            {
                (latents[p] ??= []).AddRange(next[p].Values);
                rate = rate is null || rate == next[p].Rate ? next[p].Rate : -1;
            }
        }

        int frames = latents[0] is { } first ? first.Count / WallocSound.Channels : throw new InvalidBitstreamException("The file holds no sound");
        return new AudioLatent(file.ModelRate, latents.Length, frames, WallocSound.Channels, rate ?? -1, [.. latents.SelectMany(l => l).Select(v => (float)v)]);
    }

    internal static (long Samples, bool DigestVerified) Verify(
        WallocSound codec, Stream input, NcfLimits limits, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using var reader = new NcfStreamReader(input, limits, new NcfReaderOptions { VerifyDigest = true });
        SoundFile file = SoundFile.Match(reader.ReadHeader()!, codec);
        var units = new UnitReader(reader, file, codec, recover: false);
        long? total = null;
        while (units.Read() is { } next)
        {
            cancellation.ThrowIfCancellationRequested();
            total = next[0].TotalSamples ?? total;
            progress?.Report(new CodecProgress("checking", units.Next * SoundShape.UnitSamples, file.Header.TotalTicks));
        }

        // What follows the last unit is read too: index, digest, END.
        while (reader.ReadUnit() is not null)
        {
        }

        return (total ?? throw new InvalidBitstreamException("The file ends before its sound does"), reader.DigestHolds == true);
    }

    private static ChannelInput Load(Waveform sound, int channel, int modelRate, float scale)
    {
        var input = new ChannelInput(sound.SampleRate, modelRate, scale);
        input.Push(sound.Channel(channel), 0, 1);
        input.Flush();
        return input;
    }
}
