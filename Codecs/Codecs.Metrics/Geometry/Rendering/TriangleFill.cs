namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Draws triangles into a sample buffer.</summary>
/// <remarks>
/// Corners lie on a grid of 1/256 sample and edge functions are integers, so whether a sample is inside is exact; one on an edge belongs to the triangle for which that edge is a top
/// or left one. So a sample on the edge that two triangles share is drawn once. J. Pineda, "A parallel algorithm for polygon rasterization", SIGGRAPH 1988.
/// </remarks>
internal static class TriangleFill
{
    /// <summary>Steps of the grid a sample.</summary>
    public const int Grid = 256;

    /// <summary>Corners farther from the picture's edges than this many samples are not drawn; edge functions stay below 2^61.</summary>
    public const int Reach = 1 << 21;

    /// <summary>Draws a triangle where it is nearer than what is there.</summary>
    public static void Draw(SampleBuffer buffer, int triangle, ScreenVertex a, ScreenVertex b, ScreenVertex c)
    {
        long area = Edge(a, b, c.X, c.Y);
        if (area == 0)
        {
            return;
        }

        if (area < 0)
        {
            // Anticlockwise on the picture, as faces seen from outside are: turned round, weights go to the corners they belong to.
            Fill(buffer, triangle, a, c, b, -area, buffer.WeightsC, buffer.WeightsB);
        }
        else
        {
            Fill(buffer, triangle, a, b, c, area, buffer.WeightsB, buffer.WeightsC);
        }
    }

    private static void Fill(SampleBuffer buffer, int triangle, ScreenVertex a, ScreenVertex b, ScreenVertex c, long area, float[] weightsB, float[] weightsC)
    {
        // Samples lie in the middle of their squares.
        int left = Math.Max(0, (Math.Min(a.X, Math.Min(b.X, c.X)) + (Grid / 2) - 1) >> 8);
        int top = Math.Max(0, (Math.Min(a.Y, Math.Min(b.Y, c.Y)) + (Grid / 2) - 1) >> 8);
        int right = Math.Min(buffer.Width - 1, (Math.Max(a.X, Math.Max(b.X, c.X)) - (Grid / 2)) >> 8);
        int bottom = Math.Min(buffer.Height - 1, (Math.Max(a.Y, Math.Max(b.Y, c.Y)) - (Grid / 2)) >> 8);
        if (left > right || top > bottom)
        {
            return;
        }

        int x0 = (left * Grid) + (Grid / 2);
        int y0 = (top * Grid) + (Grid / 2);
        // Inside: all three at 0 or more after taking 1 from those of edges that do not own their samples.
        long rowA = Edge(b, c, x0, y0) - Bias(b, c);
        long rowB = Edge(c, a, x0, y0) - Bias(c, a);
        long rowC = Edge(a, b, x0, y0) - Bias(a, b);
        long acrossA = -(long)(c.Y - b.Y) * Grid, acrossB = -(long)(a.Y - c.Y) * Grid, acrossC = -(long)(b.Y - a.Y) * Grid;
        long downA = (long)(c.X - b.X) * Grid, downB = (long)(a.X - c.X) * Grid, downC = (long)(b.X - a.X) * Grid;
        float scale = (float)(1.0 / area);
        float towardsB = b.Nearness - a.Nearness;
        float towardsC = c.Nearness - a.Nearness;
        for (int y = top; y <= bottom; y++)
        {
            (long inA, long inB, long inC) = (rowA, rowB, rowC);
            int at = (y * buffer.Width) + left;
            for (int x = left; x <= right; x++, at++)
            {
                if ((inA | inB | inC) >= 0)
                {
                    float weightB = (inB + Bias(c, a)) * scale;
                    float weightC = (inC + Bias(a, b)) * scale;
                    float nearness = a.Nearness + (weightB * towardsB) + (weightC * towardsC);
                    if (nearness > buffer.Nearness[at])
                    {
                        buffer.Nearness[at] = nearness;
                        buffer.Triangles[at] = triangle;
                        weightsB[at] = weightB;
                        weightsC[at] = weightC;
                    }
                }

                inA += acrossA;
                inB += acrossB;
                inC += acrossC;
            }

            rowA += downA;
            rowB += downB;
            rowC += downC;
        }
    }

    // Twice the area of the triangle of an edge and a point; above 0 on the inner side.
    private static long Edge(ScreenVertex from, ScreenVertex to, int x, int y) =>
        ((long)(to.X - from.X) * (y - from.Y)) - ((long)(to.Y - from.Y) * (x - from.X));

    // 0 for top and left edges: those that run to the right exactly, or upwards.
    private static int Bias(ScreenVertex from, ScreenVertex to) => to.Y < from.Y || (to.Y == from.Y && to.X > from.X) ? 0 : 1;
}
