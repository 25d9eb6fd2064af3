using Codecs.Formats.Media;
using Codecs.Geometry.Points;

namespace Codecs.Fuzz.Targets;

/// <summary>The payload of a point cloud.</summary>
internal sealed class PointCloudTarget : FuzzTarget
{
    private static readonly SceneLimits s_limits = new() { MaxVertices = 1 << 14 };

    internal override string Name => "point-cloud";

    internal override string Description => "a coded point cloud: decoded, coded again";

    internal override long MemoryCap(int inputBytes) => (64L << 20) + (64L * inputBytes);

    internal override IEnumerable<byte[]> Seeds()
    {
        var cloud = new PointCloud([0, 0, 0, 1, 2, 3, 1, 2, 3, 7, 1, 5])
        {
            Colors = [1, 0, 0, 1, 0, 1, 0, 0.5f, 0, 0, 1, 1, 0.5f, 0.5f, 0, 1],
            Normals = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.6f, 0.8f, 0],
        };
        yield return PointCloudCoder.Encode(cloud).Payload;
        yield return PointCloudCoder.Encode(new PointCloud(cloud.Positions)).Payload;
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        PointCloud cloud = PointCloudCoder.Decode(input, s_limits);
        foreach (float coordinate in cloud.Positions)
        {
            if (!float.IsFinite(coordinate))
            {
                throw new InvalidBitstreamException("a coordinate beyond all floats");
            }
        }

        Require(PointCloudCoder.Decode(PointCloudCoder.Encode(cloud).Payload).Count == cloud.Count, "points were lost");
    }
}
