using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Audio.LanguageCodec;

/// <summary>Turns a growing sound into latents, unit by unit, as if the whole sound had been transformed at once; silence is around it.</summary>
internal sealed class SpeechAnalyzer(SpeechAnalysis analysis) : ISoundAnalyzer
{
    private const int Hop = SpeechShape.Hop, Lead = SpeechShape.Lead, Reach = SpeechShape.EncoderReach;
    private float[] _samples = [];
    private long _start; // number of the first sample in the buffer
    private int _count; // samples in the buffer
    private long _next; // first frame that was not taken yet
    private long? _frames; // of the sound, when it is over

    /// <inheritdoc/>
    public bool HasUnit => ((_next + SpeechSound.UnitFrames + Reach) * Hop) + Lead <= _start + _count;

    /// <inheritdoc/>
    public int RemainingFrames => (int)(((_start + _count + Hop - 1) / Hop) - _next);

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<ChannelInput> channels)
    {
        ReadOnlySpan<float> samples = channels[0].Ready;
        if (_count + samples.Length > _samples.Length)
        {
            Array.Resize(ref _samples, Math.Max(2 * _samples.Length, _count + samples.Length));
        }

        samples.CopyTo(_samples.AsSpan(_count));
        _count += samples.Length;
    }

    /// <inheritdoc/>
    public void End() => _frames = (_start + _count + Hop - 1) / Hop;

    /// <inheritdoc/>
    public float[] Take(int frames)
    {
        long first = Math.Max(0, _next - Reach), end = Math.Min(_next + frames + Reach, _frames ?? long.MaxValue);
        float[] window = new float[((end - first) * Hop) + (2 * Lead)];
        long from = (first * Hop) - Lead, copied = Math.Max(from, _start), last = Math.Min(from + window.Length, _start + _count);
        _samples.AsSpan((int)(copied - _start), (int)(last - copied)).CopyTo(window.AsSpan((int)(copied - from)));
        FrameMap map = analysis.Transform(window);
        float[] latents = map.ToFrames((int)(_next - first), frames);
        _next += frames;
        Drop(((_next - Reach) * Hop) - Lead);
        return latents;
    }

    private void Drop(long start)
    {
        int passed = (int)Math.Clamp(start - _start, 0, _count);
        _samples.AsSpan(passed, _count - passed).CopyTo(_samples);
        (_start, _count) = (_start + passed, _count - passed);
    }
}
