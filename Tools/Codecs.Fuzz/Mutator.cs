namespace Codecs.Fuzz;

/// <summary>Damages inputs as storage, transport and attackers do; the same seed gives the same damage.</summary>
internal sealed class Mutator(int seed)
{
    // Values at the edges of fields: lengths, counts, varint prefixes.
    private static readonly byte[] s_edges = [0x00, 0x01, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFE, 0xFF];
    private readonly Random _random = new(seed);

    /// <summary>A damaged copy with one to four changes.</summary>
    internal byte[] Mutate(byte[] input)
    {
        List<byte> bytes = [.. input];
        for (int changes = _random.Next(1, 5); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)_random.Next(256));
            return;
        }

        int at = _random.Next(bytes.Count), length = Math.Min(_random.Next(1, 17), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = s_edges[_random.Next(s_edges.Length)];
                break;
            case 2:
                bytes[at] = (byte)(bytes[at] + _random.Next(-8, 9));
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(_random.Next(bytes.Count - length + 1), length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                byte[] noise = new byte[length];
                _random.NextBytes(noise);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, noise);
                break;
        }
    }
}
