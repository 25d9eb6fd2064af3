using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.Models.Exact;

/// <summary>A 1x1 convolution in integers: 16-bit weights and activations, 32-bit sums, identical on every machine.</summary>
/// <remarks>
/// Weights are stored for pair-wise multiply-add: blocks of 16 output channels, inside a block one row per pair of inputs, in a row
/// the 16 channels' two weights side by side. One 512-bit (or two 256-bit) multiply-add then serves 16 channels and 2 inputs.
/// Products of two such 16-bit numbers summed in pairs fit 32 bits because activations never reach -32768.
/// The scalar method is the definition; the vector methods give the same numbers because integer sums have no order.
/// </remarks>
internal sealed class IntegerPointwise
{
    private const int Lanes = 16;
    private const int Tile = 8; // positions that share one pass over the weights; eight accumulators fit the registers
    private readonly short[] _packed;
    private readonly int _pairs;
    private readonly Requantizer _requantizer;

    /// <param name="weights">[outputs, inputs].</param>
    /// <param name="inputs">Number of input channels, even.</param>
    /// <param name="requantizer">Bias, activation and shift of each output channel; outputs are a multiple of 16.</param>
    internal IntegerPointwise(ReadOnlySpan<short> weights, int inputs, Requantizer requantizer)
    {
        int outputs = requantizer.Channels;
        if (inputs % 2 != 0 || outputs % Lanes != 0 || weights.Length != inputs * outputs)
        {
            throw new ModelMismatchException(
                $"Integer layer of {outputs} x {inputs} with {weights.Length} weights; expected outputs in sixteens and even inputs. The model file is damaged.");
        }

        var absolute = new long[outputs];
        for (int o = 0; o < outputs; o++)
        {
            foreach (short w in weights.Slice(o * inputs, inputs))
            {
                absolute[o] += Math.Abs((int)w);
            }
        }

        requantizer.Prove(absolute);
        (Inputs, Outputs, _pairs, _requantizer) = (inputs, outputs, inputs / 2, requantizer);
        _packed = new short[weights.Length];
        int to = 0;
        for (int block = 0; block < outputs; block += Lanes)
        {
            for (int pair = 0; pair < _pairs; pair++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    _packed[to++] = weights[((block + lane) * inputs) + (2 * pair)];
                    _packed[to++] = weights[((block + lane) * inputs) + (2 * pair) + 1];
                }
            }
        }
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <summary>output = requantised product, for as many positions as the spans hold.</summary>
    internal void Apply(ReadOnlySpan<short> input, Span<short> output) => Run(input, output, add: false);

    /// <summary>stream = saturate(stream + requantised product): the residual form.</summary>
    internal void AddTo(ReadOnlySpan<short> input, Span<short> stream) => Run(input, stream, add: true);

    /// <summary>The definition in scalar code; the tests hold the vector paths against it.</summary>
    internal void RunScalar(ReadOnlySpan<short> input, Span<short> output, bool add)
    {
        int positions = Check(input, output);
        for (int p = 0; p < positions; p++)
        {
            ReadOnlySpan<short> x = input.Slice(p * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                int row = (o / Lanes * _pairs * 2 * Lanes) + (o % Lanes * 2);
                int sum = 0;
                for (int pair = 0; pair < _pairs; pair++, row += 2 * Lanes)
                {
                    sum += (_packed[row] * x[2 * pair]) + (_packed[row + 1] * x[(2 * pair) + 1]);
                }

                ref short y = ref output[(p * Outputs) + o];
                int value = _requantizer.Apply(sum, o);
                y = Requantizer.Saturate(add ? y + Requantizer.Saturate(value) : value);
            }
        }
    }

    private int Check(ReadOnlySpan<short> input, Span<short> output)
    {
        int positions = input.Length / Inputs;
        if (positions * Inputs != input.Length || positions * Outputs != output.Length)
        {
            throw new ArgumentException($"{input.Length} inputs do not match {output.Length} outputs of a {Outputs} x {Inputs} layer.");
        }

        return positions;
    }

    private void Run(ReadOnlySpan<short> input, Span<short> output, bool add)
    {
        if (!Avx2.IsSupported)
        {
            RunScalar(input, output, add);
            return;
        }

        int positions = Check(input, output);
        for (int block = 0; block < Outputs; block += Lanes)
        {
            int p = 0;
            for (; p + Tile <= positions; p += Tile)
            {
                if (Avx512BW.IsSupported)
                {
                    Tile512(ref MemoryMarshal.GetReference(input[(p * Inputs)..]), ref output[p * Outputs], block, add);
                }
                else
                {
                    for (int half = 0; half < Tile; half += 2)
                    {
                        Pair256(ref MemoryMarshal.GetReference(input[((p + half) * Inputs)..]), ref output[(p + half) * Outputs], block, add, Inputs, Outputs);
                    }
                }
            }

            // The rest one position at a time: with strides of 0 the pair kernel reads one row twice and writes it once.
            for (; p < positions; p++)
            {
                Pair256(ref MemoryMarshal.GetReference(input[(p * Inputs)..]), ref output[p * Outputs], block, add, 0, 0);
            }
        }
    }

