using System.Text.Json.Nodes;
using Codecs.Formats.Media;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Codes whole models: their triangles near-losslessly on grids, pictures as files or through a picture codec, everything else exactly. The payload: README.</summary>
/// <remarks>What comes back is glTF 2.0 with plain numbers: the same nodes, names, materials, extras and extensions under the same numbers, vertices and triangles in another order.
/// Static methods, no state.</remarks>
internal static class SceneCoder
{
    private const int FileImage = 0;
    private const int CodedImage = 1;

    /// <summary>Encodes a scene.</summary>
    /// <param name="scene">The scene; not changed.</param>
    /// <param name="options">Bits, order, quality of images.</param>
    /// <param name="images">Recodes pictures if the options have a quality; null leaves them as they are.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static EncodedScene Encode(Scene scene, GeometryEncoderOptions? options = null, IImageRecoder? images = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scene);
        options ??= GeometryEncoderOptions.Default;
        List<PrimitiveGroup> groups = PrimitiveGroup.Find(scene, options, out int kept, cancellation);
        List<SceneGrid> grids = GridPlan.Make(scene, groups, options.PositionBits);
        JsonObject document = DocumentStripper.Strip(scene, groups, out List<int> pictures, out byte[] data);
        var parts = new PartBytes();
        var sections = new List<(SceneSection, byte[])>();
        Add(SceneSection.Document, DocumentBytes.Pack(document), PartBytes.Document);
        if (data.Length > 0)
        {
            Add(SceneSection.Data, DataBytes.Pack(data), PartBytes.Data);
        }

        if (grids.Count > 0)
        {
            var writer = new PayloadWriter();
            writer.Number(grids.Count);
            grids.ForEach(g => g.Write(writer));
            Add(SceneSection.Grids, writer.ToArray(), null);
        }

        foreach (PrimitiveGroup group in groups)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(SceneSection.Triangles, TriangleSection.Write(group, grids[group.Grid].ToFrame(), parts), null);
        }

        foreach (int view in pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(SceneSection.Image, WriteImage(scene, view, options.ImageQuality, images, cancellation), PartBytes.Images);
        }

        byte[] payload = SceneEnvelope.Join(sections);
        double step = grids.Count == 0 ? 0 : grids.Max(g => g.Step);
        return new EncodedScene(payload, parts.ToList(payload.Length), groups.Sum(g => g.Members.Count), kept, step);

        void Add(SceneSection kind, byte[] bytes, string? part)
        {
            sections.Add((kind, bytes));
            if (part is not null)
            {
                parts.Add(part, bytes.Length);
            }
        }
    }

    /// <summary>Decodes a scene.</summary>
    /// <param name="payload">The bytes; must not change while the scene is in use.</param>
    /// <param name="limits">What is accepted; null for the defaults.</param>
    /// <param name="images">Decodes pictures that were recoded.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">More is declared than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version, or pictures that need a codec that was not given.</exception>
    public static Scene Decode(ReadOnlyMemory<byte> payload, SceneLimits? limits = null, IImageRecoder? images = null)
    {
        try
        {
            return Read(SceneEnvelope.Split(payload), limits ?? SceneLimits.Default, images);
        }
        catch (MediaException error)
        {
            throw new InvalidBitstreamException($"The scene makes no glTF: {error.Message}", null, error);
        }
    }

    private static Scene Read(List<(int Kind, ReadOnlyMemory<byte> Bytes)> sections, SceneLimits limits, IImageRecoder? images)
    {
        ReadOnlyMemory<byte> document = Single(sections, SceneSection.Document) ?? throw new InvalidBitstreamException("A scene has no document: damaged data, or no such payload.");
        ReadOnlyMemory<byte>? data = Single(sections, SceneSection.Data);
        var filler = new DocumentFiller(DocumentBytes.Unpack(document, limits), data is { } packed ? DataBytes.Unpack(packed, limits.MaxFileBytes) : default, limits);
        List<GridFrame> grids = ReadGrids(sections);
        var left = new TriangleLimits { MaxTriangles = limits.MaxTriangles, MaxVertices = limits.MaxVertices, MaxLayers = AttributeSlot.MaxSlots };
        foreach ((int kind, ReadOnlyMemory<byte> section) in sections)
        {
            if (kind == (int)SceneSection.Triangles)
            {
                TriangleSection read = TriangleSection.Read(section, grids, left);
                filler.AddTriangles(read.Mesh, read.Primitive, read.Triangles, read.KeepOrder);
                left = left with { MaxTriangles = left.MaxTriangles - read.Triangles.Count, MaxVertices = left.MaxVertices - read.Triangles.Positions.Count };
            }
            else if (kind == (int)SceneSection.Image)
            {
                ReadImage(section, images, filler);
            }
        }

        return filler.Finish();
    }

    private static ReadOnlyMemory<byte>? Single(List<(int Kind, ReadOnlyMemory<byte> Bytes)> sections, SceneSection kind)
    {
        ReadOnlyMemory<byte>? found = null;
        foreach ((int other, ReadOnlyMemory<byte> bytes) in sections)
        {
            if (other == (int)kind)
            {
                found = found is null ? bytes : throw new InvalidBitstreamException($"A scene has two sections '{kind}': damaged data.");
            }
        }

        return found;
    }

    /// <summary>The grids of a payload, none if it has no section of them.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    internal static List<GridFrame> ReadGrids(List<(int Kind, ReadOnlyMemory<byte> Bytes)> sections)
    {
        var grids = new List<GridFrame>();
        if (Single(sections, SceneSection.Grids) is not { } section)
        {
            return grids;
        }

        var cursor = new PayloadCursor(section, "The table of grids");
        for (int count = cursor.Number(); count > 0; count--)
        {
            grids.Add(SceneGrid.Read(cursor).ToFrame());
        }

        return grids;
    }

    private static byte[] WriteImage(Scene scene, int view, double? quality, IImageRecoder? recoder, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = scene.BufferView(view);
        byte[]? coded = null;
        if (quality is { } q && recoder is not null)
        {
            JsonObject image = Enumerable.Range(0, scene.ImageCount).Select(i => GltfJson.Item(scene.Json, "images", i))
                .First(i => GltfJson.Index(i, "bufferView", scene.BufferViewCount, "bufferViews") == view);
            coded = recoder.Encode(file, GltfJson.Text(image, "mimeType"), q, cancellation);
        }

        bool isSmaller = coded is not null && coded.Length < file.Length;
        var writer = new PayloadWriter();
        writer.Number(view);
        writer.Byte(isSmaller ? CodedImage : FileImage);
        writer.Bytes(isSmaller ? coded : file.Span);
        return writer.ToArray();
    }

    private static void ReadImage(ReadOnlyMemory<byte> section, IImageRecoder? recoder, DocumentFiller filler)
    {
        var cursor = new PayloadCursor(section, "A section of a picture");
        int view = cursor.Number(), kind = cursor.Byte();
        ReadOnlyMemory<byte> bytes = cursor.Rest();
        if (kind == FileImage)
        {
            filler.AddImage(view, bytes, null);
            return;
        }

        if (kind != CodedImage || recoder is null)
        {
            throw new UnsupportedBitstreamException($"A picture of the scene is coded in way {kind}; this build reads files{(recoder is null ? "" : " and pictures of the suite")}.");
        }

        filler.AddImage(view, recoder.Decode(bytes), "image/png");
    }
}
