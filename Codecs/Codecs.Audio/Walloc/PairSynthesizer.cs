using Codecs.Formats.Media;
using Codecs.Models.Walloc;

namespace Codecs.Audio.Walloc;

/// <summary>Turns one pair's units into samples, as if all latents had been synthesised at once: each unit waits for the next one's first frames.</summary>
internal sealed class PairSynthesizer
{
    private const int Context = WallocAudioSynthesis.Context, Frame = SoundShape.FrameSamples, Channels = WallocSound.Channels;
    private static readonly float s_half = MathF.Sqrt(0.5f);
    private readonly WallocSound _sound;
    private readonly SampleQueue[] _outputs;
    private readonly Resampler?[] _resamplers;
    private readonly float _scale;
    private readonly float _noise;
    private short[] _steps = []; // frames that are still needed: context, then those that wait
    private byte[] _rates = [];
    private int _skip; // context frames at the start
    private long _frame; // number of the first waiting frame
    private long _drop; // samples at the model's rate that nobody wants: a jump began before what was asked for

    internal PairSynthesizer(WallocSound sound, SampleQueue[] outputs, int modelRate, int sampleRate, float scale, float noise)
    {
        (_sound, _outputs, _scale, _noise) = (sound, outputs, scale, noise);
        _resamplers = [.. outputs.Select(_ => modelRate == sampleRate ? null : new Resampler(modelRate, sampleRate))];
    }

    /// <summary>Starts at a frame, without anything before it.</summary>
    /// <param name="frame">Number of the next unit's first frame.</param>
    /// <param name="dropSamples">Samples of it to leave out.</param>
    internal void Restart(long frame, long dropSamples)
    {
        (_steps, _rates, _skip, _frame, _drop) = ([], [], 0, frame, dropSamples);
        for (int i = 0; i < _resamplers.Length; i++)
        {
            _resamplers[i]?.Flush(new float[_resamplers[i]!.MaxOutput(0)]);
            _outputs[i].Clear();
        }
    }

    /// <summary>Takes the next unit; whatever has its context now becomes samples.</summary>
    internal void Push(SoundUnit unit)
    {
        _steps = [.. _steps, .. unit.Values];
        int before = _rates.Length;
        Array.Resize(ref _rates, _steps.Length / Channels);
        _rates.AsSpan(before).Fill(unit.Rate);
        Emit(_rates.Length - _skip - Context);
    }

    /// <summary>There is no further unit: everything becomes samples.</summary>
    internal void End()
    {
        Emit(_rates.Length - _skip);
        for (int i = 0; i < _resamplers.Length; i++)
        {
            if (_resamplers[i] is { } resampler)
            {
                _outputs[i].Advance(resampler.Flush(_outputs[i].Reserve((int)resampler.MaxOutput(0))));
            }
        }
    }

    private void Emit(int frames)
    {
        if (frames <= 0)
        {
            return;
        }

        float[] steps = Array.ConvertAll(_steps, s => (float)s), mid = new float[frames * Frame], side = new float[frames * Frame];
        _sound.Synthesis.Synthesize(steps, _rates, _skip, frames, _frame, _noise, mid, side);
        int drop = (int)Math.Min(_drop, mid.Length);
        _drop -= drop;
        for (int i = drop; i < mid.Length; i++)
        {
            float m = mid[i] * s_half * _scale, s = side[i] * s_half * _scale;
            (mid[i], side[i]) = (m + s, m - s);
        }

        for (int c = 0; c < _outputs.Length; c++)
        {
            Output(c, (c == 0 ? mid : side).AsSpan(drop));
        }

        int first = _skip + frames, kept = Math.Max(0, first - Context);
        (_steps, _rates) = (_steps[(kept * Channels)..], _rates[kept..]);
        (_skip, _frame) = (first - kept, _frame + frames);
    }

    private void Output(int channel, ReadOnlySpan<float> samples)
    {
        SampleQueue queue = _outputs[channel];
        if (_resamplers[channel] is { } resampler)
        {
            queue.Advance(resampler.Push(samples, queue.Reserve((int)resampler.MaxOutput(samples.Length))));
        }
        else
        {
            samples.CopyTo(queue.Reserve(samples.Length));
            queue.Advance(samples.Length);
        }
    }
}
