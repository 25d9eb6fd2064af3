using System.Buffers.Binary;
using Codecs.Models.NirvanaFaithful;

namespace Codecs.Fuzz.Targets;

/// <summary>The two payloads of a group of nirvana-faithful, of a first group.</summary>
/// <remarks>Bytes: u16 length of the first payload, the first payload, the rest is the second one.</remarks>
internal sealed class NirvanaGroupTarget : FuzzTarget
{
    private const int HeaderBytes = sizeof(ushort);

    internal override string Name => "nirvana-group";

    internal override string Description => "both payloads of a network fitted to a group, behind the length of the first";

    // Three networks of the largest size, and the contexts of both coders.
    internal override long MemoryCap(int inputBytes) => 128L << 20;

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach (int every in (int[])[1, 9, 5000])
        {
            NirvanaState state = NirvanaState.Start(new NirvanaShape(8, 1));
            foreach (short[] tensor in state.Latents.Concat(state.Sides))
            {
                for (int i = 0; i < tensor.Length; i += every)
                {
                    tensor[i] += (short)((i % 7) - 3);
                }
            }

            state.Steps.AsSpan().Fill((Half)0.01);
            yield return Encode(state);
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        int first = input.Length < HeaderBytes ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(input.Span);
        if (first > input.Length - HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        ReadOnlyMemory<byte> layers = input.Slice(HeaderBytes, first), sides = input[(HeaderBytes + first)..];
        NirvanaState state = new GroupCoder().Decode(layers, sides, []);
        ReadOnlyMemory<byte> again = Encode(state);
        first = BinaryPrimitives.ReadUInt16LittleEndian(again.Span);
        NirvanaState back = new GroupCoder().Decode(again.Slice(HeaderBytes, first), again[(HeaderBytes + first)..], []);
        Require(
            state.Latents.Concat(state.Sides).Zip(back.Latents.Concat(back.Sides)).All(p => p.First.AsSpan().SequenceEqual(p.Second)),
            "integers changed on the way through the coder");
    }

    private static byte[] Encode(NirvanaState state)
    {
        var coder = new GroupCoder();
        coder.Restart(state.Shape);
        (byte[] layers, byte[] sides) = coder.Encode(state, []);
        byte[] length = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)layers.Length);
        return [.. length, .. layers, .. sides];
    }
}
