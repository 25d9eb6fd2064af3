namespace Codecs.Metrics;

/// <summary>Piecewise cubic interpolation that never overshoots (PCHIP): slopes by the weighted harmonic mean of Fritsch and Butland (1984).</summary>
internal sealed class MonotoneCubic
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _slopes;

    /// <summary>Interpolates the points, given in any order; the arrays are taken over and sorted.</summary>
    public MonotoneCubic(double[] x, double[] y)
    {
        if (x.Length != y.Length || x.Length < 2)
        {
            throw new ArgumentException($"A curve needs as many rates as qualities, at least two; found {x.Length} and {y.Length} values.");
        }

        Array.Sort(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
            {
                throw new ArgumentException("A curve may hold finite values only (leave lossless points out).");
            }

            if (i > 0 && x[i] <= x[i - 1])
            {
                throw new ArgumentException("Two points of a curve have the same abscissa; leave one out.");
            }
        }

        _x = x;
        _y = y;
        _slopes = Slopes(x, y);
    }

    public double First => _x[0];

    public double Last => _x[^1];

    /// <summary>The integral from low to high, both inside First..Last.</summary>
    public double Integrate(double low, double high)
    {
        double sum = 0;
        for (int i = 0; i + 1 < _x.Length; i++)
        {
            double from = Math.Max(low, _x[i]);
            double to = Math.Min(high, _x[i + 1]);
            if (to > from)
            {
                // Simpson's rule is exact for cubics.
                sum += (to - from) / 6 * (Evaluate(i, from) + (4 * Evaluate(i, (from + to) / 2)) + Evaluate(i, to));
            }
        }

        return sum;
    }

    /// <summary>The Hermite cubic of interval i at x.</summary>
    private double Evaluate(int i, double x)
    {
        double h = _x[i + 1] - _x[i];
        double t = (x - _x[i]) / h;
        double u = 1 - t;
        return (u * u * (((1 + (2 * t)) * _y[i]) + (t * h * _slopes[i])))
            + (t * t * (((3 - (2 * t)) * _y[i + 1]) - (u * h * _slopes[i + 1])));
    }

    private static double[] Slopes(double[] x, double[] y)
    {
        int n = x.Length;
        double[] secants = new double[n - 1];
        for (int i = 0; i < n - 1; i++)
        {
            secants[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        }

        double[] slopes = new double[n];
        if (n == 2)
        {
            slopes[0] = slopes[1] = secants[0];
            return slopes;
        }

        for (int i = 1; i < n - 1; i++)
        {
            double left = secants[i - 1];
            double right = secants[i];
            if (left * right > 0)
            {
                double hLeft = x[i] - x[i - 1];
                double hRight = x[i + 1] - x[i];
                double w1 = (2 * hRight) + hLeft;
                double w2 = hRight + (2 * hLeft);
                slopes[i] = (w1 + w2) / ((w1 / left) + (w2 / right));
            }
        }

        slopes[0] = EndSlope(x[1] - x[0], x[2] - x[1], secants[0], secants[1]);
        slopes[^1] = EndSlope(x[^1] - x[^2], x[^2] - x[^3], secants[^1], secants[^2]);
        return slopes;
    }

    /// <summary>Three-point estimate at an end, limited so that the outer interval stays monotone.</summary>
    private static double EndSlope(double outerStep, double innerStep, double outer, double inner)
    {
        double slope = ((((2 * outerStep) + innerStep) * outer) - (outerStep * inner)) / (outerStep + innerStep);
        if (slope * outer <= 0)
        {
            return 0;
        }

        return outer * inner <= 0 && Math.Abs(slope) > 3 * Math.Abs(outer) ? 3 * outer : slope;
    }
}
