using Codecs.Models.Walloc;

namespace Codecs.Audio.Walloc;

/// <summary>Turns a growing pair of channels into latents, unit by unit, as if the whole sound had been transformed at once.</summary>
internal sealed class PairAnalyzer(WallocAudioAnalysis analysis) : ISoundAnalyzer
{
    private const int Frame = AudioWalloc.Stride, Context = WallocAudioAnalysis.Context;
    private static readonly float s_half = MathF.Sqrt(0.5f);
    private float[] _mid = [];
    private float[] _side = [];
    private long _start; // frame at which the buffers begin
    private int _count; // samples in the buffers
    private long _next; // first frame that was not taken yet

    /// <inheritdoc/>
    public bool HasUnit => (_next - _start + WallocSound.UnitFrames + Context) * Frame <= _count;

    /// <inheritdoc/>
    public int RemainingFrames => (int)(((_count + Frame - 1) / Frame) - (_next - _start));

    /// <inheritdoc/>
    /// <remarks>A channel alone is its own twin: the side is silent and costs nothing.</remarks>
    public void Push(ReadOnlySpan<ChannelInput> channels) => Push(channels[0].Ready, channels[^1].Ready);

    /// <inheritdoc/>
    /// <remarks>The last frame is filled up by its mirror.</remarks>
    public void End()
    {
        int whole = (_count + Frame - 1) / Frame * Frame, missing = whole - _count;
        if (missing == 0)
        {
            return;
        }

        float[] silence = new float[missing];
        int end = _count;
        Push(silence, silence);
        for (int i = 0; i < missing; i++)
        {
            int from = Math.Max(0, end - 1 - i);
            (_mid[end + i], _side[end + i]) = (_mid[from], _side[from]);
        }
    }

    /// <inheritdoc/>
    public float[] Take(int frames)
    {
        long first = Math.Max(_start, _next - Context), end = Math.Min(_next + frames + Context, _start + (_count / Frame));
        int at = (int)(first - _start) * Frame, length = (int)(end - first) * Frame;
        float[] latent = analysis.Transform(_mid.AsSpan(at, length), _side.AsSpan(at, length));
        float[] taken = latent.AsSpan((int)(_next - first) * AudioWalloc.Latents, frames * AudioWalloc.Latents).ToArray();
        _next += frames;
        Drop(Math.Max(_start, _next - Context));
        return taken;
    }

    private void Push(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (_count + left.Length > _mid.Length)
        {
            Array.Resize(ref _mid, Math.Max(2 * _mid.Length, _count + left.Length));
            Array.Resize(ref _side, _mid.Length);
        }

        for (int i = 0; i < left.Length; i++)
        {
            _mid[_count + i] = (left[i] + right[i]) * s_half;
            _side[_count + i] = (left[i] - right[i]) * s_half;
        }

        _count += left.Length;
    }

    private void Drop(long start)
    {
        int samples = (int)(start - _start) * Frame;
        _mid.AsSpan(samples, _count - samples).CopyTo(_mid);
        _side.AsSpan(samples, _count - samples).CopyTo(_side);
        (_start, _count) = (start, _count - samples);
    }
}
