namespace Codecs.Images.Packets;

/// <summary>Parity over groups of packets: packet p belongs to group p mod groups, and the parity is the exclusive or of a group's payloads, padded with zeros.</summary>
internal static class PacketParity
{
    /// <summary>The parity of a group.</summary>
    internal static byte[] Of(IReadOnlyList<byte[]?> payloads, int group, int groups)
    {
        byte[] parity = new byte[Members(payloads, group, groups).Max(p => payloads[p]?.Length ?? 0)];
        foreach (int p in Members(payloads, group, groups))
        {
            Mix(parity, payloads[p]);
        }

        return parity;
    }

    /// <summary>Restores the one missing payload of a group, if only one is missing.</summary>
    /// <param name="payloads">Those received; null for the missing. Receives the restored one.</param>
    /// <param name="lengths">Length of each payload.</param>
    /// <param name="group">The group.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="parity">Its parity.</param>
    /// <returns>True when a payload was restored.</returns>
    internal static bool Restore(byte[]?[] payloads, int[] lengths, int group, int groups, ReadOnlySpan<byte> parity)
    {
        int[] missing = [.. Members(payloads, group, groups).Where(p => payloads[p] is null).Take(2)];
        if (missing.Length != 1 || parity.Length < lengths[missing[0]])
        {
            return false;
        }

        byte[] restored = parity.ToArray();
        foreach (int p in Members(payloads, group, groups))
        {
            Mix(restored, payloads[p]);
        }

        payloads[missing[0]] = restored[..lengths[missing[0]]];
        return true;
    }

    private static IEnumerable<int> Members(IReadOnlyCollection<byte[]?> payloads, int group, int groups)
    {
        for (int p = group; p < payloads.Count; p += groups)
        {
            yield return p;
        }
    }

    private static void Mix(Span<byte> sum, byte[]? payload)
    {
        for (int i = 0; i < Math.Min(sum.Length, payload?.Length ?? 0); i++)
        {
            sum[i] ^= payload![i];
        }
    }
}
