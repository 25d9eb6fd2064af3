namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Views of several models in one picture: a row a model, a column a camera, white between.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Rgb">uint8 [height, width, 3].</param>
public sealed record ContactSheet(int Width, int Height, ReadOnlyMemory<byte> Rgb)
{
    /// <summary>Takes the pictures and puts them together.</summary>
    /// <param name="models">From top to bottom, at least one.</param>
    /// <param name="cameras">From left to right, at least one; the same for all models, so that columns can be compared.</param>
    /// <param name="pass">What the pictures show.</param>
    /// <param name="options">Size of one picture; null for the defaults. Its passes do not count.</param>
    /// <param name="gap">White pixels between pictures, 0 or more.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">There is no model or no camera, or the sheet would have 2^31 bytes or more.</exception>
    public static ContactSheet Render(
        IReadOnlyList<RenderModel> models, IReadOnlyList<Camera> cameras, RenderPass pass, RenderOptions? options = null, int gap = 4, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(cameras);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        RenderOptions tile = (options ?? new()) with { Passes = pass };
        long width = (cameras.Count * ((long)tile.Width + gap)) - gap;
        long height = (models.Count * ((long)tile.Height + gap)) - gap;
        if (models.Count == 0 || cameras.Count == 0 || width > int.MaxValue || height > int.MaxValue || width * height > Array.MaxLength / 3)
        {
            throw new ArgumentException($"At least one model and one camera, and a sheet below 2^31 bytes are needed, found {models.Count} and {cameras.Count} of {tile.Width}x{tile.Height} pixels.");
        }

        byte[] rgb = new byte[width * height * 3];
        Array.Fill(rgb, byte.MaxValue);
        FixedChunks.Run(models.Count * cameras.Count, 1, workers, (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                (int row, int column) = (i / cameras.Count, i % cameras.Count);
                ReadOnlySpan<byte> picture = Rasterizer.Render(models[row], cameras[column], tile).Picture(pass).Span;
                for (int y = 0; y < tile.Height; y++)
                {
                    long at = ((((long)row * (tile.Height + gap)) + y) * width) + ((long)column * (tile.Width + gap));
                    picture.Slice(y * tile.Width * 3, tile.Width * 3).CopyTo(rgb.AsSpan((int)(at * 3)));
                }
            }
        });

        return new ContactSheet((int)width, (int)height, rgb);
    }
}
