using System.Runtime.Intrinsics;
using Codecs.Models.Layers;

namespace Codecs.Models.Wavelets;

/// <summary>The full wavelet packet transform of an 8-bit RGB picture, three levels, tile by tile; the buffers of one thread.</summary>
/// <remarks>
/// <para>Channel 64 · colour + 16 f_1 + 4 f_2 + f_3, f = 2 · (high along the row) + (high along the column): WaLLoC's natural order. Both directions are
/// <see cref="PacketLanes"/>; as they act on different axes, all levels of one can go before all of the other.</para>
/// <para>A tile is 16 rows of cells (a cell is 8 x 8 pixels). Down the columns, 16 lanes are 16 neighbouring bytes of the interleaved rows, so nothing needs
/// to be taken apart. A transposition makes lanes of the 16 cell rows, for the way along the rows and for the matrix behind it. Tiles overlap by
/// the transform's reach; only where the picture ends are a tile's mirrored ends those of the picture, so tiles do not show.</para>
/// </remarks>
internal sealed class WaveletPacket2D
{
    /// <summary>Wavelet levels.</summary>
    internal const int Levels = 3;

    /// <summary>Pixels of a cell and axis.</summary>
    internal const int Cell = 1 << Levels;

    /// <summary>Channels of a cell.</summary>
    internal const int Channels = 3 * Cell * Cell;

    /// <summary>Cell rows of a tile of analysis.</summary>
    internal const int AnalysisRows = Lanes;

    /// <summary>Cell rows of a tile of synthesis: the lanes hold those that it needs around them, too.</summary>
    internal const int SynthesisRows = Lanes - Before - After;

    /// <summary>Cell columns of a tile: with them, all lines of a tile fit a second-level cache and one line the first.</summary>
    internal const int Columns = 48;

    private const int Lanes = Panel.Lanes, Before = PacketLanes.Before, After = PacketLanes.After;

    // A line: one phase of the rows and one colour, all columns, 16 cell rows in the lanes. The pad keeps lines off each other's cache sets, and holds
    // what the last vector of a row has too much.
    private const int LineRows = ((Columns + Before + After) * Cell) + Cell, Lines = 3 * Cell, Line = LineRows * Lanes;

    private static readonly float[] s_scales = PacketLanes.Scales(Levels);
    private static readonly int[] s_channels = ChannelOrder();
    private readonly float[] _lines = new float[Lines * Line];
    private readonly float[] _columns = new float[Math.Max((Lanes + Before + After) * Cell, Channels) * Lanes]; // 16 neighbouring columns, or a cell's channels
    private int _left; // first cell column in the lines

    /// <summary>Transforms a tile of a picture, mirrored up to whole cells; <see cref="CopyPanel"/> then gives the coefficients.</summary>
    /// <param name="rgb">Interleaved rows.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="row">First cell row.</param>
    /// <param name="column">First cell column.</param>
    internal void Analyze(ReadOnlySpan<byte> rgb, int width, int height, int row, int column)
    {
        (int top, int bottom) = Around(row, AnalysisRows, Cells(height));
        (_left, int right) = Around(column, Columns, Cells(width));
        int samples = (right - _left) * Cell * 3, samplesLeft = _left * Cell * 3;
        Span<float> columns = _columns.AsSpan(0, (bottom - top) * Cell * Lanes);
        Span<int> from = stackalloc int[Lanes], to = stackalloc int[Lanes];
        for (int s = 0; s < samples; s += Lanes)
        {
            for (int y = 0; y < columns.Length / Lanes; y++)
            {
                ReadOnlySpan<byte> pixels = rgb.Slice(Mirror((top * Cell) + y, height) * width * 3, width * 3);
                Load(pixels, samplesLeft + s, columns.Slice(y * Lanes, Lanes));
            }

            PacketLanes.Analyze(columns, Levels);
            for (int phase = 0; phase < Cell; phase++)
            {
                CellRows(from, row - top, phase, (bottom - top) - 1);
                LineStarts(to, s, phase);
                Panel.Transpose(_columns, from, _lines, to);
            }
        }

        for (int line = 0; line < Lines; line++)
        {
            PacketLanes.Analyze(_lines.AsSpan(line * Line, (right - _left) * Cell * Lanes), Levels);
        }
    }

