using Codecs.EntropyCoding;

namespace Codecs.Fuzz.Targets;

/// <summary>Splits an input into what a codec would know (symbol count, tables, check) and the payload.</summary>
/// <remarks>Bytes: 0 check mode and table pattern, 1-2 symbol count (little-endian, taken modulo 4096), the rest is the payload.</remarks>
internal readonly ref struct PayloadScript
{
    internal const int HeaderBytes = 3;
    private const int MaxSymbols = 4096;

    internal PayloadScript(ReadOnlyMemory<byte> input, int tableCount)
    {
        if (input.Length < HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        ReadOnlySpan<byte> head = input.Span;
        Check = (CheckMode)(head[0] % 3);
        Tables = new byte[(head[1] | (head[2] << 8)) % MaxSymbols];
        for (int i = 0; i < Tables.Length; i++)
        {
            Tables[i] = (byte)(((i * 7) + (head[0] >> 2)) % tableCount);
        }

        Payload = input[HeaderBytes..];
    }

    internal CheckMode Check { get; }

    internal byte[] Tables { get; }

    internal ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The header for an input.</summary>
    internal static byte[] Header(int pattern, int symbols) => [(byte)pattern, (byte)symbols, (byte)(symbols >> 8)];

    /// <summary>Some symbols, mostly small, now and then far outside every table.</summary>
    internal static short[] Symbols(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i => (short)(i % 50 == 49 ? random.Next(-32767, 32768) : random.Next(-3, 4)))];
    }
}
