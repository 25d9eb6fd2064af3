using Codecs.Models.Walloc;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Training.Data;

/// <summary>Random stretches of music, tracks drawn by length, with random level, polarity and width.</summary>
internal sealed class MusicSampler
{
    private const double MonoShare = 0.1, LargestCutDb = 12;
    private readonly MusicCache _cache;
    private readonly MusicCache.Track[] _tracks;
    private readonly double[] _cumulative;
    private readonly Random _random;

    internal MusicSampler(MusicCache cache, int seed)
    {
        (_cache, _random) = (cache, new Random(seed));
        _tracks = [.. cache.Training];
        _cumulative = new double[_tracks.Length];
        double sum = 0;
        for (int i = 0; i < _tracks.Length; i++)
        {
            sum += _tracks[i].Frames;
            _cumulative[i] = sum;
        }
    }

    /// <returns>Packets, float32 [count, 1, frames, 512].</returns>
    internal Tensor Next(int count, int frames)
    {
        Half[] packets = new Half[count * frames * AudioWalloc.Coefficients];
        float[] gains = new float[count * 2];
        for (int i = 0; i < count; i++)
        {
            MusicCache.Track track = Draw(frames);
            _cache.Read(track, _random.Next(track.Frames - frames + 1), packets.AsSpan(i * frames * AudioWalloc.Coefficients, frames * AudioWalloc.Coefficients));
            double level = Math.Pow(10, -_random.NextDouble() * _random.NextDouble() * LargestCutDb / 20);
            gains[2 * i] = (float)(_random.Next(2) == 0 ? level : -level);
            gains[(2 * i) + 1] = _random.NextDouble() < MonoShare ? 0 : (float)(_random.Next(2) == 0 ? level : -level);
        }

        Tensor x = torch.tensor(packets, [count, 1, frames, 2, AudioWalloc.Stride]).to(ScalarType.Float32);
        return (x * torch.tensor(gains, [count, 1, 1, 2, 1])).reshape(count, 1, frames, AudioWalloc.Coefficients);
    }

    private MusicCache.Track Draw(int frames)
    {
        while (true)
        {
            int index = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
            MusicCache.Track track = _tracks[Math.Min(index < 0 ? ~index : index, _tracks.Length - 1)];
            if (track.Frames >= frames)
            {
                return track;
            }
        }
    }
}
