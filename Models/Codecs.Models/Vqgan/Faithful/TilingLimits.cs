namespace Codecs.Models.Vqgan.Faithful;

/// <summary>When a picture goes through the networks in tiles.</summary>
/// <param name="WholePixels">Pictures up to so many pixels go through at once, exactly as published; larger ones in tiles.</param>
/// <param name="TilePixels">Side of a tile.</param>
/// <param name="OverlapPixels">What neighbouring tiles share.</param>
internal readonly record struct TilingLimits(long WholePixels, int TilePixels, int OverlapPixels)
{
    /// <summary>About 3 kB of memory a pixel with 128 channels at full resolution, so 3 GB at most beside the weights.</summary>
    internal static TilingLimits Usual { get; } = new(WholePixels: 1 << 20, TilePixels: 1024, OverlapPixels: 192);
}
