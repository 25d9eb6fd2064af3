using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>Fills the empty pixels of a picture smoothly from the others.</summary>
/// <remarks>Means of known pixels at half of the size, again and again, then back up (S. Gortler et al., "The lumigraph", 1996). What is filled costs a picture codec next to nothing.</remarks>
internal static class PushPull
{
    /// <summary>Fills where the weight is 0; with no weight anywhere nothing changes.</summary>
    /// <param name="colours">[height, width]; changed in place.</param>
    /// <param name="weights">0 where a pixel is empty.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    internal static void Fill(Vector3[] colours, float[] weights, int width, int height)
    {
        if (width == 1 && height == 1)
        {
            return;
        }

        int halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
        var half = new Vector3[halfWidth * halfHeight];
        float[] halfWeights = new float[half.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            if (weights[i] > 0)
            {
                int at = (i / width / 2 * halfWidth) + (i % width / 2);
                half[at] += colours[i];
                halfWeights[at]++;
            }
        }

        for (int i = 0; i < half.Length; i++)
        {
            half[i] = halfWeights[i] > 0 ? half[i] / halfWeights[i] : half[i];
        }

        Fill(half, halfWeights, halfWidth, halfHeight);
        for (int i = 0; i < colours.Length; i++)
        {
            if (!(weights[i] > 0))
            {
                colours[i] = Between(half, halfWidth, halfHeight, i % width, i / width);
            }
        }
    }

    // Three quarters of the pixel above, one quarter of the next: bilinear.
    private static Vector3 Between(Vector3[] half, int width, int height, int x, int y)
    {
        int nearX = x / 2, nearY = y / 2;
        int farX = Math.Clamp(nearX + ((x & 1) == 0 ? -1 : 1), 0, width - 1), farY = Math.Clamp(nearY + ((y & 1) == 0 ? -1 : 1), 0, height - 1);
        return Vector3.Lerp(
            Vector3.Lerp(half[(nearY * width) + nearX], half[(nearY * width) + farX], 0.25f),
            Vector3.Lerp(half[(farY * width) + nearX], half[(farY * width) + farX], 0.25f),
            0.25f);
    }
}
