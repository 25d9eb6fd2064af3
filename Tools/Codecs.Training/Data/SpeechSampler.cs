using static TorchSharp.torch;

namespace Codecs.Training.Data;

/// <summary>Random crops of speech with random level, polarity and, for half of them, speed: other voices from the same speakers.</summary>
internal sealed class SpeechSampler
{
    private const double SpeedShare = 0.5, LargestSpeedChange = 0.14, QuietestDb = -26, LoudestDb = -1;
    private const int SmallestPeak = 400; // of 32768: less is a pause
    private readonly SpeechCache _cache;
    private readonly SpeechCache.Piece[] _pieces;
    private readonly Random _random;

    internal SpeechSampler(SpeechCache cache, int seed)
    {
        (_cache, _random) = (cache, new Random(seed));
        _pieces = [.. cache.Training];
    }

    /// <returns>Crops, float32 [count, samples].</returns>
    internal Tensor Next(int count, int samples)
    {
        float[] crops = new float[count * samples];
        for (int i = 0; i < count; i++)
        {
            Crop(crops.AsSpan(i * samples, samples));
        }

        return tensor(crops, [count, samples]);
    }

    private void Crop(Span<float> crop)
    {
        double speed = _random.NextDouble() < SpeedShare ? Math.Exp(((2 * _random.NextDouble()) - 1) * LargestSpeedChange) : 1;
        short[] source = new short[(int)(crop.Length * speed) + 4];
        int peak = 0;
        for (int attempt = 0; peak < SmallestPeak && attempt < 10; attempt++)
        {
            SpeechCache.Piece piece = _pieces[_random.Next(_pieces.Length)];
            _cache.Read(piece, _random.Next(piece.Samples - source.Length + 1), source);
            peak = 0;
            foreach (short v in source)
            {
                peak = Math.Max(peak, Math.Abs((int)v));
            }
        }

        double db = QuietestDb + ((LoudestDb - QuietestDb) * Math.Sqrt(_random.NextDouble()));
        float gain = (float)(Math.Pow(10, db / 20) / Math.Max(peak, SmallestPeak) * (_random.Next(2) == 0 ? 1 : -1));
        for (int i = 0; i < crop.Length; i++)
        {
            double at = i * speed;
            int k = (int)at;
            float t = (float)(at - k);
            crop[i] = gain * (t == 0 ? source[k + 1] : Cubic(source[k], source[k + 1], source[k + 2], source[k + 3], t));
        }
    }

    // Catmull and Rom's spline between b and c.
    private static float Cubic(float a, float b, float c, float d, float t) =>
        b + (0.5f * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
}
