namespace Codecs.Audio;

/// <summary>Samples of one channel between a producer and a consumer.</summary>
internal sealed class SampleQueue
{
    private float[] _samples = [];
    private int _start;

    internal int Count { get; private set; }

    /// <summary>Room behind the last sample; <see cref="Advance"/> makes of it what was filled.</summary>
    internal Span<float> Reserve(int count)
    {
        if (_start + Count + count > _samples.Length)
        {
            float[] larger = Count + count > _samples.Length ? new float[Math.Max(2 * _samples.Length, Count + count)] : _samples;
            _samples.AsSpan(_start, Count).CopyTo(larger);
            (_samples, _start) = (larger, 0);
        }

        return _samples.AsSpan(_start + Count, count);
    }

    internal void Advance(int count) => Count += count;

    /// <summary>Takes samples from the front into every n-th place.</summary>
    internal void TakeInto(Span<float> destination, int count, int stride)
    {
        for (int i = 0; i < count; i++)
        {
            destination[i * stride] = _samples[_start + i];
        }

        Skip(count);
    }

    internal void Skip(int count)
    {
        _start += count;
        Count -= count;
    }

    internal void Clear() => (_start, Count) = (0, 0);
}
