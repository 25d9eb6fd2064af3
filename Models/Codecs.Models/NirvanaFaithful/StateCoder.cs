using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>Codes the integers of one group after the other against those of the group before. Integers only; writer and reader run the same code.</summary>
/// <remarks>
/// Each tensor is skipped (all integers as before), coded as differences, or directly, whatever takes fewer bits; the contexts of its two forms learn apart.
/// Layers have 16 raw bits of scale where it changed; a tensor of the second kind has its step before integers that are coded directly.
/// </remarks>
internal sealed class StateCoder
{
    private const int Tensors = NirvanaShape.Layers + NirvanaShape.Sides, HalfBits = 16;
    private readonly IntegerModel[] _differences = [.. Enumerable.Range(0, Tensors).Select(_ => new IntegerModel())];
    private readonly IntegerModel[] _direct = [.. Enumerable.Range(0, Tensors).Select(_ => new IntegerModel())];
    private readonly BinaryContext[] _changed = new BinaryContext[Tensors], _isDirect = new BinaryContext[Tensors], _rescaled = new BinaryContext[NirvanaShape.Layers];
    private NirvanaState _before;

    /// <param name="shape">Size of the network; fixed until the next chunk or restart.</param>
    internal StateCoder(NirvanaShape shape) => _before = NirvanaState.Start(shape);

    private enum Mode
    {
        Skip,
        Difference,
        Direct,
    }

    /// <summary>The group before; <see cref="NirvanaState.Start"/> until there is one.</summary>
    internal NirvanaState Before => _before;

    /// <summary>Bits that a group would take; nothing is learned.</summary>
    internal double Cost(NirvanaState state)
    {
        double bits = 0;
        for (int i = 0; i < Tensors; i++)
        {
            bits += Choose(state, i).Bits;
        }

        return bits + (HalfBits * Enumerable.Range(0, NirvanaShape.Layers).Count(i => state.Scales[i] != _before.Scales[i]));
    }

    /// <summary>Writes the layers of a group.</summary>
    internal void WriteLayers(RangeEncoder encoder, NirvanaState state)
    {
        var port = new BitWriter(encoder);
        CodeLayers(ref port, state, isReading: false);
    }

    /// <summary>Writes biases and convolutions.</summary>
    internal void WriteSides(RangeEncoder encoder, NirvanaState state)
    {
        var port = new BitWriter(encoder);
        CodeSides(ref port, state, isReading: false);
    }

    /// <summary>Reads what <see cref="WriteLayers"/> wrote.</summary>
    /// <exception cref="InvalidBitstreamException">A number is out of range.</exception>
    internal void ReadLayers(RangeDecoder decoder, NirvanaState state)
    {
        var port = new BitReader(decoder);
        CodeLayers(ref port, state, isReading: true);
    }

    /// <summary>Reads what <see cref="WriteSides"/> wrote.</summary>
    /// <exception cref="InvalidBitstreamException">A number is out of range.</exception>
    internal void ReadSides(RangeDecoder decoder, NirvanaState state)
    {
        var port = new BitReader(decoder);
        CodeSides(ref port, state, isReading: true);
    }

    /// <summary>A group is complete: the next is coded against it.</summary>
    internal void Advance(NirvanaState state) => _before = state;

    private void CodeLayers<T>(ref T port, NirvanaState state, bool isReading)
        where T : struct, IBitPort
    {
        for (int i = 0; i < NirvanaShape.Layers; i++)
        {
            Half old = _before.Scales[i];
            bool changed = port.Bit(ref _rescaled[i], state.Scales[i] == old ? 0 : 1) != 0;
            state.Scales[i] = changed ? CodeHalf(ref port, state.Scales[i]) : old;
            Mode mode = CodeMode(ref port, i, isReading ? Mode.Skip : Choose(state, i).Mode);
            CodeValues(ref port, i, mode, state);
        }
    }

    private void CodeSides<T>(ref T port, NirvanaState state, bool isReading)
        where T : struct, IBitPort
    {
        for (int i = 0; i < NirvanaShape.Sides; i++)
        {
            int tensor = NirvanaShape.Layers + i;
            Mode mode = CodeMode(ref port, tensor, isReading ? Mode.Skip : Choose(state, tensor).Mode);
            state.Steps[i] = mode == Mode.Direct ? CodeHalf(ref port, state.Steps[i]) : _before.Steps[i];
            CodeValues(ref port, tensor, mode, state);
        }
    }

    private Mode CodeMode<T>(ref T port, int tensor, Mode mode)
        where T : struct, IBitPort
    {
        if (port.Bit(ref _changed[tensor], mode == Mode.Skip ? 0 : 1) == 0)
        {
            return Mode.Skip;
        }

        return port.Bit(ref _isDirect[tensor], mode == Mode.Direct ? 1 : 0) == 0 ? Mode.Difference : Mode.Direct;
    }

    private void CodeValues<T>(ref T port, int tensor, Mode mode, NirvanaState state)
        where T : struct, IBitPort
    {
        (short[] values, short[] before, int columns, int limit) = Select(state, tensor);
        if (mode == Mode.Skip)
        {
            before.CopyTo(values, 0);
            return;
        }

        IntegerModel model = (mode == Mode.Direct ? _direct : _differences)[tensor];
        if (!model.Code(ref port, values, before, columns, mode == Mode.Difference, limit))
        {
            throw new InvalidBitstreamException($"an integer of tensor {tensor} of the network is beyond {limit}");
        }
    }

    // The cheapest form, and its bits without those that name it.
    private (Mode Mode, double Bits) Choose(NirvanaState state, int tensor)
    {
        (short[] values, short[] before, int columns, int limit) = Select(state, tensor);
        int side = tensor - NirvanaShape.Layers;
        bool sameStep = side < 0 || state.Steps[side] == _before.Steps[side];
        if (sameStep && values.AsSpan().SequenceEqual(before))
        {
            return (Mode.Skip, 0);
        }

        double direct = Count(_direct[tensor], false) + (side < 0 ? 0 : HalfBits);
        double difference = sameStep ? Count(_differences[tensor], true) : double.PositiveInfinity;
        return difference <= direct ? (Mode.Difference, difference) : (Mode.Direct, direct);

        double Count(IntegerModel model, bool asDifference)
        {
            var counter = new BitCounter();
            var port = new BitCost(counter);
            model.Clone().Code(ref port, [.. values], before, columns, asDifference, limit);
            return counter.Bits;
        }
    }

    private (short[] Values, short[] Before, int Columns, int Limit) Select(NirvanaState state, int tensor)
    {
        int side = tensor - NirvanaShape.Layers;
        return side < 0
            ? (state.Latents[tensor], _before.Latents[tensor], state.Shape.Latent(tensor).Columns, NirvanaState.MaxLatent)
            : (state.Sides[side], _before.Sides[side], state.Shape.Side(side).Columns, NirvanaState.MaxSide);
    }

    private static Half CodeHalf<T>(ref T port, Half value)
        where T : struct, IBitPort
    {
        Half coded = BitConverter.UInt16BitsToHalf((ushort)port.Raw(BitConverter.HalfToUInt16Bits(value), HalfBits));
        return Half.IsFinite(coded) ? coded : throw new InvalidBitstreamException("a scale of the network is not a number");
    }
}
