using Codecs.Training.Data;

namespace Codecs.Training.Nirvana;

/// <summary>Parts of random photographs of a cache.</summary>
/// <param name="cache">The cache.</param>
/// <param name="pictures">Those to draw from; at least one.</param>
internal sealed class PhotoViews(PhotoCache cache, IEnumerable<PhotoCache.Entry> pictures)
{
    private const int Room = 420; // for crops that move
    private const double MostZoom = 1.4;
    private readonly PhotoCache.Entry[] _pictures = LargeOnes([.. pictures]);

    /// <summary>Draws a part of a photograph.</summary>
    internal PhotoWindow Draw(Random random) => PhotoWindow.Cut(cache, _pictures[random.Next(_pictures.Length)], random);

    /// <summary>Draws a zoom: the pictures of the cache are scaled down already, so little more is needed for variety.</summary>
    internal static double Zoom(Random random) => 1 + (random.NextDouble() * (MostZoom - 1));

    /// <summary>A square that stands still.</summary>
    internal float[] Still(Random random, int size)
    {
        PhotoWindow window = Draw(random);
        double zoom = Zoom(random), half = size * zoom / 2;
        double x = half + (random.NextDouble() * Math.Max(0, window.Width - (2 * half))), y = half + (random.NextDouble() * Math.Max(0, window.Height - (2 * half)));
        return window.View(x, y, zoom, 0, size);
    }

    private static PhotoCache.Entry[] LargeOnes(PhotoCache.Entry[] pictures)
    {
        PhotoCache.Entry[] large = [.. pictures.Where(p => Math.Min(p.Width, p.Height) >= Room)];
        return large.Length > 0 ? large : pictures;
    }
}
