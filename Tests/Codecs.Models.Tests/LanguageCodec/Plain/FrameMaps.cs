using Codecs.Models.LanguageCodec.Plain;
using Codecs.Models.Tests.Wavelets;

namespace Codecs.Models.Tests.LanguageCodec.Plain;

internal static class FrameMaps
{
    /// <summary>Frame counts around the ends of a block.</summary>
    internal static readonly int[] Frames = [1, 7, 31, 32, 33, 75];

    /// <summary>Values from -range to range, zeros behind the last frame.</summary>
    internal static FrameMap Random(int channels, int frames, int seed, float range = 1)
    {
        var map = new FrameMap(channels, frames);
        float[] values = Signals.Random(channels * frames, seed);
        for (int i = 0; i < values.Length; i++)
        {
            map.Row(i / frames)[i % frames] = range * values[i];
        }

        return map;
    }

    /// <summary>[channels, frames], without what lies behind the last frame.</summary>
    internal static float[] Values(FrameMap map)
    {
        var values = new List<float>();
        for (int c = 0; c < map.Channels; c++)
        {
            values.AddRange(map.Row(c)[..map.Frames]);
        }

        return [.. values];
    }

    /// <summary>A value, or the zero that lies around a map.</summary>
    internal static float At(FrameMap map, int channel, int frame) => frame < 0 || frame >= map.Frames ? 0 : map.Row(channel)[frame];
}