    /// <summary>The coefficients of one column of cells of the tile.</summary>
    /// <param name="column">Cell column.</param>
    /// <param name="panel">Receives [192, 16], the tile's cell rows in the lanes.</param>
    internal void CopyPanel(int column, Span<float> panel)
    {
        int at = (column - _left) * Cell * Lanes;
        for (int channel = 0; channel < Channels; channel++)
        {
            (int line, int phase) = (channel / Cell, channel % Cell);
            var scale = Vector256.Create(s_scales[line % Cell] * s_scales[phase]);
            ReadOnlySpan<float> from = _lines.AsSpan((line * Line) + at + (phase * Lanes), Lanes);
            Span<float> to = panel.Slice(s_channels[channel] * Lanes, Lanes);
            (Vector256.Create(from) * scale).CopyTo(to);
            (Vector256.Create(from[8..]) * scale).CopyTo(to[8..]);
        }
    }

    /// <summary>Writes the pixels of a tile, rounded and clamped, as far as the picture goes.</summary>
    /// <param name="packets">[rows, columns, 192], the whole picture's.</param>
    /// <param name="row">First cell row.</param>
    /// <param name="column">First cell column.</param>
    /// <param name="rgb">Receives interleaved rows.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    internal void Synthesize(ReadOnlySpan<float> packets, int row, int column, Span<byte> rgb, int width, int height)
    {
        (int top, int bottom) = Around(row, SynthesisRows, Cells(height));
        (_left, int right) = Around(column, Columns, Cells(width));
        TakePackets(packets, top, bottom, right, Cells(width));
        for (int line = 0; line < Lines; line++)
        {
            PacketLanes.Synthesize(_lines.AsSpan(line * Line, (right - _left) * Cell * Lanes), Levels);
        }

        int first = (column - _left) * Cell * 3, end = Math.Min((column + Columns) * Cell, width) * 3, samplesLeft = _left * Cell * 3;
        int lastRow = Math.Min((row + SynthesisRows) * Cell, height);
        Span<float> columns = _columns.AsSpan(0, (bottom - top) * Cell * Lanes);
        Span<int> from = stackalloc int[Lanes], to = stackalloc int[Lanes];
        for (int s = first; s < end - samplesLeft; s += Lanes)
        {
            for (int phase = 0; phase < Cell; phase++)
            {
                LineStarts(from, s, phase);
                CellRows(to, 0, phase, Lanes - 1);
                Panel.Transpose(_lines, from, _columns, to);
            }

            PacketLanes.Synthesize(columns, Levels);
            int count = Math.Min(Lanes, end - samplesLeft - s);
            for (int y = row * Cell; y < lastRow; y++)
            {
                Store(columns.Slice((y - (top * Cell)) * Lanes, Lanes), rgb.Slice((y * width * 3) + samplesLeft + s, count));
            }
        }
    }

    /// <summary>Cells that hold so many pixels.</summary>
    internal static int Cells(int pixels) => (pixels + Cell - 1) / Cell;

    // Packets of up to 16 cell rows into the lines, without their scale.
    private void TakePackets(ReadOnlySpan<float> packets, int top, int bottom, int right, int columns)
    {
        Span<float> panel = _columns.AsSpan(0, Channels * Lanes);
        Span<int> from = stackalloc int[Lanes], to = stackalloc int[Lanes];
        for (int column = _left; column < right; column++)
        {
            for (int block = 0; block < Channels; block += Lanes)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    // Lanes past the last row repeat it; nobody asks for them.
                    from[lane] = (((Math.Min(top + lane, bottom - 1) * columns) + column) * Channels) + block;
                    to[lane] = (block + lane) * Lanes;
                }

                Panel.Transpose(packets, from, panel, to);
            }

