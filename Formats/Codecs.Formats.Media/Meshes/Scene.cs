using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>A 3D model in memory: a glTF 2.0 document and the bytes it speaks of.</summary>
/// <remarks>
/// <para>Whatever a model came from, it is glTF here (Khronos, glTF 2.0, ISO/IEC 12113). The JSON is kept as it was read: extras, unknown extensions
/// and the spelling of untouched numbers survive. Buffers and pictures that were files of their own or data: URIs have been read: no URI is left, every
/// image is a buffer view.</para>
/// <para>Whoever changes <see cref="Json"/> by hand calls <see cref="Check"/> afterwards. Not safe for changes from several threads.</para>
/// </remarks>
public sealed class Scene
{
    private readonly List<ReadOnlyMemory<byte>> _buffers;

    /// <summary>Creates an empty scene: an asset, no nodes.</summary>
    public Scene()
    {
        Json = new JsonObject { ["asset"] = new JsonObject { ["version"] = "2.0", ["generator"] = "Codecs" } };
        _buffers = [];
    }

    /// <summary>Wraps a document and its buffers without copying them, and checks them.</summary>
    /// <param name="json">The document, without URIs; the scene owns it from now on.</param>
    /// <param name="buffers">The bytes of each of its buffers.</param>
    /// <exception cref="MediaException">The document does not fit to the buffers, or breaks a rule of glTF that readers rely on.</exception>
    /// <exception cref="UnsupportedBitstreamException">It is of another version, or compressed by an extension that cannot be read.</exception>
    public Scene(JsonObject json, IEnumerable<ReadOnlyMemory<byte>> buffers)
    {
        ArgumentNullException.ThrowIfNull(json);
        Json = json;
        _buffers = [.. buffers];
        Check();
    }

    /// <summary>The same, with limits.</summary>
    internal Scene(JsonObject json, IEnumerable<ReadOnlyMemory<byte>> buffers, SceneLimits limits)
    {
        Json = json;
        _buffers = [.. buffers];
        Check(limits);
    }

    /// <summary>The document.</summary>
    public JsonObject Json { get; }

    /// <summary>The bytes of each buffer of the document.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Buffers => _buffers;

    /// <summary>Number of accessors.</summary>
    public int AccessorCount => GltfJson.Count(Json, "accessors");

    /// <summary>Number of images.</summary>
    public int ImageCount => GltfJson.Count(Json, "images");

    /// <summary>Number of meshes.</summary>
    public int MeshCount => GltfJson.Count(Json, "meshes");

    /// <summary>Number of nodes.</summary>
    public int NodeCount => GltfJson.Count(Json, "nodes");

    /// <summary>Number of buffer views.</summary>
    internal int BufferViewCount => GltfJson.Count(Json, "bufferViews");

    /// <summary>Bytes of all buffers.</summary>
    internal long TotalBytes { get; private set; }

    /// <summary>Checks every index, count and range of the document; a scene that was read has been checked.</summary>
    /// <param name="limits">Limits on nodes; defaults when null.</param>
    /// <inheritdoc cref="Scene(JsonObject, IEnumerable{ReadOnlyMemory{byte}})" path="/exception"/>
    public void Check(SceneLimits? limits = null)
    {
        TotalBytes = 0;
        foreach (ReadOnlyMemory<byte> buffer in _buffers)
        {
            TotalBytes += buffer.Length;
        }

        SceneChecker.Check(this, limits ?? SceneLimits.Default);
    }

    /// <summary>What is in the scene.</summary>
    public SceneContents Inspect() => SceneInspector.Inspect(this);

    /// <summary>Everything that is drawn as one surface: nodes baked, triangles only, degenerate ones dropped.</summary>
    /// <param name="options">Whether textures are decoded, limits; defaults when null.</param>
    /// <exception cref="MediaException">A coordinate is not finite.</exception>
    /// <exception cref="LimitExceededException">The surface would be larger than the limits.</exception>
    public Surface Flatten(SurfaceOptions? options = null) => SurfaceFlattener.Flatten(this, options ?? SurfaceOptions.Default);

    /// <summary>All points that are drawn: those of point primitives, nothing of meshes.</summary>
    /// <param name="limits">Limits on points; defaults when null.</param>
    /// <exception cref="MediaException">A coordinate is not finite.</exception>
    /// <exception cref="LimitExceededException">The cloud would be larger than the limits.</exception>
    public PointCloud ToPointCloud(SceneLimits? limits = null) => PointCloudConversion.FromScene(this, limits ?? SceneLimits.Default);

    /// <summary>A new scene with one node that shows a surface: a primitive for each material, corners that share all their values merged.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="name">Name of the node; that of the surface when null.</param>
    public static Scene FromSurface(Surface surface, string? name = null) => SurfaceConversion.ToScene(surface, name);

    /// <summary>A new scene with one node that shows a point cloud.</summary>
    /// <param name="cloud">The points.</param>
    /// <param name="name">Name of the node, or null.</param>
    public static Scene FromPointCloud(PointCloud cloud, string? name = null) => PointCloudConversion.ToScene(cloud, name);

