namespace Codecs.Formats.Media;

/// <summary>Converts one channel between two sample rates, piece by piece, without delay: output sample k sounds at the time k / output rate.</summary>
/// <remarks>
/// Frequencies up to 0.95 of the lower Nyquist frequency pass, those above it are 120 dB down. Before and after the sound there is silence. n input samples
/// give exactly ceil(n x output rate / input rate) output samples, the same bits however the input is cut into pieces.
/// </remarks>
public sealed class Resampler
{
    private const int BlockSamples = 4096;

    private readonly ResamplerKernel _kernel;

    /// <summary>Input that is still needed: the window of the next output sample begins at <see cref="_next"/>.</summary>
    private readonly float[] _buffer;
    private int _filled;
    private long _next;
    private int _phase;
    private long _consumed;
    private long _produced;

    /// <summary>Creates a converter at the beginning of its input.</summary>
    /// <param name="inputRate">Sample rate of the input in hertz, 1 to 768000.</param>
    /// <param name="outputRate">Sample rate of the output in hertz, 1 to 768000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public Resampler(int inputRate, int outputRate)
    {
        Waveform.CheckShape(inputRate, 1);
        Waveform.CheckShape(outputRate, 1);
        _kernel = ResamplerKernel.For(inputRate, outputRate);
        _buffer = new float[(2 * _kernel.Half) + BlockSamples];
        Reset();
    }

    /// <summary>Output samples that a number of input samples gives in all: ceil(count x output rate / input rate).</summary>
    /// <param name="inputCount">Input samples, at least 0.</param>
    /// <param name="inputRate">Sample rate of the input in hertz.</param>
    /// <param name="outputRate">Sample rate of the output in hertz.</param>
    public static long OutputCount(long inputCount, int inputRate, int outputRate) =>
        (long)((((Int128)inputCount * outputRate) + inputRate - 1) / inputRate);

    /// <summary>Converts all channels of a sound; the same object when it has the rate already.</summary>
    /// <param name="waveform">The sound.</param>
    /// <param name="sampleRate">The new sample rate in hertz, 1 to 768000.</param>
    /// <exception cref="ArgumentException">The rate is out of range, or a channel would not fit into one array.</exception>
    public static Waveform Convert(Waveform waveform, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (waveform.SampleRate == sampleRate)
        {
            return waveform;
        }

        var resampler = new Resampler(waveform.SampleRate, sampleRate);
        var converted = new Waveform(sampleRate, waveform.ChannelCount, OutputCount(waveform.SampleCount, waveform.SampleRate, sampleRate));
        for (int c = 0; c < waveform.ChannelCount; c++)
        {
            Span<float> output = converted.Channel(c);
            int written = resampler.Push(waveform.Channel(c), output);
            resampler.Flush(output[written..]);
        }

        return converted;
    }

    /// <summary>The most samples that the next <see cref="Push"/> of so many samples can give, or <see cref="Flush"/> for 0.</summary>
    /// <param name="inputCount">Input samples, at least 0.</param>
    public long MaxOutput(int inputCount) => OutputCount(inputCount + (2L * _kernel.Half), _kernel.Down, _kernel.Up);

    /// <summary>Takes the next input samples and gives all output samples that need none after them.</summary>
    /// <param name="input">Input samples, any number.</param>
    /// <param name="output">Receives the output; <see cref="MaxOutput"/> tells how much room is always enough.</param>
    /// <returns>Samples written to <paramref name="output"/>.</returns>
    /// <exception cref="ArgumentException">There is not enough room; the converter is then of no more use.</exception>
    public int Push(ReadOnlySpan<float> input, Span<float> output)
    {
        _consumed += input.Length;
        return Advance(input, output, long.MaxValue);
    }

    /// <summary>Gives the output samples that are still missing, as if silence followed, and returns to the beginning for another input.</summary>
    /// <param name="output">Receives the output; <see cref="MaxOutput"/> of 0 tells how much room is always enough.</param>
    /// <returns>Samples written to <paramref name="output"/>.</returns>
    /// <exception cref="ArgumentException">There is not enough room; the converter is then of no more use.</exception>
    public int Flush(Span<float> output)
    {
        long total = OutputCount(_consumed, _kernel.Down, _kernel.Up);
        ReadOnlySpan<float> silence = stackalloc float[64];
        int written = 0;
        while (_produced < total)
        {
            written += Advance(silence, output[written..], total);
        }

        Reset();
        return written;
    }

    private int Advance(ReadOnlySpan<float> input, Span<float> output, long total)
    {
        int written = 0;
        do
        {
            int take = Math.Min(input.Length, _buffer.Length - _filled);
            input[..take].CopyTo(_buffer.AsSpan(_filled));
            _filled += take;
            input = input[take..];
            int window = 2 * _kernel.Half;
            for (; _next + window <= _filled && _produced < total; _produced++)
            {
                if (written == output.Length)
                {
                    throw new ArgumentException($"There is room for {output.Length} samples only; see {nameof(MaxOutput)}.", nameof(output));
                }

                output[written++] = _kernel.Apply(_buffer.AsSpan((int)_next, window), _phase);
                long phase = (long)_phase + _kernel.Down;
                _next += phase / _kernel.Up;
                _phase = (int)(phase % _kernel.Up);
            }

            // The next window may begin beyond all that is there when the output is much slower.
            int gone = (int)Math.Min(_next, _filled);
            _buffer.AsSpan(gone, _filled - gone).CopyTo(_buffer);
            _filled -= gone;
            _next -= gone;
        }
        while (!input.IsEmpty);
        return written;
    }

    private void Reset()
    {
        // The first window begins in the silence before the sound, its middle is the first sample.
        _filled = _kernel.Half - 1;
        _buffer.AsSpan(0, _filled).Clear();
        (_next, _phase, _consumed, _produced) = (0, 0, 0, 0);
    }
}
