using System.Globalization;
using System.Runtime.InteropServices;
using Codecs.Formats.Media;
using Codecs.Models.Walloc;
using Codecs.Models.Wavelets;

namespace Codecs.Training.Data;

/// <summary>Music decoded and turned into wavelet packets once, then cut from a memory-mapped file.</summary>
/// <remarks>
/// Each track: 44.1 kHz stereo, without its mean, scaled to a peak of one half, as mid and side; its packets as half floats [frames, 512]. The
/// transform costs as much as a small network, so it must not be repeated (it is the same in every epoch).
/// Numbers of a track in its <see cref="MappedStore"/>: frames, held-out flag.
/// </remarks>
internal sealed class MusicCache : IDisposable
{
    internal const int SampleRate = 44100;

    /// <summary>Where the shipped models' music comes from, for their cards.</summary>
    internal const string Source =
        "Tools/get-media.sh music and musicsynth: stereo tracks from Debian packages (wesnoth-1.16-music, ufoai-music, nexuiz-music, "
        + "hyperrogue-music, singularity-music, drascula-music, marsshooter-data, flare-game, hedgewars-data, megaglest-data, supertuxkart-data, "
        + "pushover-data) and MIDI files and modules of others rendered with fluidsynth and openmpt123";

    private const ulong Magic = 0x314548434143554d; // "MUCACHE1"
    private const int Numbers = 2, HeldOutEvery = 25, ShortestFrames = 600;
    private readonly MappedStore _store;
    private readonly Track[] _tracks;

    private MusicCache(MappedStore store)
    {
        _store = store;
        _tracks = [.. store.Items.Select(i => new Track(i.Numbers[0], i.Numbers[1] != 0, i.Offset))];
    }

    /// <summary>Tracks to train on.</summary>
    internal IEnumerable<Track> Training => _tracks.Where(t => !t.HeldOut);

    /// <summary>Tracks kept aside for the training log's yardstick.</summary>
    internal IEnumerable<Track> HeldOut => _tracks.Where(t => t.HeldOut);

    /// <summary>Opens the cache in the work folder, building it from the data folders first if it is missing.</summary>
    internal static MusicCache Open(TrainingOptions options, Action<string> log) =>
        new(MappedStore.Open(Path.Combine(options.WorkFolder, "music.cache"), Magic, Numbers, writer => Build(options, writer, log)));

    /// <summary>Copies packets of successive frames, [count, 512].</summary>
    internal void Read(Track track, int frame, Span<Half> destination) =>
        _store.Read(track.Offset + ((long)frame * AudioWalloc.Coefficients * 2), MemoryMarshal.AsBytes(destination));

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static void Build(TrainingOptions options, MappedStoreWriter writer, Action<string> log)
    {
        string[] files = options.SoundFiles();
        double seconds = 0;
        for (int i = 0; i < files.Length; i++)
        {
            if (Packets(files[i], log) is { } packets)
            {
                int frames = packets.Length / AudioWalloc.Coefficients;
                writer.Add(MemoryMarshal.AsBytes(packets.AsSpan()), frames, i % HeldOutEvery == HeldOutEvery / 2 ? 1 : 0);
                seconds += (double)frames * AudioWalloc.Stride / SampleRate;
            }

            if (i % 50 == 49)
            {
                log($"music cache: {i + 1} of {files.Length} tracks");
            }
        }

        if (writer.Count == 0)
        {
            throw new MediaException($"No readable track of 14 seconds or more in {options.DescribeFolders()}; Tools/get-media.sh fetches some.");
        }

        log(string.Create(CultureInfo.InvariantCulture, $"music cache: {writer.Count} tracks, {seconds / 3600:F2} hours"));
    }

    private static Half[]? Packets(string file, Action<string> log)
    {
        Waveform sound;
        try
        {
            sound = MusicExcerpt.Read(file, SampleRate);
        }
        catch (CodecException e)
        {
            log($"skipped '{file}': {e.Message}");
            return null;
        }

        int frames = (int)(sound.SampleCount / AudioWalloc.Stride);
        Span<float> left = sound.Channel(0), right = sound.Channel(sound.ChannelCount - 1); // mono is both
        float mean = (float)((Sum(left) + Sum(right)) / Math.Max(1, 2 * sound.SampleCount)), peak = Math.Max(Peak(left, mean), Peak(right, mean));
        if (frames < ShortestFrames || peak < 0.01f)
        {
            log($"skipped '{file}': too short or silent");
            return null;
        }

        int samples = frames * AudioWalloc.Stride;
        float[] mid = new float[samples], side = new float[samples], bands = new float[samples];
        float scale = 0.5f / peak * MathF.Sqrt(0.5f);
        for (int i = 0; i < samples; i++)
        {
            float l = left[i] - mean, r = right[i] - mean;
            (mid[i], side[i]) = ((l + r) * scale, (l - r) * scale);
        }

        Half[] packets = new Half[samples * 2];
        for (int channel = 0; channel < 2; channel++)
        {
            WaveletPacket1D.Analyze(channel == 0 ? mid : side, AudioWalloc.WaveletLevels, bands);
            for (int t = 0; t < frames; t++)
            {
                for (int b = 0; b < AudioWalloc.Stride; b++)
                {
                    packets[(((t * 2) + channel) * AudioWalloc.Stride) + b] = (Half)bands[(t * AudioWalloc.Stride) + b];
                }
            }
        }

        return packets;
    }

    private static double Sum(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float v in samples)
        {
            sum += v;
        }

        return sum;
    }

    private static float Peak(ReadOnlySpan<float> samples, float mean)
    {
        float peak = 0;
        foreach (float v in samples)
        {
            peak = Math.Max(peak, Math.Abs(v - mean));
        }

        return peak;
    }

    internal readonly record struct Track(int Frames, bool HeldOut, long Offset);
}
