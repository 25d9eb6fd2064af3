namespace Codecs.Models.Codebooks;

/// <summary>A choice of the vectors that come by, each as likely as every other.</summary>
/// <remarks>Vitter 1985, algorithm R. The same seed and the same vectors give the same choice.</remarks>
/// <param name="dimensions">Elements of a vector.</param>
/// <param name="capacity">Most vectors to keep.</param>
/// <param name="seed">Seed of the choice.</param>
internal sealed class VectorSample(int dimensions, int capacity, int seed)
{
    private readonly List<float[]> _kept = [];
    private readonly Random _random = new(seed);
    private long _seen;

    /// <summary>Takes or passes over each of some vectors.</summary>
    /// <param name="vectors">[n, dimensions].</param>
    internal void Add(ReadOnlySpan<float> vectors)
    {
        for (int at = 0; at < vectors.Length; at += dimensions)
        {
            long place = _kept.Count < capacity ? _kept.Count : _random.NextInt64(_seen + 1);
            _seen++;
            if (place == _kept.Count && _kept.Count < capacity)
            {
                _kept.Add(vectors.Slice(at, dimensions).ToArray());
            }
            else if (place < capacity)
            {
                vectors.Slice(at, dimensions).CopyTo(_kept[(int)place]);
            }
        }
    }

    /// <summary>The vectors that were kept, [n, dimensions].</summary>
    internal float[] ToArray()
    {
        float[] all = new float[_kept.Count * dimensions];
        for (int i = 0; i < _kept.Count; i++)
        {
            _kept[i].CopyTo(all, i * dimensions);
        }

        return all;
    }
}
