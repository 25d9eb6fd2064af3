using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Mlicv2;

/// <summary>The entropy path of the shipped MLICv2 instance in integers: what decides parsing, the same on every machine.</summary>
/// <remarks>
/// The exact twin of <c>HyperSynthesis</c> and <c>ContextModel</c>: 16-bit activations, 16-bit weights, 32-bit sums with a proof that
/// they cannot overflow, no floating point and no torch. Writers and readers run the same loop; only the <see cref="ILatentCoder"/>
/// differs. Memory: about 1.7 kB per latent position (7 bytes a pixel).
/// </remarks>
internal sealed class ExactEntropyModel
{
    /// <summary>Fraction bits of means and dequantised latents.</summary>
    internal const int MeanBits = 6;

    /// <summary>One unit of a mean in quantiser steps; multiplying by it is exact.</summary>
    internal const float MeanUnit = 1f / (1 << MeanBits);

    /// <summary>Fraction bits of scale indices.</summary>
    internal const int ScaleBits = 4;

    /// <summary>One table step in the units of a stored scale index.</summary>
    internal const int ScaleUnit = 1 << ScaleBits;

    private const int Channels = L20Config.LatentChannels;
    private const int Quarter = Channels / L20Config.Steps;
    private readonly IntegerPointwise _up1;
    private readonly IntegerTokenMixBlock _hyperBlock;
    private readonly IntegerPointwise _up2;
    private readonly IntegerPointwise _output;
    private readonly short[] _embedding;
    private readonly short[] _hyperScales;
    private readonly IntegerTokenMixBlock[] _state;
    private readonly IntegerPointwise[][] _heads;
    private readonly IntegerPointwise[] _updates;

    /// <param name="weights">Integer tensors of the model file, names beginning with <c>entropy.</c>.</param>
    internal ExactEntropyModel(IntegerWeights weights)
    {
        const int z = L20Config.HyperChannels, levels = L20Config.Levels;
        Tables = ReadTables(weights.Bytes("tables"));
        if (Tables.Count != L20Config.Scales)
        {
            throw new ModelMismatchException($"The model has {Tables.Count} probability tables; expected {L20Config.Scales}. The model file is damaged.");
        }

        _up1 = weights.Pointwise("h_s.up1", z, 4 * z, leaky: true);
        _hyperBlock = weights.Block("h_s.block", z);
        _up2 = weights.Pointwise("h_s.up2", z, 4 * z, leaky: true);
        _output = weights.Pointwise("h_s.output", z, Channels);
        _embedding = weights.Shorts("embedding", levels * Channels);
        _hyperScales = weights.Shorts("z_scale_index", levels * z);
        _state = new IntegerTokenMixBlock[L20Config.Steps];
        _heads = new IntegerPointwise[L20Config.Steps][];
        _updates = new IntegerPointwise[L20Config.Steps - 1];
        for (int s = 0; s < L20Config.Steps; s++)
        {
            _state[s] = weights.Block($"context.state.{s}", Channels);
            _heads[s] = weights.SplitPointwise($"context.head.{s}", Channels, 2 * Quarter, L20Config.Steps);
            if (s < _updates.Length)
            {
                _updates[s] = weights.Pointwise($"context.update.{s}", Channels, Channels);
            }
        }
    }

    /// <summary>Probability tables, one per scale.</summary>
    internal TableSet Tables { get; }

    private static TableSet ReadTables(byte[] bytes)
    {
        try
        {
            return TableSet.FromBytes(bytes);
        }
        catch (InvalidBitstreamException e)
        {
            throw new ModelMismatchException($"The probability tables of the model file are damaged: {e.Message}", e);
        }
    }

    /// <summary>Channel quarter that a position codes in a step.</summary>
    internal static int QuarterOf(int row, int column, int step) => ((row % 2 * 2) + (column % 2)) ^ step;

    /// <summary>Codes one picture's latents.</summary>
    /// <param name="height">Latent rows, a multiple of 4.</param>
    /// <param name="width">Latent columns, a multiple of 4.</param>
    /// <param name="rate">Rate index, 0..<see cref="L20Config.MaxRate"/>.</param>
    /// <param name="coder">Supplies or consumes the symbols.</param>
    /// <param name="threads">Threads for the network; the result does not depend on it.</param>
    /// <param name="progress">Called after each quarter of the work.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <returns>The dequantised latent in quantiser steps, [height, width, 192]: multiples of 1/64 below 2^15, which floats hold exactly.</returns>
    internal float[] Run(
        int height, int width, int rate, ILatentCoder coder, int threads, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        IntegerMap hyper = CodeHyper(height / 4, width / 4, rate, coder);
        IntegerMap state = Start(hyper, rate, threads);
        var scratch = new IntegerMap(height, width, Channels);
        var latent = new float[state.Values.Length];
        var tables = new byte[state.Positions * Quarter];
        var means = new short[tables.Length];
        var symbols = new short[tables.Length];
        for (int step = 0; step < L20Config.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            _state[step].Apply(state, scratch, threads);
            Predict(state, step, tables, means, threads);
            coder.CodeStep(step, tables, means, symbols);
            Place(latent, width, step, means, symbols);
            if (step < _updates.Length)
            {
                Update(state, latent, _updates[step], threads);
            }

            progress?.Invoke(step + 1);
        }

        return latent;
    }