    // Eight positions, sixteen output channels. Spans were checked by the caller: reads stay inside 8 rows of Inputs, writes inside
    // 8 rows of Outputs, weights inside the block's Inputs x 16.
    private void Tile512(ref short x, ref short y, int block, bool add)
    {
        ref short w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_packed), block * Inputs);
        nint stride = Inputs;
        Vector512<int> s0 = Vector512<int>.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (nint pair = 0; pair < _pairs; pair++)
        {
            Vector512<short> v = Vector512.LoadUnsafe(ref w, (nuint)(pair * 2 * Lanes));
            ref short at = ref Unsafe.Add(ref x, pair * 2);
            s0 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref at));
            s1 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride)));
            s2 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride * 2)));
            s3 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride * 3)));
            s4 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride * 4)));
            s5 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride * 5)));
            s6 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride * 6)));
            s7 += Avx512BW.MultiplyAddAdjacent(v, Broadcast512(ref Unsafe.Add(ref at, stride * 7)));
        }

        ref short to = ref Unsafe.Add(ref y, block);
        Store512(s0, ref to, block, add);
        Store512(s1, ref Unsafe.Add(ref to, Outputs), block, add);
        Store512(s2, ref Unsafe.Add(ref to, Outputs * 2), block, add);
        Store512(s3, ref Unsafe.Add(ref to, Outputs * 3), block, add);
        Store512(s4, ref Unsafe.Add(ref to, Outputs * 4), block, add);
        Store512(s5, ref Unsafe.Add(ref to, Outputs * 5), block, add);
        Store512(s6, ref Unsafe.Add(ref to, Outputs * 6), block, add);
        Store512(s7, ref Unsafe.Add(ref to, Outputs * 7), block, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Broadcast512(ref short at) => Vector512.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref at))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store512(Vector512<int> sum, ref short to, int block, bool add)
    {
        Vector512<int> v = sum + Vector512.LoadUnsafe(ref _requantizer.Bias[block]);
        if (_requantizer.Leaky)
        {
            v = Vector512.Max(v, Vector512.ShiftRightArithmetic(v, Requantizer.SlopeShift));
        }

        v += Vector512.LoadUnsafe(ref _requantizer.Half[block]);
        v = Avx512F.ShiftRightArithmeticVariable(v, Vector512.LoadUnsafe(ref _requantizer.Shift[block]).AsUInt32());
        v = Clamp(v);
        if (add)
        {
            v = Clamp(v + Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref to)));
        }

        Avx512F.ConvertToVector256Int16(v).StoreUnsafe(ref to);
    }

    private static Vector512<int> Clamp(Vector512<int> v) =>
        Vector512.Min(Vector512.Max(v, Vector512.Create(-Requantizer.Limit)), Vector512.Create(Requantizer.Limit));

    // Two positions (or one, with strides of 0 and a single write), sixteen output channels in two halves of eight.
    private void Pair256(ref short x, ref short y, int block, bool add, int stride, int outputStride)
    {
        ref short w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_packed), block * Inputs);
        Vector256<int> low0 = Vector256<int>.Zero, high0 = low0, low1 = low0, high1 = low0;
        for (nint pair = 0; pair < _pairs; pair++)
        {
            Vector256<short> low = Vector256.LoadUnsafe(ref w, (nuint)(pair * 2 * Lanes));
            Vector256<short> high = Vector256.LoadUnsafe(ref w, (nuint)((pair * 2 * Lanes) + Lanes));
            ref short at = ref Unsafe.Add(ref x, pair * 2);
            Vector256<short> first = Broadcast256(ref at), second = Broadcast256(ref Unsafe.Add(ref at, stride));
            low0 += Avx2.MultiplyAddAdjacent(low, first);
            high0 += Avx2.MultiplyAddAdjacent(high, first);
            low1 += Avx2.MultiplyAddAdjacent(low, second);
            high1 += Avx2.MultiplyAddAdjacent(high, second);
        }

        ref short to = ref Unsafe.Add(ref y, block);
        Store256(low0, ref to, block, add);
        Store256(high0, ref Unsafe.Add(ref to, Lanes / 2), block + (Lanes / 2), add);
        if (outputStride != 0)
        {
            Store256(low1, ref Unsafe.Add(ref to, outputStride), block, add);
            Store256(high1, ref Unsafe.Add(ref to, outputStride + (Lanes / 2)), block + (Lanes / 2), add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Broadcast256(ref short at) => Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref at))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store256(Vector256<int> sum, ref short to, int channel, bool add)
    {
        Vector256<int> v = sum + Vector256.LoadUnsafe(ref _requantizer.Bias[channel]);
        if (_requantizer.Leaky)
        {
            v = Vector256.Max(v, Vector256.ShiftRightArithmetic(v, Requantizer.SlopeShift));
        }

        v += Vector256.LoadUnsafe(ref _requantizer.Half[channel]);
        v = Avx2.ShiftRightArithmeticVariable(v, Vector256.LoadUnsafe(ref _requantizer.Shift[channel]).AsUInt32());
        v = Clamp(v);
        if (add)
        {
            v = Clamp(v + Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref to)));
        }

        // In range already, so the narrowing drops nothing.
        Vector128.Narrow(v.GetLower(), v.GetUpper()).StoreUnsafe(ref to);
    }

    private static Vector256<int> Clamp(Vector256<int> v) =>
        Vector256.Min(Vector256.Max(v, Vector256.Create(-Requantizer.Limit)), Vector256.Create(Requantizer.Limit));
}
