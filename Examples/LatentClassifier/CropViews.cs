using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Examples.LatentClassifier;

/// <summary>Inputs of one kind: float32 [crops, Channels, Grid, Grid], row-major.</summary>
internal sealed record View(string Name, int Channels, int Grid, float[] Values);

/// <summary>The same crops in every kind of view, and the class of each crop.</summary>
internal sealed record Samples(IReadOnlyList<View> Views, long[] Labels);

/// <summary>Shows the same crops in two ways that cost the same number of values.</summary>
internal sealed class CropViews(ImageCodec codec, int quality)
{
    /// <summary>Values of a view.</summary>
    internal const int Values = 3072;

    // Latents of 16 x 16 positions, pooled to 8 x 8; thumbnails of 32 x 32 pixels, each 2 x 2 of them side by side as channels.
    private const int CropSize = 128, LatentGrid = 8, LatentChannels = 48, MeanChannels = 3, Shrink = 4, ThumbnailGrid = 16, ThumbnailChannels = 12;
    private long _bytes, _crops;

    /// <summary>Mean size of a crop's .ncf file.</summary>
    internal double BytesPerCrop => (double)_bytes / _crops;

    /// <summary>Draws crops of every texture.</summary>
    internal Samples Draw(IReadOnlyList<Texture> textures, Side side, int cropsOfEach, Random random)
    {
        int count = textures.Count * cropsOfEach;
        var latents = new View("latents, 48 x 8 x 8", LatentChannels, LatentGrid, new float[count * Values]);
        var thumbnails = new View("thumbnails, 32 x 32 x 3", ThumbnailChannels, ThumbnailGrid, new float[count * Values]);
        long[] labels = new long[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % textures.Count;
            Image crop = textures[(int)labels[i]].Crop(CropSize, side, random);
            AddLatent(crop, latents.Values.AsSpan(i * Values, Values));
            AddThumbnail(crop, thumbnails.Values.AsSpan(i * Values, Values));
        }

        return new Samples([latents, thumbnails], labels);
    }

    // Through a file and back: a classifier that never sees pixels. Each latent channel is one pattern of 8 x 8 pixels, sorted by energy; its mean
    // size over 2 x 2 positions says how much of that pattern is there. The first three are means of colour and keep their sign.
    private void AddLatent(Image crop, Span<float> target)
    {
        byte[] file = codec.EncodeLatent(codec.Analyze(crop, quality));
        ImageLatent latent = codec.DecodeLatent(file);
        for (int y = 0; y < latent.Rows; y++)
        {
            for (int x = 0; x < latent.Columns; x++)
            {
                for (int c = 0; c < LatentChannels; c++)
                {
                    float value = latent.Values[(((y * latent.Columns) + x) * latent.Channels) + c];
                    target[(((c * LatentGrid) + (y / 2)) * LatentGrid) + (x / 2)] += (c < MeanChannels ? value : Math.Abs(value)) / 4;
                }
            }
        }

        _bytes += file.Length;
        _crops++;
    }

    private static void AddThumbnail(Image crop, Span<float> target)
    {
        ReadOnlySpan<byte> pixels = crop.Pixels.Span;
        for (int y = 0; y < CropSize; y++)
        {
            for (int x = 0; x < CropSize; x++)
            {
                int row = y / Shrink, column = x / Shrink;
                for (int c = 0; c < 3; c++)
                {
                    int channel = (c * 4) + (2 * (row % 2)) + (column % 2);
                    target[(((channel * ThumbnailGrid) + (row / 2)) * ThumbnailGrid) + (column / 2)] += pixels[(((y * CropSize) + x) * 3) + c] / (255f * Shrink * Shrink);
                }
            }
        }
    }
}
