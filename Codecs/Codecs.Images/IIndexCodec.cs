using Codecs.Models.IndexMaps;

namespace Codecs.Images;

/// <summary>A picture codec whose latents are codebook indices: what packets need of it.</summary>
internal interface IIndexCodec : IPictureCodec
{
    /// <summary>Pixels per index and axis.</summary>
    int Stride { get; }

    /// <summary>Fewest and most bits of an index.</summary>
    (int Fewest, int Most) IndexBits { get; }

    /// <summary>The nearest codes of a latent.</summary>
    IndexMap Quantize(ImageLatent latent, int bits);

    /// <summary>The latent of indices.</summary>
    /// <exception cref="InvalidBitstreamException">No picture of this codec has indices of so many bits, or an index is outside the codebook.</exception>
    ImageLatent LatentOf(IndexMap map, int width, int height);

    /// <summary>Guesses lost indices.</summary>
    /// <param name="values">[rows, columns]; those of lost sites are replaced.</param>
    /// <param name="lost">True where nothing was received, [rows, columns].</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="watch">Cancellation.</param>
    /// <returns>For each site how likely its index is right; 1 where it was received.</returns>
    float[] Conceal(Span<ushort> values, ReadOnlySpan<bool> lost, int columns, int bits, CodecWatch watch);
}
