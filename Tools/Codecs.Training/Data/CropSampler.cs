using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Training.Data;

/// <summary>Random square crops, pictures drawn by area, each crop turned and mirrored at random.</summary>
internal sealed class CropSampler
{
    private readonly PhotoCache _cache;
    private readonly PhotoCache.Entry[] _pictures;
    private readonly double[] _cumulativeArea;
    private readonly Random _random;

    internal CropSampler(PhotoCache cache, int seed)
    {
        _cache = cache;
        _pictures = [.. cache.Training];
        _random = new Random(seed);
        _cumulativeArea = new double[_pictures.Length];
        double sum = 0;
        for (int i = 0; i < _pictures.Length; i++)
        {
            sum += (double)_pictures[i].Width * _pictures[i].Height;
            _cumulativeArea[i] = sum;
        }
    }

    /// <returns>Crops in 0..1, float32 [count, size, size, 3].</returns>
    internal Tensor Next(int count, int size)
    {
        byte[] pixels = new byte[count * size * size * 3];
        byte[] crop = new byte[size * size * 3];
        for (int i = 0; i < count; i++)
        {
            PhotoCache.Entry picture = Draw(size);
            int x = _random.Next(picture.Width - size + 1), y = _random.Next(picture.Height - size + 1);
            _cache.Read(picture, x, y, size, size, crop);
            Turn(crop, pixels.AsSpan(i * crop.Length, crop.Length), size, _random.Next(8));
        }

        return torch.tensor(pixels, [count, size, size, 3]).to(ScalarType.Float32) / 255;
    }

    private PhotoCache.Entry Draw(int size)
    {
        while (true)
        {
            int index = Array.BinarySearch(_cumulativeArea, _random.NextDouble() * _cumulativeArea[^1]);
            PhotoCache.Entry picture = _pictures[Math.Min(index < 0 ? ~index : index, _pictures.Length - 1)];
            if (picture.Width >= size && picture.Height >= size)
            {
                return picture;
            }
        }
    }

    // The eight symmetries of the square: bit 0 mirrors rows, bit 1 columns, bit 2 swaps the axes.
    private static void Turn(ReadOnlySpan<byte> source, Span<byte> destination, int size, int symmetry)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int sy = (symmetry & 1) != 0 ? size - 1 - y : y, sx = (symmetry & 2) != 0 ? size - 1 - x : x;
                int from = (symmetry & 4) != 0 ? (sx * size) + sy : (sy * size) + sx;
                source.Slice(from * 3, 3).CopyTo(destination.Slice(((y * size) + x) * 3, 3));
            }
        }
    }
}
