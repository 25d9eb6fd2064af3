namespace Codecs.Formats.Media;

/// <summary>Reads and writes 3D models.</summary>
/// <remarks>
/// The format is recognised by the bytes (<see cref="SceneFormats.Detect"/>). GLB and glTF are read as they are; OBJ, PLY and STL are converted into glTF.
/// A model may ask for files beside it (buffers, pictures, materials): those in its own folder and below are read, others never.
/// </remarks>
public static class SceneFile
{
    /// <summary>Reads a model and the files beside it that it asks for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">Limits; defaults when null.</param>
    /// <exception cref="MediaException">The file is missing, no model, or damaged; or a buffer of it lies outside its folder.</exception>
    /// <exception cref="UnsupportedBitstreamException">It is of another version of glTF, or compressed with Draco or meshopt.</exception>
    /// <exception cref="LimitExceededException">It is larger than the limits.</exception>
    public static SceneReadResult Read(string path, SceneLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= SceneLimits.Default;
        return Parse(SideFiles.Load(path, path, limits), path, SideFiles.Beside(path, limits), limits);
    }

    /// <summary>Reads a model from bytes in memory. There are no files beside it, so materials of OBJ are missing.</summary>
    /// <param name="data">The whole file; GLB keeps parts of this memory, so it must not be changed.</param>
    /// <param name="limits">Limits; defaults when null.</param>
    /// <param name="name">What to call the model in messages; its extension helps to recognise OBJ.</param>
    /// <inheritdoc cref="Read(string, SceneLimits?)" path="/exception"/>
    public static SceneReadResult Read(ReadOnlyMemory<byte> data, SceneLimits? limits = null, string name = "(memory)")
    {
        limits ??= SceneLimits.Default;
        return Parse(data, name, SideFiles.None(limits), limits);
    }

    /// <summary>Reads a model from the rest of a stream. There are no files beside it, so materials of OBJ are missing.</summary>
    /// <param name="stream">The stream; it is read to its end and stays open.</param>
    /// <param name="limits">Limits; defaults when null.</param>
    /// <param name="name">What to call the model in messages; its extension helps to recognise OBJ.</param>
    /// <inheritdoc cref="Read(string, SceneLimits?)" path="/exception"/>
    public static SceneReadResult Read(Stream stream, SceneLimits? limits = null, string name = "(stream)")
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= SceneLimits.Default;
        using var buffer = new MemoryStream();
        byte[] block = new byte[81920];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            SceneLimits.Check(buffer.Length + read, limits.MaxFileBytes, "bytes or more", nameof(limits.MaxFileBytes));
            buffer.Write(block, 0, read);
        }

        return Read(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), limits, name);
    }

    /// <summary>What is in a model's file. The file is read and checked, but no texture is decoded.</summary>
    /// <inheritdoc cref="Read(string, SceneLimits?)"/>
    public static SceneInfo ReadInfo(string path, SceneLimits? limits = null)
    {
        SceneReadResult read = Read(path, limits);
        return new SceneInfo(read.Format, new FileInfo(path).Length, read.Scene.Inspect(), read.Warnings);
    }

    /// <summary>What a format cannot hold of a scene, as sentences for the user; empty when it keeps all. To ask before writing.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="format">The format.</param>
    public static IReadOnlyList<string> Losses(Scene scene, SceneFormat format)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return SceneLosses.Find(scene.Inspect(), format);
    }

    /// <summary>Writes a model in the format that the file's extension names.</summary>
    /// <inheritdoc cref="Write(Scene, string, SceneFormat, SceneLimits?)"/>
    public static IReadOnlyList<string> Write(Scene scene, string path, SceneLimits? limits = null) => Write(scene, path, SceneFormats.FromPath(path), limits);

    /// <summary>Writes a model. Its files appear complete or not at all: they are written under temporary names and renamed.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="path">The file; an existing one is replaced. OBJ writes its materials and pictures beside it, with names that begin like its own.</param>
    /// <param name="format">The format.</param>
    /// <param name="limits">Limits on what OBJ, PLY and STL draw; defaults when null.</param>
    /// <returns>The same sentences as <see cref="Losses"/>.</returns>
    /// <exception cref="MediaException">The format cannot hold the scene or the file cannot be written.</exception>
    /// <exception cref="LimitExceededException">The scene draws more than the limits.</exception>
    public static IReadOnlyList<string> Write(Scene scene, string path, SceneFormat format, SceneLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= SceneLimits.Default;
        IReadOnlyList<string> losses = Losses(scene, format);
        using var files = new PendingFiles();
        if (format == SceneFormat.Obj)
        {
            ObjWriter.Write(scene, path, files, limits);
        }
        else
        {
            files.Add(path, to => Write(scene, to, format, limits));
        }

        files.Commit();
        return losses;
    }

    /// <summary>Writes a model into memory; OBJ without its materials, which are files of their own.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="format">The format.</param>
    /// <param name="limits">Limits on what OBJ, PLY and STL draw; defaults when null.</param>
    /// <inheritdoc cref="Write(Scene, string, SceneFormat, SceneLimits?)" path="/exception"/>
    public static byte[] Encode(Scene scene, SceneFormat format, SceneLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(scene);
        using var buffer = new MemoryStream();
        Write(scene, buffer, format, limits ?? SceneLimits.Default);
        return buffer.ToArray();
    }

    private static void Write(Scene scene, Stream to, SceneFormat format, SceneLimits limits)
    {
        switch (format)
        {
            case SceneFormat.Glb:
                GltfWriter.WriteGlb(scene, to);
                break;
            case SceneFormat.Gltf:
                GltfWriter.WriteGltf(scene, to);
                break;
            case SceneFormat.Obj:
                ObjWriter.WriteAlone(scene, to, limits);
                break;
            case SceneFormat.Ply:
                PlyWriter.Write(scene, to, limits);
                break;
            case SceneFormat.Stl:
                StlWriter.Write(scene, to, limits);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Not a 3D format.");
        }
    }

    private static SceneReadResult Parse(ReadOnlyMemory<byte> data, string name, SideFiles beside, SceneLimits limits)
    {
        SceneLimits.Check(data.Length, limits.MaxFileBytes, $"bytes in '{name}'", nameof(limits.MaxFileBytes));
        SceneFormat format = SceneFormats.Detect(data.Span, name) ?? throw new MediaException(
            data.IsEmpty ? $"'{name}' is empty." : $"'{name}' is no 3D model that can be read; known are {string.Join(", ", SceneFormats.All.Select(SceneFormats.Name))}.");
        var warnings = new List<string>();
        try
        {
            Scene scene = format switch
            {
                SceneFormat.Glb => GltfReader.ReadGlb(data, beside, limits, warnings),
                SceneFormat.Gltf => GltfReader.ReadGltf(data, beside, limits, warnings),
                SceneFormat.Obj => ObjReader.Read(data.Span, beside, limits, warnings),
                SceneFormat.Ply => PlyReader.Read(data.Span, beside, limits, warnings),
                _ => StlReader.Read(data.Span, limits, warnings),
            };
            return new SceneReadResult(scene, format, warnings);
        }
        catch (MediaException error)
        {
            throw new MediaException($"'{name}': {error.Message}", error);
        }
        catch (UnsupportedBitstreamException error)
        {
            throw new UnsupportedBitstreamException($"'{name}': {error.Message}");
        }
    }
}
