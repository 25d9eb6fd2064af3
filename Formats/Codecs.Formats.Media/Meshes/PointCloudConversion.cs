using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Point clouds out of scenes and into them.</summary>
internal static class PointCloudConversion
{
    public static PointCloud FromScene(Scene scene, SceneLimits limits)
    {
        List<ScenePart> parts = PartReader.Read(scene, limits, points: true);
        int count = 0;
        bool colors = false, normals = false;
        foreach (ScenePart part in parts)
        {
            count += part.VertexCount;
            colors |= part.Colors is not null;
            normals |= part.Normals is not null;
        }

        var cloud = new PointCloud(new float[checked(count * 3)]) { Colors = colors ? new float[checked(count * 4)] : null, Normals = normals ? new float[count * 3] : null };
        int at = 0;
        foreach (ScenePart part in parts)
        {
            part.Positions.CopyTo(cloud.Positions, at * 3);
            part.Normals?.CopyTo(cloud.Normals!, at * 3);
            part.Colors?.CopyTo(cloud.Colors!, at * 4);
            if (part.Colors is null)
            {
                cloud.Colors?.AsSpan(at * 4, part.VertexCount * 4).Fill(1);
            }

            at += part.VertexCount;
        }

        return cloud;
    }

    public static Scene ToScene(PointCloud cloud, string? name)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var scene = new Scene();
        var primitives = new JsonArray();
        if (cloud.Count > 0)
        {
            primitives.Add((JsonNode)SceneNodes.Primitive(scene, cloud.Positions, cloud.Normals, null, cloud.Colors, null, null));
        }

        SceneNodes.AddMesh(scene, primitives, name);
        return scene;
    }
}
