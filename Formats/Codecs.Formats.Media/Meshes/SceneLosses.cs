namespace Codecs.Formats.Media;

/// <summary>What a format cannot hold of a scene.</summary>
internal static class SceneLosses
{
    public static List<string> Find(SceneContents contents, SceneFormat format)
    {
        var losses = new List<string>();
        if (format is SceneFormat.Glb or SceneFormat.Gltf)
        {
            return losses;
        }

        string name = SceneFormats.Name(format);
        bool obj = format == SceneFormat.Obj, ply = format == SceneFormat.Ply;
        Say(contents.Animations > 0, "animations are dropped");
        Say(contents.Skins > 0, "skins are dropped: the model stays in the pose of its nodes");
        Say(contents.MorphTargets > 0, "morph targets are dropped");
        Say(contents.Cameras > 0, "cameras are dropped");
        Say(contents.Lights > 0, "lights are dropped");
        Say(contents.HasExtras, "extras are dropped");
        Say(contents.Nodes > 1, obj ? "the tree of nodes is dropped: transforms are applied, names stay" : "the tree of nodes and its names are dropped: all becomes one mesh");
        Say(contents.Lines > 0, "lines are dropped");
        Say(contents.Points > 0 && (format == SceneFormat.Stl || (ply && contents.Triangles > 0)), "points are dropped");
        Say(contents.Materials > 0 && !obj, "materials are dropped");
        Say(contents.Materials > 0 && obj, "of materials only base colour with its texture, alpha, metallic, roughness and emission stay");
        Say(contents.Textures > 0 && !obj, "textures are dropped");
        Say(contents.HasNormals && format == SceneFormat.Stl, "normals are dropped");
        Say(contents.HasColors && format == SceneFormat.Stl, "vertex colours are dropped");
        Say(contents.HasColors && ply, "vertex colours are rounded to 8 bits");
        Say(contents.HasTexCoords && format == SceneFormat.Stl, "texture coordinates are dropped");
        return losses;

        void Say(bool lost, string what)
        {
            if (lost)
            {
                losses.Add($"{name}: {what}.");
            }
        }
    }
}