    /// <summary>One of the accessors.</summary>
    /// <param name="index">Its place in the document.</param>
    /// <exception cref="MediaException">It does not exist, or does not fit into its buffer.</exception>
    public SceneAccessor Accessor(int index) => SceneAccessor.Open(this, index);

    /// <summary>The bytes of a buffer view.</summary>
    /// <param name="index">Its place in the document.</param>
    /// <exception cref="MediaException">It does not exist, or does not fit into its buffer.</exception>
    public ReadOnlyMemory<byte> BufferView(int index) => View(index).Bytes;

    /// <summary>One of the images, as the file that it was.</summary>
    /// <param name="index">Its place in the document.</param>
    /// <exception cref="MediaException">It does not exist, or has no bytes.</exception>
    public SceneImage Image(int index)
    {
        JsonObject json = GltfJson.Item(Json, "images", index);
        int view = GltfJson.Index(json, "bufferView", BufferViewCount, "bufferViews") ?? throw new MediaException($"images[{index}] has no bytes.");
        return new SceneImage(index, GltfJson.Text(json, "name"), GltfJson.Text(json, "mimeType"), BufferView(view));
    }

    /// <summary>Adds bytes as a buffer and a view of it; they are not copied.</summary>
    /// <param name="bytes">The bytes; nobody may change them afterwards.</param>
    /// <returns>The buffer view's place in the document.</returns>
    public int AddBufferView(ReadOnlyMemory<byte> bytes)
    {
        GltfJson.Grow(Json, "buffers").Add(new JsonObject { ["byteLength"] = bytes.Length });
        _buffers.Add(bytes);
        TotalBytes += bytes.Length;
        JsonArray views = GltfJson.Grow(Json, "bufferViews");
        views.Add(new JsonObject { ["buffer"] = _buffers.Count - 1, ["byteLength"] = bytes.Length });
        return views.Count - 1;
    }

    /// <summary>Adds vectors as an accessor with floats.</summary>
    /// <param name="values">The values, [elements, components], finite.</param>
    /// <param name="components">Numbers of an element, 1 to 4.</param>
    /// <param name="withBounds">Write the least and largest value of each component, as positions need.</param>
    /// <returns>The accessor's place in the document.</returns>
    public int AddFloats(ReadOnlySpan<float> values, int components, bool withBounds = false) => AccessorWriter.AddFloats(this, values, components, withBounds);

    /// <summary>Adds values of 0 to 1 as an accessor with normalised 16-bit integers: an error of at most 1/131070.</summary>
    /// <param name="values">The values, [elements, 4]; they are clamped.</param>
    /// <returns>The accessor's place in the document.</returns>
    public int AddColors(ReadOnlySpan<float> values) => AccessorWriter.AddColors(this, values);

    /// <summary>Adds indices as an accessor with the smallest type that holds them and is not the restart value.</summary>
    /// <param name="indices">The indices, none negative.</param>
    /// <returns>The accessor's place in the document.</returns>
    public int AddIndices(ReadOnlySpan<int> indices) => AccessorWriter.AddIndices(this, indices);

    /// <summary>Adds a picture file as an image.</summary>
    /// <param name="bytes">The file: PNG or JPEG, as glTF asks.</param>
    /// <param name="mimeType">Its type, image/png or image/jpeg.</param>
    /// <param name="name">Its name, or null.</param>
    /// <returns>The image's place in the document.</returns>
    public int AddImage(ReadOnlyMemory<byte> bytes, string mimeType, string? name = null)
    {
        var image = new JsonObject { ["bufferView"] = AddBufferView(bytes), ["mimeType"] = mimeType };
        if (name is not null)
        {
            image["name"] = name;
        }

        JsonArray images = GltfJson.Grow(Json, "images");
        images.Add(image);
        return images.Count - 1;
    }

    /// <summary>The bytes of a view and the distance of its elements, 0 when they are packed.</summary>
    internal (ReadOnlyMemory<byte> Bytes, int Stride) View(int index)
    {
        JsonObject json = GltfJson.Item(Json, "bufferViews", index);
        int buffer = GltfJson.Index(json, "buffer", _buffers.Count, "buffers") ?? throw new MediaException($"bufferViews[{index}] has no 'buffer'.");
        long offset = GltfJson.Integer(json, "byteOffset", 0, Array.MaxLength, 0);
        long length = GltfJson.Integer(json, "byteLength", 0, Array.MaxLength);
        if (offset + length > _buffers[buffer].Length)
        {
            throw new MediaException($"bufferViews[{index}] needs {length} bytes at {offset}; buffers[{buffer}] has {_buffers[buffer].Length}.");
        }

        return (_buffers[buffer].Slice((int)offset, (int)length), (int)GltfJson.Integer(json, "byteStride", 0, 1 << 16, 0));
    }
}
