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

    /// <summary>Takes one channel of interleaved samples.</summary>
    internal void Push(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        Span<float> plain = Plain(interleaved.Length / channels);
        for (int i = 0, at = channel; i < plain.Length; i++, at += channels)
        {
            float v = interleaved[at] * scale;
            plain[i] = float.IsFinite(v) ? v : 0;
        }

        Push(plain);
    }

    /// <summary>Takes the mean of all channels.</summary>
    internal void PushMixed(ReadOnlySpan<float> interleaved, int channels)
    {
        Span<float> plain = Plain(interleaved.Length / channels);
        for (int i = 0; i < plain.Length; i++)
        {
            float sum = 0;
            foreach (float v in interleaved.Slice(i * channels, channels))
            {
                sum += float.IsFinite(v) ? v : 0;
            }

            plain[i] = sum / channels * scale;
        }

        Push(plain);
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

    private void Push(ReadOnlySpan<float> plain)
    {
        if (_resampler is null)
        {
            Reserve(plain.Length);
            plain.CopyTo(_ready.AsSpan(_count));
            _count += plain.Length;
        }
        else
        {
            Reserve((int)_resampler.MaxOutput(plain.Length));
            _count += _resampler.Push(plain, _ready.AsSpan(_count));
        }
    }

    private Span<float> Plain(int count)
    {
        if (_plain.Length < count)
        {
            _plain = new float[count];
        }

        return _plain.AsSpan(0, count);
    }

    private void Reserve(int more)
    {
        if (_count + more > _ready.Length)
        {
            Array.Resize(ref _ready, _count + more);
        }
    }
}
