using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>One channel on its way to the model: picked out of the interleaved samples, scaled, resampled.</summary>
internal sealed class ChannelInput(int inputRate, int modelRate, float scale)
{
    private readonly Resampler? _resampler = inputRate == modelRate ? null : new Resampler(inputRate, modelRate);
    private float[] _plain = [];
    private float[] _ready = [];
    private int _count;

    /// <summary>Samples at the model's rate that nobody has taken yet.</summary>
    internal ReadOnlySpan<float> Ready => _ready.AsSpan(0, _count);

    internal void Push(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        int count = interleaved.Length / channels;
        if (_plain.Length < count)
        {
            _plain = new float[count];
        }

        for (int i = 0, at = channel; i < count; i++, at += channels)
        {
            float v = interleaved[at] * scale;
            _plain[i] = float.IsFinite(v) ? v : 0;
        }

        ReadOnlySpan<float> plain = _plain.AsSpan(0, count);
        if (_resampler is null)
        {
            Reserve(count);
            plain.CopyTo(_ready.AsSpan(_count));
            _count += count;
        }
        else
        {
            Reserve((int)_resampler.MaxOutput(count));
            _count += _resampler.Push(plain, _ready.AsSpan(_count));
        }
    }

    /// <summary>The channel is over: what the resampler still holds becomes ready.</summary>
    internal void Flush()
    {
        if (_resampler is not null)
        {
            Reserve((int)_resampler.MaxOutput(0));
            _count += _resampler.Flush(_ready.AsSpan(_count));
        }
    }

    internal void Clear() => _count = 0;

    private void Reserve(int more)
    {
        if (_count + more > _ready.Length)
        {
            Array.Resize(ref _ready, _count + more);
        }
    }
}
