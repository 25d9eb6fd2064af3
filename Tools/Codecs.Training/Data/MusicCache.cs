using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Codecs.Models.Walloc;
using Codecs.Models.Wavelets;

namespace Codecs.Training.Data;

/// <summary>Music decoded and turned into wavelet packets once, then cut from a memory-mapped file.</summary>
/// <remarks>
/// Each track: 44.1 kHz stereo, without its mean, scaled to a peak of one half, as mid and side; its packets as half floats [frames, 512]. The
/// transform costs as much as a small network, so it must not be repeated (it is the same in every epoch).
/// File: magic u64, count i32, then per track frames i32, held-out flag i32, offset i64; then the packets.
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
    private const int EntryBytes = 16, HeldOutEvery = 25, LongestSeconds = 150, ShortestFrames = 600;
    private static readonly string[] s_extensions = [".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a"];
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly List<Track> _tracks = [];

    private MusicCache(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        if (_view.ReadUInt64(0) != Magic)
        {
            throw new MediaException($"'{path}' is not a music cache; delete it and start again.");
        }

        int count = _view.ReadInt32(8);
        for (int i = 0; i < count; i++)
        {
            long at = 12 + ((long)i * EntryBytes);
            _tracks.Add(new Track(_view.ReadInt32(at), _view.ReadInt32(at + 4) != 0, _view.ReadInt64(at + 8)));
        }
    }

    /// <summary>Tracks to train on.</summary>
    internal IEnumerable<Track> Training => _tracks.Where(t => !t.HeldOut);

    /// <summary>Tracks kept aside for the training log's yardstick.</summary>
    internal IEnumerable<Track> HeldOut => _tracks.Where(t => t.HeldOut);

    /// <summary>Opens the cache of a folder, building it first if it is missing.</summary>
    internal static MusicCache Open(string folder, string cachePath, Action<string> log)
    {
        if (!File.Exists(cachePath))
        {
            Build(folder, cachePath, log);
        }

        return new MusicCache(cachePath);
    }

    /// <summary>Copies packets of successive frames, [count, 512].</summary>
    internal void Read(Track track, int frame, Span<Half> destination)
    {
        unsafe
        {
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            try
            {
                new Span<Half>(start + track.Offset + ((long)frame * AudioWalloc.Coefficients * 2), destination.Length).CopyTo(destination);
            }
            finally
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static void Build(string folder, string cachePath, Action<string> log)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(f => s_extensions.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal),
        ];
        string part = cachePath + ".part", packets = cachePath + ".packets";
        var tracks = new List<Track>();
        long offset = 0;
        using (var output = new FileStream(packets, FileMode.Create))
        {
            for (int i = 0; i < files.Length; i++)
            {
                if (Packets(files[i], log) is { } coefficients)
                {
                    output.Write(MemoryMarshal.AsBytes(coefficients.AsSpan()));
                    tracks.Add(new Track(coefficients.Length / AudioWalloc.Coefficients, i % HeldOutEvery == HeldOutEvery / 2, offset));
                    offset += coefficients.Length * 2L;
                }

                if (i % 50 == 49)
                {
                    log($"music cache: {i + 1} of {files.Length} tracks");
                }
            }
        }

        if (tracks.Count == 0)
        {
            throw new MediaException($"No readable stereo track of some seconds in '{folder}'; Tools/get-media.sh fetches some.");
        }

        using (var output = new FileStream(part, FileMode.Create))
        {
            Span<byte> head = stackalloc byte[EntryBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], tracks.Count);
            output.Write(head[..12]);
            long start = 12 + ((long)tracks.Count * EntryBytes);
            foreach (Track t in tracks)
            {
                BinaryPrimitives.WriteInt32LittleEndian(head, t.Frames);
                BinaryPrimitives.WriteInt32LittleEndian(head[4..], t.HeldOut ? 1 : 0);
                BinaryPrimitives.WriteInt64LittleEndian(head[8..], start + t.Offset);
                output.Write(head);
            }

            using var input = new FileStream(packets, FileMode.Open);
            input.CopyTo(output);
        }

        File.Delete(packets);
        File.Move(part, cachePath, overwrite: true);
        log(string.Create(CultureInfo.InvariantCulture,
            $"music cache: {tracks.Count} tracks, {tracks.Sum(t => (double)t.Frames) * AudioWalloc.Stride / SampleRate / 3600:F2} hours"));
    }

    private static Half[]? Packets(string file, Action<string> log)
    {
        float[] stereo = Decode(file);
        int frames = stereo.Length / 2 / AudioWalloc.Stride, samples = frames * AudioWalloc.Stride;
        double mean = 0;
        foreach (float v in stereo)
        {
            mean += v;
        }

        mean /= Math.Max(1, stereo.Length);
        float peak = 0;
        foreach (float v in stereo)
        {
            peak = Math.Max(peak, Math.Abs(v - (float)mean));
        }

        if (frames < ShortestFrames || peak < 0.01f)
        {
            log($"skipped '{file}': too short, silent or not readable");
            return null;
        }

        float[] mid = new float[samples], side = new float[samples], bands = new float[samples];
        float scale = 0.5f / peak * MathF.Sqrt(0.5f);
        for (int i = 0; i < samples; i++)
        {
            float left = stereo[2 * i] - (float)mean, right = stereo[(2 * i) + 1] - (float)mean;
            (mid[i], side[i]) = ((left + right) * scale, (left - right) * scale);
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

    // At most 150 seconds, from the 10th on: intros are often silence.
    private static float[] Decode(string file)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string a in (string[])["-nostdin", "-v", "error", "-ss", "10", "-t", $"{LongestSeconds}", "-i", "file:" + file, "-vn", "-ac", "2", "-ar", $"{SampleRate}", "-f", "f32le", "-"])
        {
            start.ArgumentList.Add(a);
        }

        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        return MemoryMarshal.Cast<byte, float>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length / 8 * 8)).ToArray();
    }

    internal readonly record struct Track(int Frames, bool HeldOut, long Offset);
}
