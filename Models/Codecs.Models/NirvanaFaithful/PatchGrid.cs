namespace Codecs.Models.NirvanaFaithful;

/// <summary>How a frame is cut into patches of 32x32 pixels, and put together again.</summary>
/// <remarks>
/// Raster order, no overlap. What is missing to a multiple of 32 goes half to each side, the odd pixel to the right or the bottom. Pixels outside the frame
/// continue it by its nearest pixel and weigh nothing in a loss. As published, except that there the padding is black and counts.
/// </remarks>
/// <param name="Width">Columns of the frame.</param>
/// <param name="Height">Rows of the frame.</param>
internal sealed record PatchGrid(int Width, int Height)
{
    private const int Size = NirvanaShape.Patch;

    /// <summary>Patches in a row of patches.</summary>
    internal int Columns => (Width + Size - 1) / Size;

    /// <summary>Rows of patches.</summary>
    internal int Rows => (Height + Size - 1) / Size;

    /// <summary>Patches of a frame.</summary>
    internal int Count => Columns * Rows;

    private int Left => ((Columns * Size) - Width) / 2;

    private int Top => ((Rows * Size) - Height) / 2;

    /// <summary>The networks' inputs: centre of each patch, row then column, from -1 to 1 over the padded frame.</summary>
    /// <returns>[<see cref="Count"/>, 2].</returns>
    internal float[] Coordinates()
    {
        float[] centres = new float[Count * 2];
        for (int i = 0; i < Count; i++)
        {
            centres[2 * i] = Normalize(i / Columns, Rows);
            centres[(2 * i) + 1] = Normalize(i % Columns, Columns);
        }

        return centres;
    }

    /// <summary>1 for the pixels of each patch that lie in the frame, 0 for those that do not.</summary>
    /// <returns>[<see cref="Count"/>, 32, 32].</returns>
    internal float[] Mask()
    {
        float[] mask = new float[Count * Size * Size];
        for (int i = 0; i < mask.Length; i++)
        {
            (int row, int column) = Position(i / (Size * Size), i % (Size * Size));
            mask[i] = row >= 0 && row < Height && column >= 0 && column < Width ? 1 : 0;
        }

        return mask;
    }

    /// <summary>Cuts frames into patches.</summary>
    /// <param name="frames">Planar 8-bit RGB, [3, height, width] each; as many as a group has.</param>
    /// <returns>Samples from 0 to 1, [<see cref="Count"/>, frames x 3, 32, 32].</returns>
    internal float[] Cut(IReadOnlyList<byte[]> frames)
    {
        const int Volume = NirvanaShape.Frames * NirvanaShape.Colors, Area = Size * Size;
        float[] patches = new float[Count * Volume * Area];
        for (int i = 0; i < patches.Length; i++)
        {
            int plane = i / Area % Volume;
            (int row, int column) = Position(i / (Area * Volume), i % Area);
            int at = (((plane % NirvanaShape.Colors * Height) + Math.Clamp(row, 0, Height - 1)) * Width) + Math.Clamp(column, 0, Width - 1);
            patches[i] = frames[plane / NirvanaShape.Colors][at] * (1f / 255);
        }

        return patches;
    }

    /// <summary>Puts patches where they belong; what lies outside the frame is dropped.</summary>
    /// <param name="patches">Samples, 0..255, [patches, frames x 3, 32, 32].</param>
    /// <param name="first">Number of the first patch.</param>
    /// <param name="frames">Planar RGB, changed in place.</param>
    internal void Place(ReadOnlySpan<byte> patches, int first, IReadOnlyList<byte[]> frames)
    {
        int area = Size * Size, volume = frames.Count * NirvanaShape.Colors;
        for (int i = 0; i < patches.Length; i++)
        {
            int plane = i / area % volume;
            (int row, int column) = Position(first + (i / (area * volume)), i % area);
            if (row >= 0 && row < Height && column >= 0 && column < Width)
            {
                frames[plane / NirvanaShape.Colors][(((plane % NirvanaShape.Colors * Height) + row) * Width) + column] = patches[i];
            }
        }
    }

    private static float Normalize(int patch, int patches) => (2f * ((patch * Size) + (Size / 2)) / ((patches * Size) - 1)) - 1;

    private (int Row, int Column) Position(int patch, int pixel) =>
        ((patch / Columns * Size) + (pixel / Size) - Top, (patch % Columns * Size) + (pixel % Size) - Left);
}
