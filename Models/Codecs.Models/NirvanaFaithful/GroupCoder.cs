using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>Groups of one chunk to payloads and back: one payload for the layers, one for biases and convolutions. Parses in integers only.</summary>
/// <remarks>
/// Both are binary coded with a 16-bit check that also covers the caller's context. The first begins with a bit "starts afresh", left out in the chunk's first group,
/// which always does; then 6 bits D / 8 - 1 and 5 bits E - 1. A group that starts afresh is coded against the fixed start instead of the group before: so a scene
/// change inside a chunk costs what a first group costs.
/// </remarks>
internal sealed class GroupCoder
{
    private const int HiddenBits = 6, ChannelBits = 5;
    private StateCoder? _states;
    private BinaryContext _restart;
    private bool _restarts, _isFirst = true;

    /// <summary>The network of the group before, or the start of one that begins afresh; null before the first group.</summary>
    internal NirvanaState? Before => _states?.Before;

    /// <summary>The next group to be written starts afresh.</summary>
    internal void Restart(NirvanaShape shape) => (_states, _restarts) = (new StateCoder(shape), true);

    /// <summary>Bits that the next group would take, checks not included.</summary>
    /// <exception cref="InvalidOperationException">No group was started.</exception>
    internal double Cost(NirvanaState state) => Started.Cost(state);

    /// <summary>Writes the next group.</summary>
    /// <param name="state">Its network, of the size given to <see cref="Restart"/>.</param>
    /// <param name="context">What the checks cover besides.</param>
    /// <returns>The payload of the layers and that of biases and convolutions.</returns>
    /// <exception cref="InvalidOperationException">The chunk's first group was not started with <see cref="Restart"/>.</exception>
    internal (byte[] Layers, byte[] Sides) Encode(NirvanaState state, ReadOnlySpan<byte> context)
    {
        StateCoder states = Started;
        var layers = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(layers);
        if (!_isFirst)
        {
            encoder.PushBit(ref _restart, _restarts ? 1 : 0);
        }

        if (_restarts)
        {
            encoder.PushRaw((uint)((state.Shape.Hidden / NirvanaShape.HiddenStep) - 1), HiddenBits);
            encoder.PushRaw((uint)(state.Shape.Channels - 1), ChannelBits);
        }

        states.WriteLayers(encoder, state);
        encoder.Bind(context);
        encoder.Finish(CheckMode.Check16);

        var sides = new ArrayBufferWriter<byte>();
        encoder.Destination = sides;
        states.WriteSides(encoder, state);
        encoder.Bind(context);
        encoder.Finish(CheckMode.Check16);
        states.Advance(state);
        (_restarts, _isFirst) = (false, false);
        return (layers.WrittenSpan.ToArray(), sides.WrittenSpan.ToArray());
    }

    /// <summary>Reads the next group.</summary>
    /// <param name="layers">The first payload.</param>
    /// <param name="sides">The second one.</param>
    /// <param name="context">What the encoder's checks covered besides.</param>
    /// <exception cref="InvalidBitstreamException">A payload is damaged; the chunk cannot go on.</exception>
    internal NirvanaState Decode(ReadOnlyMemory<byte> layers, ReadOnlyMemory<byte> sides, ReadOnlySpan<byte> context)
    {
        var decoder = new RangeDecoder(layers, CheckMode.Check16);
        if (_isFirst || decoder.Bit(ref _restart) != 0)
        {
            int hidden = ((int)decoder.Raw(HiddenBits) + 1) * NirvanaShape.HiddenStep;
            _states = new StateCoder(new NirvanaShape(hidden, (int)decoder.Raw(ChannelBits) + 1));
        }

        StateCoder states = Started;
        var state = new NirvanaState(states.Before.Shape);
        states.ReadLayers(decoder, state);
        decoder.Bind(context);
        decoder.Finish().ThrowIfFailed("layers of the network");

        decoder = new RangeDecoder(sides, CheckMode.Check16);
        states.ReadSides(decoder, state);
        decoder.Bind(context);
        decoder.Finish().ThrowIfFailed("biases and convolutions of the network");
        states.Advance(state);
        _isFirst = false;
        return state;
    }

    private StateCoder Started => _states ?? throw new InvalidOperationException("The chunk's first group must start afresh.");
}
