using Codecs.Formats.Media;
using Codecs.Geometry.Scenes;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Points;

/// <summary>The plain bytes before the coded ones.</summary>
/// <param name="Count">Points.</param>
/// <param name="Frame">The grid; origin and step are float32 values.</param>
/// <param name="HasColors">Points have colours.</param>
/// <param name="HasAlpha">Their alpha is not 1 everywhere.</param>
/// <param name="NormalBits">Bits of a normal's numbers; 0 without normals.</param>
internal sealed record PointHeader(int Count, GridFrame Frame, bool HasColors, bool HasAlpha, int NormalBits)
{
    private const int Version = 1;
    private const int ColorFlag = 16;
    private const int AlphaFlag = 32;
    private const int NormalFlag = 64;

    // Each point is one decision at least, and none costs less than log2(4096 / 4080) bits.
    private const long MostPerByte = 1420;
    private const long SlackBytes = 8;

    /// <summary>Appends the header.</summary>
    public void Write(PayloadWriter writer)
    {
        writer.Byte(Version | (HasColors ? ColorFlag : 0) | (HasAlpha ? AlphaFlag : 0) | (NormalBits > 0 ? NormalFlag : 0));
        writer.Number(Count);
        writer.Single((float)Frame.OriginX);
        writer.Single((float)Frame.OriginY);
        writer.Single((float)Frame.OriginZ);
        writer.Single((float)Frame.Step);
        writer.Byte(Frame.Bits);
        if (NormalBits > 0)
        {
            writer.Byte(NormalBits);
        }
    }

    /// <summary>Reads the header and checks it against the payload's length and the limits.</summary>
    /// <exception cref="InvalidBitstreamException">It is none.</exception>
    /// <exception cref="LimitExceededException">There are more points than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version.</exception>
    public static PointHeader Read(PayloadCursor cursor, long payloadBytes, SceneLimits limits)
    {
        int first = cursor.Byte();
        if ((first & 15) != Version)
        {
            throw new UnsupportedBitstreamException($"Points of version {first & 15}; this build reads version {Version}.");
        }

        int count = cursor.Number();
        SceneLimits.Check(count, limits.MaxVertices, "points", nameof(limits.MaxVertices));
        if (count > MostPerByte * (payloadBytes + SlackBytes) || first >> 7 != 0)
        {
            throw cursor.Fault($"{count} points in {payloadBytes} bytes and flags {first >> 4}");
        }

        var frame = new GridFrame(cursor.Single(), cursor.Single(), cursor.Single(), cursor.Single(), cursor.Byte());
        int normalBits = (first & NormalFlag) != 0 ? cursor.Byte() : 0;
        bool isPossible = frame.Step > 0 && frame.Bits is >= 1 and <= GridFrame.MaxBits
            && (first & (ColorFlag | AlphaFlag)) != AlphaFlag && normalBits <= AttributeLayer.MaxBits && ((first & NormalFlag) == 0 || normalBits > 0);
        return isPossible
            ? new PointHeader(count, frame, (first & ColorFlag) != 0, (first & AlphaFlag) != 0, normalBits)
            : throw cursor.Fault("a grid, bits or flags without meaning");
    }
}
