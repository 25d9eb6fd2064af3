using Codecs.Formats.Media;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Tells what the bytes of a stored scene are for.</summary>
internal static class SceneAccounting
{
    /// <summary>Bytes by what they are for, largest first; they add up to the payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="limits">What is accepted; null for the defaults.</param>
    /// <remarks>A range coder does not say where one thing ends and the next begins: triangles are decoded and coded again, and their bytes divided in proportion. Pictures are not decoded.</remarks>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">More is declared than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version.</exception>
    public static IReadOnlyList<(string Part, long Bytes)> Measure(ReadOnlyMemory<byte> payload, SceneLimits? limits = null)
    {
        limits ??= SceneLimits.Default;
        List<(int Kind, ReadOnlyMemory<byte> Bytes)> sections = SceneEnvelope.Split(payload);
        List<GridFrame> grids = SceneCoder.ReadGrids(sections);
        var parts = new PartBytes();
        var left = new TriangleLimits { MaxTriangles = limits.MaxTriangles, MaxVertices = limits.MaxVertices, MaxLayers = AttributeSlot.MaxSlots };
        foreach ((int kind, ReadOnlyMemory<byte> bytes) in sections)
        {
            switch ((SceneSection)kind)
            {
                case SceneSection.Document:
                    parts.Add(PartBytes.Document, bytes.Length);
                    break;
                case SceneSection.Data:
                    parts.Add(PartBytes.Data, bytes.Length);
                    break;
                case SceneSection.Image:
                    parts.Add(PartBytes.Images, bytes.Length);
                    break;
                case SceneSection.Triangles:
                    TriangleSection section = TriangleSection.Read(bytes, grids, left);
                    left = left with { MaxTriangles = left.MaxTriangles - section.Triangles.Count, MaxVertices = left.MaxVertices - section.Triangles.Positions.Count };
                    Divide(section, bytes.Length, parts);
                    break;
            }
        }

        return parts.ToList(payload.Length);
    }

    private static void Divide(TriangleSection section, int bytes, PartBytes parts)
    {
        IndexedTriangles triangles = section.Triangles;
        EncodedTriangles again = TriangleCoder.Encode(triangles, new TriangleCoderOptions { KeepOrder = section.KeepOrder, StoreFrame = false });
        int total = again.Payload.Length + section.HeadBytes;
        parts.Add(again with { PartBytes = [.. again.PartBytes.Select(p => (int)((long)p * bytes / total))] }, triangles.Layers);
    }
}
