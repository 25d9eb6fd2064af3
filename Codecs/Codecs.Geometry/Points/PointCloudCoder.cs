using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Geometry.Scenes;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Points;

/// <summary>Codes point clouds: places on a grid by an octree, colours as bytes of sRGB, normals as octahedral coordinates. The payload: README.</summary>
/// <remarks>Points come back in the order of the octree, all of them, also those that share a place. Static methods, no state.</remarks>
internal static class PointCloudCoder
{
    private const CheckMode Check = CheckMode.Check31;
    private const int ColorBits = 8;

    /// <summary>Encodes a cloud.</summary>
    /// <param name="cloud">The points.</param>
    /// <param name="options">Bits of positions and normals; whether colours are carried.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="MediaException">A coordinate is not finite.</exception>
    public static EncodedPoints Encode(PointCloud cloud, GeometryEncoderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        options ??= GeometryEncoderOptions.Default;
        GridFrame frame = Fit(cloud.Positions, options.PositionBits);
        ulong[] codes = CodesOf(cloud, frame, out int[] order);
        bool hasColors = options.Color && cloud.Colors is not null;
        int[] alphas = hasColors ? Alphas(cloud.Colors!, order) : [];
        bool hasAlpha = alphas.Any(a => a != 255);
        var header = new PointHeader(cloud.Count, frame, hasColors, hasAlpha, cloud.Normals is null ? 0 : options.NormalBits);
        var coded = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(coded);
        var port = new WritingPort(encoder);
        var parts = new List<(string Part, long Bytes)>();
        if (cloud.Count > 0)
        {
            ulong[] cells = Cells(codes, out int[] counts);
            new OctreeCoder().Run(port, frame.Bits, cloud.Count, cells);
            CodeCounts(port, counts, cloud.Count);
            Note("positions");
            cancellation.ThrowIfCancellationRequested();
            int[] places = PlacesOf(codes);
            if (hasColors)
            {
                new PointValueCoder(hasAlpha ? 4 : 3, ColorBits, true).Run(port, places, Colors(cloud.Colors!, order, hasAlpha ? alphas : null));
                Note("colors");
            }

            if (cloud.Normals is not null)
            {
                new PointValueCoder(2, header.NormalBits, false).Run(port, places, Normals(cloud.Normals, order, header.NormalBits));
                Note("normals");
            }
        }

        var writer = new PayloadWriter();
        header.Write(writer);
        encoder.Bind(writer.Written);
        _ = encoder.Finish(Check);
        writer.Bytes(coded.WrittenSpan);
        byte[] payload = writer.ToArray();
        parts.Add(("framing", payload.Length - parts.Sum(p => p.Bytes)));
        return new EncodedPoints(payload, [.. parts.OrderByDescending(p => p.Bytes)], frame.Step);

        void Note(string part)
        {
            encoder.Flush();
            parts.Add((part, coded.WrittenCount - parts.Sum(p => p.Bytes)));
        }
    }

    /// <summary>Decodes a cloud.</summary>
    /// <param name="payload">The bytes; must not change meanwhile.</param>
    /// <param name="limits">Limit on points; null for the default.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">There are more points than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version.</exception>
    public static PointCloud Decode(ReadOnlyMemory<byte> payload, SceneLimits? limits = null)
    {
        var cursor = new PayloadCursor(payload, "A point cloud");
        PointHeader header = PointHeader.Read(cursor, payload.Length, limits ?? SceneLimits.Default);
        int start = cursor.Position, count = header.Count;
        var decoder = new RangeDecoder(cursor.Rest(), Check);
        var port = new ReadingPort(decoder);
        float[] positions = new float[3 * count];
        float[]? colors = header.HasColors ? new float[4 * count] : null, normals = header.NormalBits > 0 ? new float[3 * count] : null;
        if (count > 0)
        {
            ulong[] cells = new OctreeCoder().Run(port, header.Frame.Bits, count, null);
            int[] places = PlacesOf(Repeat(cells, CodeCounts(port, new int[cells.Length], count), count));
            for (int i = 0; i < places.Length; i++)
            {
                positions[i] = (float)header.Frame.Coordinate(i % 3, places[i]);
            }

            if (colors is not null)
            {
                int width = header.HasAlpha ? 4 : 3;
                int[] values = new int[width * count];
                new PointValueCoder(width, ColorBits, true).Run(port, places, values);
                Linear(values, width, colors);
            }

            if (normals is not null)
            {
                int[] values = new int[2 * count];
                new PointValueCoder(2, header.NormalBits, false).Run(port, places, values);
                for (int i = 0; i < count; i++)
                {
                    (double x, double y, double z) = Octahedral.Decode(values[2 * i], values[2 * i + 1], header.NormalBits);
                    new Vec3(x, y, z).Store(normals, i);
                }
            }
        }

        decoder.Bind(payload.Span[..start]);
        decoder.Finish().ThrowIfFailed("points");
        return new PointCloud(positions) { Colors = colors, Normals = normals };
    }

