using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Geometry.Scenes;

/// <summary>Sections one after another behind a version and a check of all their bytes.</summary>
internal static class SceneEnvelope
{
    private const int Version = 1;
    private const int MaxCheckBytes = 15;

    /// <summary>Joins sections.</summary>
    public static byte[] Join(IReadOnlyList<(SceneSection Kind, byte[] Bytes)> sections)
    {
        var body = new PayloadWriter();
        foreach ((SceneSection kind, byte[] bytes) in sections)
        {
            body.Number((int)kind);
            body.Number(bytes.Length);
            body.Bytes(bytes);
        }

        return Seal(body.Written);
    }

    /// <summary>Puts version and check before sections.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> sections)
    {
        // A range coder without symbols carries the suite's 31-bit check of the bytes that are bound to it.
        var check = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(check);
        encoder.Bind(sections);
        _ = encoder.Finish(CheckMode.Check31);
        return [(byte)(Version | check.WrittenCount << 4), .. check.WrittenSpan, .. sections];
    }

    /// <summary>Checks a payload and takes its sections apart; unknown ones are among them.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version.</exception>
    public static List<(int Kind, ReadOnlyMemory<byte> Bytes)> Split(ReadOnlyMemory<byte> payload)
    {
        var cursor = new PayloadCursor(payload, "A scene");
        int first = cursor.Byte();
        if ((first & MaxCheckBytes) != Version)
        {
            throw new UnsupportedBitstreamException($"A scene of version {first & MaxCheckBytes}; this build reads version {Version}.");
        }

        var decoder = new RangeDecoder(cursor.Take(first >> 4), CheckMode.Check31);
        decoder.Bind(payload.Span[cursor.Position..]);
        decoder.Finish().ThrowIfFailed("scene");
        var sections = new List<(int, ReadOnlyMemory<byte>)>();
        while (!cursor.IsAtEnd)
        {
            int kind = cursor.Number();
            sections.Add((kind, cursor.Take(cursor.Number())));
        }

        return sections;
    }
}
