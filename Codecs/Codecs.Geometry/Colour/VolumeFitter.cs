using System.Numerics;
using Codecs.Geometry.Fields;

namespace Codecs.Geometry.Colour;

/// <summary>Finds a colour volume that samples of a surface are read from, with coefficients that cost little.</summary>
/// <remarks>
/// Nodes that nothing is read from may have any colour. Quantised with steps that fall to the one wanted, each time with those nodes as the last volume had them, few coefficients
/// remain (alternating projections, as for pictures whose region of interest is coded: H. H. Chen, M. R. Civanlar, B. G. Haskell, 1994).
/// </remarks>
internal sealed class VolumeFitter
{
    private const int Rounds = 14, FirstSteps = 24;
    private const float Rounding = 0.4f, NodeTrust = 0.5f;

    private readonly int _size;
    private readonly float[][] _targets;
    private readonly float[] _trust;

    /// <summary>Sorts samples to nodes.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="frame">Where the volume lies.</param>
    /// <param name="size">Nodes of an axis.</param>
    /// <param name="wanted">Which samples count; null for all.</param>
    internal VolumeFitter(ColourSamples samples, FieldFrame frame, int size, Predicate<int>? wanted = null)
    {
        _size = size;
        int count = size * size * size;
        var sums = new Vector3[count];
        _trust = new float[count];
        Vector3 all = Vector3.Zero;
        float total = 0;
        for (int i = 0; i < samples.Points.Length; i++)
        {
            if (wanted is null || wanted(i))
            {
                Vector3 colour = VolumeColour.FromRgb(samples.Wanted[i]);
                (int at, Vector3 w) = VolumeColour.Cell(frame.ToField(samples.Points[i]), size);
                all += colour;
                total++;
                Splat(at, w, colour, sums);
            }
        }

        Vector3 mean = total > 0 ? all / total : Vector3.Zero;
        float typical = Typical(_trust);
        _targets = [new float[count], new float[count], new float[count]];
        for (int i = 0; i < count; i++)
        {
            Vector3 target = _trust[i] > 0 ? sums[i] / _trust[i] : mean;
            (_targets[0][i], _targets[1][i], _targets[2][i]) = (target.X, target.Y, target.Z);
            _trust[i] /= _trust[i] + (NodeTrust * typical);
        }
    }

    /// <summary>The volume for a step.</summary>
    internal VolumeSymbols Fit(int step)
    {
        int[][] planes = new int[VolumeSymbols.PlaneCount][];
        for (int p = 0; p < planes.Length; p++)
        {
            planes[p] = FitPlane(_targets[p], VolumeSymbols.StepOf(step, p));
        }

        return new VolumeSymbols(_size, step, planes);
    }

    private static float Typical(float[] weights)
    {
        (double sum, int known) = (0, 0);
        foreach (float weight in weights)
        {
            (sum, known) = weight > 0 ? (sum + weight, known + 1) : (sum, known);
        }

        return known > 0 ? (float)(sum / known) : 1;
    }

    private int[] FitPlane(float[] target, float step)
    {
        float[] values = (float[])target.Clone();
        int[] symbols = new int[values.Length];
        for (int round = 0; round < Rounds; round++)
        {
            float coarse = step * MathF.Pow(FirstSteps, 1 - (round / (Rounds - 1f)));
            float[] coefficients = CosineTransform.Forward(values, _size);
            for (int i = 0; i < symbols.Length; i++)
            {
                symbols[i] = Quantised(coefficients[i], coarse);
                coefficients[i] = symbols[i] * coarse;
            }

            if (round < Rounds - 1)
            {
                float[] seen = CosineTransform.Inverse(coefficients, _size, _size);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = seen[i] + (_trust[i] * (target[i] - seen[i]));
                }
            }
        }

        return symbols;
    }

    private static int Quantised(float value, float step)
    {
        int magnitude = (int)Math.Min((MathF.Abs(value) / step) + Rounding, 1 << 20);
        return value < 0 ? -magnitude : magnitude;
    }

    private void Splat(int at, Vector3 weights, Vector3 colour, Vector3[] sums)
    {
        for (int corner = 0; corner < 8; corner++)
        {
            float weight = ((corner & 1) == 0 ? 1 - weights.X : weights.X) * ((corner & 2) == 0 ? 1 - weights.Y : weights.Y) * ((corner & 4) == 0 ? 1 - weights.Z : weights.Z);
            int node = at + (corner & 1) + (((corner >> 1) & 1) * _size) + ((corner >> 2) * _size * _size);
            sums[node] += weight * colour;
            _trust[node] += weight;
        }
    }
}
