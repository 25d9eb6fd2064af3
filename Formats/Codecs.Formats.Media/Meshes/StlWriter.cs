using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Writes binary STL.</summary>
internal static class StlWriter
{
    public static void Write(Scene scene, Stream to, SceneLimits limits)
    {
        Surface surface = scene.Flatten(new SurfaceOptions { DecodeTextures = false, Limits = limits });
        Span<byte> head = stackalloc byte[StlReader.HeaderBytes];
        head.Clear();
        // Not "solid": readers would take the file for a text.
        "binary STL, Codecs"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[80..], surface.TriangleCount);
        to.Write(head);
        Span<byte> triangle = stackalloc byte[StlReader.TriangleBytes];
        triangle.Clear();
        for (int t = 0; t < surface.TriangleCount; t++)
        {
            Vec3 a = Vec3.At(surface.Positions, surface.Triangles[t * 3]);
            Vec3 b = Vec3.At(surface.Positions, surface.Triangles[(t * 3) + 1]);
            Vec3 c = Vec3.At(surface.Positions, surface.Triangles[(t * 3) + 2]);
            Store(triangle, 0, (b - a).Cross(c - a).Unit());
            Store(triangle, 12, a);
            Store(triangle, 24, b);
            Store(triangle, 36, c);
            to.Write(triangle);
        }
    }

    private static void Store(Span<byte> triangle, int at, Vec3 value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(triangle[at..], (float)value.X);
        BinaryPrimitives.WriteSingleLittleEndian(triangle[(at + 4)..], (float)value.Y);
        BinaryPrimitives.WriteSingleLittleEndian(triangle[(at + 8)..], (float)value.Z);
    }
}
