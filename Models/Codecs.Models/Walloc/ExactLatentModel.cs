using System.Numerics;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Walloc;

/// <summary>The context model in integers: decides every probability, on every machine alike. Needs no torch.</summary>
/// <remarks>
/// Mean and spread of a latent are sums of weights times what was coded before (<see cref="LatentContext"/>), all in 1/1024 and without rounding:
/// 16-bit weights, values clamped to ±255, 32-bit sums whose bound is proved when the weights are loaded. A zero adds nothing and is
/// skipped, so time follows the bits.
/// </remarks>
internal sealed class ExactLatentModel
{
    /// <summary>Largest magnitude of a latent.</summary>
    internal const int MaxLatent = short.MaxValue;

    private readonly int _channels;
    private readonly IReadOnlyList<(int Dy, int Dx)> _neighbours;
    private readonly int[] _columns; // [source][input channel][mean of all outputs, spread of all outputs]; the last source is the position itself
    private readonly int[] _base; // spread by rate, [MaxRate + 1][channels]
    private readonly BinaryContext[] _start;

    /// <summary>Reads the integer tensors of a weight file.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing, has another size, or its sums could overflow.</exception>
    internal ExactLatentModel(IntegerWeights weights, int channels, IReadOnlyList<(int Dy, int Dx)> neighbours)
    {
        (_channels, _neighbours) = (channels, neighbours);
        int sources = neighbours.Count + 1, square = channels * channels;
        short[] mean = weights.Shorts("mean", sources * square), spread = weights.Shorts("spread", sources * square);
        _base = Array.ConvertAll(weights.Shorts("base", (WallocRates.MaxRate + 1) * channels), b => (int)(ushort)b);
        _start = ResidualStart.Read(weights.Shorts("start", ResidualModel.Contexts));
        _columns = new int[2 * sources * square];
        for (int o = 0; o < channels; o++)
        {
            long meanBound = 0, spreadBound = ushort.MaxValue;
            for (int i = 0; i < sources * channels; i++)
            {
                int m = mean[(o * sources * channels) + i], s = spread[(o * sources * channels) + i];
                if ((i / channels == neighbours.Count && i % channels >= o && (m | s) != 0) || s < 0)
                {
                    throw new ModelMismatchException("The context weights look at what is not decoded yet, or a spread weight is negative; the model file is damaged.");
                }

                meanBound += Math.Abs(m) * (long)LatentContext.MaxContext;
                spreadBound += s * (long)LatentContext.MaxContext;
                _columns[(2 * i * channels) + o] = m;
                _columns[(((2 * i) + 1) * channels) + o] = s;
            }

            if (Math.Max(meanBound, spreadBound) > int.MaxValue)
            {
                throw new ModelMismatchException("The context weights are too large for 32-bit sums; the model file is damaged.");
            }
        }
    }

    /// <summary>A residual model in its start state.</summary>
    internal ResidualModel CreateResidualModel() => new(_start);

    /// <summary>Codes a map of latents.</summary>
    /// <param name="port">Writer or reader.</param>
    /// <param name="residuals">The adaptive model, fresh for an independent payload.</param>
    /// <param name="values">Rounded latents [rows, columns, channels]: read and, where the model leaves no choice, corrected by a writer; filled by a reader.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="rate">Rate index.</param>
    /// <param name="healthy">Asked after each row; false ends the work (a damaged payload).</param>
    internal void Run<T>(ref T port, ResidualModel residuals, short[] values, int rows, int columns, int rate, Func<int, bool> healthy)
        where T : struct, IBitPort
    {
        int[] sums = new int[2 * _channels];
        Span<int> means = sums.AsSpan(0, _channels), spreads = sums.AsSpan(_channels);
        ReadOnlySpan<int> start = _base.AsSpan(rate * _channels, _channels);
        int own = 2 * _neighbours.Count * _channels * _channels;
        for (int y = 0; y < rows && healthy(y); y++)
        {
            for (int x = 0; x < columns; x++)
            {
                means.Clear();
                start.CopyTo(spreads);
                for (int n = 0; n < _neighbours.Count; n++)
                {
                    int ny = y + _neighbours[n].Dy, nx = x + _neighbours[n].Dx;
                    if (ny >= 0 && nx >= 0 && nx < columns)
                    {
                        AddAll(values.AsSpan(((ny * columns) + nx) * _channels, _channels), 2 * n * _channels * _channels, sums);
                    }
                }

                Span<short> position = values.AsSpan(((y * columns) + x) * _channels, _channels);
                for (int c = 0; c < _channels; c++)
                {
                    int value = residuals.Code(ref port, means[c], spreads[c], position[c]);
                    position[c] = (short)Math.Clamp(value, -MaxLatent, MaxLatent);
                    if (value != 0)
                    {
                        Add(value, own + (2 * c * _channels), sums);
                    }
                }
            }
        }
    }

    private void AddAll(ReadOnlySpan<short> values, int at, Span<int> sums)
    {
        for (int c = 0; c < values.Length; c++)
        {
            if (values[c] != 0)
            {
                Add(values[c], at + (2 * c * _channels), sums);
            }
        }
    }

    // sums += column · value for the means, column · |value| for the spreads.
    private void Add(int value, int column, Span<int> sums)
    {
        value = Math.Clamp(value, -LatentContext.MaxContext, LatentContext.MaxContext);
        Accumulate(sums[.._channels], _columns.AsSpan(column, _channels), value);
        Accumulate(sums[_channels..], _columns.AsSpan(column + _channels, _channels), Math.Abs(value));
    }

    private static void Accumulate(Span<int> sums, ReadOnlySpan<int> weights, int factor)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            (new Vector<int>(sums[i..]) + (new Vector<int>(weights[i..]) * factor)).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += weights[i] * factor;
        }
    }
}
