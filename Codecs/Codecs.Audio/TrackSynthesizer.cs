using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Turns one track's units into samples, as if all frames had been synthesised at once: each unit waits for the next one's first frames.</summary>
internal sealed class TrackSynthesizer
{
    private readonly ISoundRenderer _renderer;
    private readonly SoundShape _shape;
    private readonly SampleQueue[] _outputs;
    private readonly Resampler?[] _resamplers;
    private readonly float _scale;
    private short[] _values = []; // frames that are still needed: context, then those that wait
    private byte[] _rates = [];
    private int _skip; // context frames at the start
    private long _frame; // number of the first waiting frame
    private long _drop; // samples at the model's rate that nobody wants: a jump began before what was asked for

    internal TrackSynthesizer(ISoundRenderer renderer, SoundShape shape, SampleQueue[] outputs, int sampleRate, float scale)
    {
        (_renderer, _shape, _outputs, _scale) = (renderer, shape, outputs, scale);
        int modelRate = shape.ModelRate(sampleRate);
        _resamplers = [.. outputs.Select(_ => modelRate == sampleRate ? null : new Resampler(modelRate, sampleRate))];
    }

    /// <summary>Starts at a frame, without anything before it.</summary>
    /// <param name="frame">Number of the next unit's first frame.</param>
    /// <param name="dropSamples">Samples of it to leave out.</param>
    internal void Restart(long frame, long dropSamples)
    {
        (_values, _rates, _skip, _frame, _drop) = ([], [], 0, frame, dropSamples);
        for (int i = 0; i < _resamplers.Length; i++)
        {
            _resamplers[i]?.Flush(new float[_resamplers[i]!.MaxOutput(0)]);
            _outputs[i].Clear();
        }
    }

    /// <summary>Takes the next unit; whatever has its context now becomes samples.</summary>
    internal void Push(SoundUnit unit)
    {
        _values = [.. _values, .. unit.Values];
        int before = _rates.Length;
        Array.Resize(ref _rates, _values.Length / _shape.FrameValues);
        _rates.AsSpan(before).Fill(unit.Rate);
        Emit(_rates.Length - _skip - _renderer.Context);
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

        float[][] channels = _renderer.Render(_values, _rates, _skip, frames, _frame);
        int drop = (int)Math.Min(_drop, (long)frames * _shape.FrameSamples);
        _drop -= drop;
        for (int c = 0; c < _outputs.Length; c++)
        {
            Span<float> samples = channels[c].AsSpan(drop);
            foreach (ref float sample in samples)
            {
                sample *= _scale;
            }

            Output(c, samples);
        }

        int first = _skip + frames, kept = Math.Max(0, first - _renderer.Context);
        (_values, _rates) = (_values[(kept * _shape.FrameValues)..], _rates[kept..]);
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