    // Of float32 numbers, the step rounded up so that the last point has a place.
    private static GridFrame Fit(float[] positions, int bits)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            if (!float.IsFinite(positions[i]))
            {
                throw new MediaException($"Point {i / 3} has the coordinate {positions[i]}; expected finite numbers.");
            }
        }

        GridFrame exact = GridFrame.Fit(positions, bits);
        float step = (float)exact.Step;
        return exact with { Step = Math.Clamp(step < exact.Step ? MathF.BitIncrement(step) : step, float.Epsilon, float.MaxValue) };
    }

    private static ulong[] CodesOf(PointCloud cloud, GridFrame frame, out int[] order)
    {
        ulong[] codes = new ulong[cloud.Count];
        order = new int[cloud.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            ReadOnlySpan<float> at = cloud.Positions.AsSpan(3 * i, 3);
            codes[i] = Morton.Code(frame.Place(0, at[0]), frame.Place(1, at[1]), frame.Place(2, at[2]));
            order[i] = i;
        }

        Array.Sort(codes, order);
        // Points of one place keep their order.
        for (int start = 0, end; start < codes.Length; start = end)
        {
            for (end = start + 1; end < codes.Length && codes[end] == codes[start]; end++)
            {
            }

            Array.Sort(order, start, end - start);
        }

        return codes;
    }

    private static ulong[] Cells(ulong[] codes, out int[] counts)
    {
        List<ulong> cells = [];
        List<int> numbers = [];
        foreach (ulong code in codes)
        {
            if (cells.Count > 0 && cells[^1] == code)
            {
                numbers[^1]++;
            }
            else
            {
                cells.Add(code);
                numbers.Add(1);
            }
        }

        counts = [.. numbers];
        return [.. cells];
    }

    // How many points each cell has.
    private static int[] CodeCounts<TPort>(TPort port, int[] counts, int points)
        where TPort : struct, IBitPort
    {
        if (points == counts.Length)
        {
            Array.Fill(counts, 1);
            return counts;
        }

        var more = new ExpGolombBits(2, points);
        long left = points;
        int context = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = more.Code(port, context, counts[i] - 1) + 1;
            context = counts[i] > 1 ? 1 : 0;
            left -= counts[i];
        }

        return left == 0 ? counts : throw new InvalidBitstreamException($"The cells have {points - left} points, {points} are declared: damaged data.");
    }

    private static ulong[] Repeat(ulong[] cells, int[] counts, int points)
    {
        ulong[] codes = new ulong[points];
        for (int i = 0, at = 0; i < cells.Length; i++)
        {
            codes.AsSpan(at, counts[i]).Fill(cells[i]);
            at += counts[i];
        }

        return codes;
    }

    private static int[] PlacesOf(ulong[] codes)
    {
        int[] places = new int[3 * codes.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Morton.Axis(codes[i / 3], i % 3);
        }

        return places;
    }

    private static int[] Alphas(float[] colors, int[] order) => [.. order.Select(i => Byte(colors[4 * i + 3]))];

    // Green first: it tells most of the others.
    private static int[] Colors(float[] colors, int[] order, int[]? alphas)
    {
        int width = alphas is null ? 3 : 4;
        int[] values = new int[width * order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int from = 4 * order[i], to = width * i;
            (values[to], values[to + 1], values[to + 2]) = (Encoded(colors[from + 1]), Encoded(colors[from]), Encoded(colors[from + 2]));
            if (alphas is not null)
            {
                values[to + 3] = alphas[i];
            }
        }

        return values;
    }

    private static void Linear(int[] values, int width, float[] colors)
    {
        for (int i = 0; i < colors.Length / 4; i++)
        {
            ReadOnlySpan<int> from = values.AsSpan(width * i, width);
            colors[4 * i] = SrgbCurve.ToLinear((byte)from[1]);
            colors[4 * i + 1] = SrgbCurve.ToLinear((byte)from[0]);
            colors[4 * i + 2] = SrgbCurve.ToLinear((byte)from[2]);
            colors[4 * i + 3] = width == 4 ? from[3] / 255f : 1;
        }
    }

    private static int[] Normals(float[] normals, int[] order, int bits)
    {
        int[] values = new int[2 * order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            ReadOnlySpan<float> n = normals.AsSpan(3 * order[i], 3);
            (values[2 * i], values[2 * i + 1]) = Octahedral.Encode((double)n[0], n[1], n[2], bits);
        }

        return values;
    }

    private static int Byte(float value) => float.IsFinite(value) ? (int)(Math.Clamp(value, 0, 1) * 255 + 0.5f) : 0;

    private static int Encoded(float linear) => float.IsFinite(linear) ? SrgbCurve.ToByte(linear) : 0;
}
