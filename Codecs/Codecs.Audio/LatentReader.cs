using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Whole sounds in the compressed domain: latents of a waveform, latents of a file, a check of a file.</summary>
internal static class LatentReader
{
    internal static AudioLatent Analyze(ISoundCodec codec, Waveform sound, byte rate)
    {
        (float[] latent, int tracks) = Latents(codec, sound, progress: null, CancellationToken.None);
        return new AudioLatent(
            codec.Shape.ModelRate(sound.SampleRate), tracks, latent.Length / tracks / codec.LatentChannels, codec.LatentChannels, rate, codec.Scale(latent, rate));
    }

    internal static AudioLatent Decode(ISoundCodec codec, Stream input, NcfLimits limits)
    {
        using var reader = new NcfStreamReader(input, limits);
        SoundFile file = SoundFile.Match(reader.ReadHeader()!, codec);
        var units = new UnitReader(reader, file, codec, recover: false);
        var latents = new List<float>[file.Tracks.Length];
        int? rate = null;
        while (units.Read() is { } next)
        {
            for (int p = 0; p < next.Length; p++)
            {
                (latents[p] ??= []).AddRange(codec.ToLatent(next[p]));
                rate = rate is null || rate == next[p].Rate ? next[p].Rate : -1;
            }
        }

        int frames = latents[0] is { } first ? first.Count / codec.LatentChannels : throw new InvalidBitstreamException("The file holds no sound");
        return new AudioLatent(file.ModelRate, latents.Length, frames, codec.LatentChannels, rate ?? -1, [.. latents.SelectMany(l => l)]);
    }

    internal static (long Samples, bool DigestVerified) Verify(
        ISoundCodec codec, Stream input, NcfLimits limits, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using var reader = new NcfStreamReader(input, limits, new NcfReaderOptions { VerifyDigest = true });
        SoundFile file = SoundFile.Match(reader.ReadHeader()!, codec);
        var units = new UnitReader(reader, file, codec, recover: false);
        long? total = null;
        while (units.Read() is { } next)
        {
            cancellation.ThrowIfCancellationRequested();
            total = next[0].TotalSamples ?? total;
            progress?.Report(new CodecProgress("checking", units.Next * codec.Shape.UnitSamples, file.Header.TotalTicks));
        }

        // What follows the last unit is read too: index, digest, END.
        while (reader.ReadUnit() is not null)
        {
        }

        return (total ?? throw new InvalidBitstreamException("The file ends before its sound does"), reader.DigestHolds == true);
    }

    /// <summary>The latents of a whole sound, [tracks, frames, latent channels]; made unit by unit, as an encoder does.</summary>
    internal static (float[] Latents, int Tracks) Latents(
        ISoundCodec codec, Waveform sound, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        int coded = codec.Shape.Coded(sound.ChannelCount), tracks = SoundShape.Tracks(coded), modelRate = codec.Shape.ModelRate(sound.SampleRate);
        float scale = 1 / SoundGain.Factor(SoundGain.Of(AudioCodec.PeakOf(sound)));
        ChannelInput[] inputs = [.. Enumerable.Range(0, coded).Select(_ => new ChannelInput(sound.SampleRate, modelRate, scale))];
        if (coded < sound.ChannelCount)
        {
            float[] interleaved = new float[sound.SampleCount * sound.ChannelCount];
            sound.CopyInterleaved(0, interleaved);
            inputs[0].PushMixed(interleaved, sound.ChannelCount);
        }
        else
        {
            for (int c = 0; c < coded; c++)
            {
                inputs[c].Push(sound.Channel(c), 0, 1);
            }
        }

        var latents = new List<float>();
        for (int t = 0; t < tracks; t++)
        {
            Span<ChannelInput> channels = inputs.AsSpan(2 * t, SoundShape.ChannelsOf(t, coded));
            foreach (ChannelInput channel in channels)
            {
                channel.Flush();
            }

            ISoundAnalyzer analyzer = codec.CreateAnalyzer();
            analyzer.Push(channels);
            analyzer.End();
            for (long done = 0; analyzer.RemainingFrames is > 0 and int left;)
            {
                cancellation.ThrowIfCancellationRequested();
                int frames = Math.Min(left, codec.Shape.UnitFrames);
                latents.AddRange(analyzer.Take(frames));
                done += frames;
                progress?.Report(new CodecProgress("analysing", (t * (done + left - frames)) + done, tracks * (done + left - frames)));
            }
        }

        return ([.. latents], tracks);
    }
}
