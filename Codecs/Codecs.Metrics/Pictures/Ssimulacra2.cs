namespace Codecs.Metrics.Pictures;

/// <summary>SSIMULACRA 2.1 of 8-bit sRGB pictures: structural similarity and two kinds of edge errors over six octaves.</summary>
/// <remarks>
/// J. Sneyers, Cloudinary, 2022 and 2023 (github.com/cloudinary/ssimulacra2), reimplemented. Anchors of its author: 90 visually lossless, 70
/// high, 50 medium, 30 low, 10 very low quality. Octaves below one of fewer than 8 pixels are left out; the weights then follow each
/// other without gaps as in the reference, so that scores of pictures with a side below 113 pixels compare with each other only.
/// </remarks>
public static class Ssimulacra2
{
    /// <summary>Smallest width and height.</summary>
    public const int MinimumSide = 8;

    private const int MaxOctaves = 6;

    /// <summary>The score of two pictures.</summary>
    /// <param name="a">The original, uint8 [height, width, 3], sRGB.</param>
    /// <param name="b">The other picture, of the same shape. The score is not symmetric.</param>
    /// <param name="width">Width in pixels, at least <see cref="MinimumSide"/>.</param>
    /// <param name="height">Height in pixels, at least <see cref="MinimumSide"/>.</param>
    /// <returns>100 for equal pictures, downwards without bound; below 0 the picture is hardly recognisable.</returns>
    /// <exception cref="ArgumentException">A dimension is below <see cref="MinimumSide"/> or the lengths do not fit.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height)
    {
        PicturePair.Check(a, b, width, height, minimumSide: MinimumSide);
        float[] linearA = Xyb.ToLinear(a);
        float[] linearB = Xyb.ToLinear(b);
        var octaves = new List<double[]>();
        while (true)
        {
            octaves.Add(new Ssimulacra2Octave(linearA, linearB, width, height).Measure());
            if (octaves.Count == MaxOctaves || Math.Min(width, height) < MinimumSide)
            {
                break;
            }

            linearA = Halve(linearA, width, height);
            linearB = Halve(linearB, width, height);
            (width, height) = ((width + 1) / 2, (height + 1) / 2);
        }

        return Score(octaves);
    }

    /// <summary>The weighted sum of all norms, bent to the scale of opinions.</summary>
    private static double Score(List<double[]> octaves)
    {
        ReadOnlySpan<double> weights = Ssimulacra2Weights.All;
        double sum = 0;
        int used = 0;
        for (int channel = 0; channel < PicturePair.Channels; channel++)
        {
            foreach (double[] norms in octaves)
            {
                for (int i = 0; i < Ssimulacra2Octave.NormsOfChannel; i++)
                {
                    sum += weights[used++] * norms[(channel * Ssimulacra2Octave.NormsOfChannel) + i];
                }
            }
        }

        sum *= 0.9562382616834844;
        double bent = (2.326765642916932 * sum) - (0.020884521182843837 * sum * sum) + (6.248496625763138e-05 * sum * sum * sum);
        return bent > 0 ? 100 - (10 * Math.Pow(bent, 0.6276336467831387)) : 100;
    }

    /// <summary>Means of 2x2 in linear light; an odd last row or column is repeated.</summary>
    private static float[] Halve(float[] planes, int width, int height)
    {
        int columns = (width + 1) / 2;
        int rows = (height + 1) / 2;
        float[] half = new float[PicturePair.Channels * columns * rows];
        for (int row = 0; row < PicturePair.Channels * rows; row++)
        {
            int top = row / rows * height;
            int y = 2 * (row % rows);
            ReadOnlySpan<float> upper = planes.AsSpan((top + y) * width, width);
            ReadOnlySpan<float> lower = planes.AsSpan((top + Math.Min(y + 1, height - 1)) * width, width);
            Span<float> target = half.AsSpan(row * columns, columns);
            for (int x = 0; x < target.Length; x++)
            {
                int right = Math.Min((2 * x) + 1, width - 1);
                target[x] = 0.25f * (upper[2 * x] + upper[right] + lower[2 * x] + lower[right]);
            }
        }

        return half;
    }
}