            for (int channel = 0; channel < Channels; channel++)
            {
                (int line, int phase) = (channel / Cell, channel % Cell);
                var scale = Vector256.Create(1 / (s_scales[line % Cell] * s_scales[phase]));
                ReadOnlySpan<float> row = panel.Slice(s_channels[channel] * Lanes, Lanes);
                Span<float> place = _lines.AsSpan((line * Line) + ((((column - _left) * Cell) + phase) * Lanes), Lanes);
                (Vector256.Create(row) * scale).CopyTo(place);
                (Vector256.Create(row[8..]) * scale).CopyTo(place[8..]);
            }
        }
    }

    private static (int First, int End) Around(int first, int count, int all) => (Math.Max(0, first - Before), Math.Min(all, first + count + After));

    // Where the rows of one phase of the 16 cell rows from the first on are in the columns; past the last one, the last again.
    private static void CellRows(Span<int> starts, int first, int phase, int last)
    {
        for (int i = 0; i < Lanes; i++)
        {
            starts[i] = ((Math.Min(first + i, last) * Cell) + phase) * Lanes;
        }
    }

    // Where 16 samples of the interleaved rows of one phase are in the lines: colours alternate.
    private static void LineStarts(Span<int> starts, int sample, int phase)
    {
        for (int i = 0; i < Lanes; i++)
        {
            (int x, int colour) = Math.DivRem(sample + i, 3);
            starts[i] = (((colour * Cell) + phase) * Line) + (x * Lanes);
        }
    }

    // 16 bytes as floats from -0.5 to 0.5; beyond the right edge the picture is mirrored.
    private static void Load(ReadOnlySpan<byte> row, int at, Span<float> lanes)
    {
        if (at > row.Length - Lanes)
        {
            for (int i = 0; i < Lanes; i++)
            {
                (int x, int colour) = Math.DivRem(at + i, 3);
                lanes[i] = Unit(row[(Mirror(x, row.Length / 3) * 3) + colour]);
            }

            return;
        }

        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(row.Slice(at, Lanes)));
        Unit(low).CopyTo(lanes);
        Unit(high).CopyTo(lanes[8..]);
    }

    private static Vector256<float> Unit(Vector128<ushort> bytes)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(bytes);
        return Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()), Vector256.Create(1 / 255f), Vector256.Create(-0.5f));
    }

    private static float Unit(byte value) => (value * (1 / 255f)) - 0.5f;

    private static void Store(ReadOnlySpan<float> lanes, Span<byte> pixels)
    {
        if (pixels.Length < Lanes)
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)Math.Clamp(MathF.Round((lanes[i] + 0.5f) * 255), 0, 255);
            }

            return;
        }

        Vector128<ushort> low = Bytes(Vector256.Create(lanes)), high = Bytes(Vector256.Create(lanes[8..]));
        Vector128.Narrow(low, high).CopyTo(pixels);
    }

    private static Vector128<ushort> Bytes(Vector256<float> units)
    {
        Vector256<float> rounded = Vector256.Round((units + Vector256.Create(0.5f)) * Vector256.Create(255f));
        Vector256<int> clamped = Vector256.ConvertToInt32(Vector256.Clamp(rounded, Vector256<float>.Zero, Vector256.Create(255f)));
        return Vector128.Narrow(clamped.GetLower().AsUInt32(), clamped.GetUpper().AsUInt32());
    }

    private static int Mirror(int at, int size) => at < size ? at : Math.Max(0, (2 * size) - 1 - at);

    // From (colour, row phase, column phase) to the channel: bit j of a phase is split j.
    private static int[] ChannelOrder()
    {
        int[] channels = new int[Channels];
        for (int i = 0; i < Channels; i++)
        {
            int down = i / Cell % Cell, across = i % Cell, channel = i / (Cell * Cell);
            for (int level = 0; level < Levels; level++)
            {
                channel = (4 * channel) + (2 * (across >> level & 1)) + (down >> level & 1);
            }

            channels[i] = channel;
        }

        return channels;
    }
}