    private IntegerMap CodeHyper(int height, int width, int rate, ILatentCoder coder)
    {
        const int z = L20Config.HyperChannels;
        var hyper = new IntegerMap(height, width, z);
        var tables = new byte[hyper.Values.Length];
        for (int c = 0; c < z; c++)
        {
            tables[c] = TableOf(Interpolate(_hyperScales, z, rate, c));
        }

        for (int p = 1; p < hyper.Positions; p++)
        {
            tables.AsSpan(0, z).CopyTo(tables.AsSpan(p * z));
        }

        coder.CodeHyper(tables, hyper.Values);
        return hyper;
    }

    private IntegerMap Start(IntegerMap hyper, int rate, int threads)
    {
        const int z = L20Config.HyperChannels;
        var wide = new IntegerMap(hyper.Height, hyper.Width, 4 * z);
        _up1.Apply(hyper.Values, wide.Values);
        IntegerMap t = wide.DepthToSpace2();
        _hyperBlock.Apply(t, new IntegerMap(t.Height, t.Width, z), threads);
        wide = new IntegerMap(t.Height, t.Width, 4 * z);
        _up2.Apply(t.Values, wide.Values);
        t = wide.DepthToSpace2();
        var state = new IntegerMap(t.Height, t.Width, Channels);
        _output.Apply(t.Values, state.Values);
        Span<short> embedding = stackalloc short[Channels];
        for (int c = 0; c < Channels; c++)
        {
            embedding[c] = Interpolate(_embedding, Channels, rate, c);
        }

        for (int p = 0; p < state.Positions; p++)
        {
            Span<short> at = state.At(p, 1);
            for (int c = 0; c < Channels; c++)
            {
                at[c] = Requantizer.Saturate(at[c] + embedding[c]);
            }
        }

        return state;
    }

    // Only the 48 channels that the step codes at a position are predicted: positions of one phase share a quarter of the head.
    private void Predict(IntegerMap state, int step, byte[] tables, short[] means, int threads) =>
        ParallelChunks.Run(state.Height, 1, threads, (row, _) =>
        {
            int half = state.Width / 2;
            Span<short> gathered = new short[half * Channels];
            Span<short> parameters = new short[half * 2 * Quarter];
            for (int phase = 0; phase < 2; phase++)
            {
                for (int i = 0; i < half; i++)
                {
                    state.At((row * state.Width) + (2 * i) + phase, 1).CopyTo(gathered[(i * Channels)..]);
                }

                _heads[step][QuarterOf(row, phase, step)].Apply(gathered, parameters);
                for (int i = 0; i < half; i++)
                {
                    int to = ((row * state.Width) + (2 * i) + phase) * Quarter;
                    ReadOnlySpan<short> p = parameters.Slice(i * 2 * Quarter, 2 * Quarter);
                    p[..Quarter].CopyTo(means.AsSpan(to));
                    for (int k = 0; k < Quarter; k++)
                    {
                        tables[to + k] = TableOf(p[Quarter + k]);
                    }
                }
            }
        });

    private static void Place(float[] latent, int width, int step, short[] means, short[] symbols)
    {
        for (int p = 0, from = 0; from < symbols.Length; p++, from += Quarter)
        {
            int to = (p * Channels) + (QuarterOf(p / width, p % width, step) * Quarter);
            for (int k = 0; k < Quarter; k++)
            {
                latent[to + k] = ((symbols[from + k] << MeanBits) + means[from + k]) * MeanUnit;
            }
        }
    }

    private static void Update(IntegerMap state, float[] latent, IntegerPointwise layer, int threads) =>
        ParallelChunks.Run(state.Positions, 64, threads, (first, count) =>
        {
            Span<short> decoded = stackalloc short[count * Channels];
            ReadOnlySpan<float> from = latent.AsSpan(first * Channels, decoded.Length);
            for (int i = 0; i < decoded.Length; i++)
            {
                decoded[i] = Requantizer.Saturate((int)(from[i] * (1 << MeanBits)));
            }

            layer.AddTo(decoded, state.At(first, count));
        });

    private static byte TableOf(int scaleIndex) =>
        (byte)Math.Clamp((scaleIndex + (ScaleUnit / 2)) >> ScaleBits, 0, L20Config.Scales - 1);

    // Rates between two levels: linear, rounded half up, in integers.
    private static short Interpolate(short[] table, int channels, int rate, int channel)
    {
        int low = Math.Min(rate / L20Config.SubLevels, L20Config.Levels - 2);
        int part = rate - (low * L20Config.SubLevels);
        int a = table[(low * channels) + channel], b = table[((low + 1) * channels) + channel];
        return (short)(((a * (L20Config.SubLevels - part)) + (b * part) + (L20Config.SubLevels / 2)) >> 4);
    }
}
