using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana.Motion;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>What the bytes of a group are for: changes of networks and motion are coded once more, alone, to see how many they are.</summary>
/// <param name="networks">The networks before the group.</param>
/// <param name="changes">What changed in them.</param>
/// <param name="pictures">Its pictures, in any order; null for those that were not decoded.</param>
/// <param name="isKey">True in the first group of a chunk.</param>
internal sealed class GroupParts(
    SplitNetworks networks, IReadOnlyDictionary<int, short[]> changes, IReadOnlyList<DecodedPicture?> pictures, bool isKey)
{
    /// <summary>Bytes by purpose; they add up to the payloads.</summary>
    internal Dictionary<string, int> Of(IReadOnlyList<ReadOnlyMemory<byte>> payloads)
    {
        int weights = changes.Count == 0 ? 0 : Math.Min(payloads[0].Length, Count((ref SymbolWriter port) => new NetworkUpdate().Run(networks, changes, ref port)));
        var parts = new Dictionary<string, int> { ["weights"] = weights };
        int anchorMotion = isKey ? 0 : Math.Min(payloads[0].Length - weights, MotionBytes(p => p.Motion.Length == 1));
        parts[isKey ? "keys" : "anchors"] = payloads[0].Length - weights - anchorMotion;
        int betweenMotion = 0;
        if (payloads.Count > 1)
        {
            betweenMotion = Math.Min(payloads[1].Length, MotionBytes(p => p.Motion.Length == 2));
            parts["in-betweens"] = payloads[1].Length - betweenMotion;
        }

        parts["motion"] = anchorMotion + betweenMotion;
        return parts;
    }

    private static int Count(Write write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(bytes);
        var port = new SymbolWriter(encoder);
        write(ref port);
        return (int)encoder.Finish(CheckMode.None);
    }

    private int MotionBytes(Func<DecodedPicture, bool> wanted) => Count((ref SymbolWriter port) =>
    {
        var coder = new MotionCoder();
        foreach (DecodedPicture? picture in pictures.Where(p => p is not null && wanted(p)))
        {
            for (int f = 0; f < picture!.Motion.Length; f++)
            {
                // The coder fills the field it codes with what a reader would get: the same vectors.
                coder.Run(picture.Motion[f], f, ref port);
            }
        }
    });

    private delegate void Write(ref SymbolWriter port);
}
