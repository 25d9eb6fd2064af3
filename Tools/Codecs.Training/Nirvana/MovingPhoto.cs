using Codecs.Formats.Media;

namespace Codecs.Training.Nirvana;

/// <summary>A clip made of photographs: one drifts, turns and grows; a disc of another may fly over it; there may be grain.</summary>
internal sealed class MovingPhoto
{
    private const double FastestDrift = 10, FastestDisc = 12, MostZoomPerFrame = 0.01, MostTurnPerFrame = 0.005; // pixels, pixels, of 1, radians
    private const double SceneRoom = 1.5, DiscZoom = 1.3, SmallestDisc = 15, LargestDisc = 65, MostGrain = 3, LumaOfRgb = 219.0 / 255;
    private readonly PhotoWindow _scene;
    private readonly PhotoWindow? _disc;
    private readonly Random _random;
    private readonly int _size;
    private readonly (double X, double Y) _sceneStart;
    private readonly (double X, double Y) _drift;
    private readonly (double X, double Y) _discStart;
    private readonly (double X, double Y) _discTexture;
    private readonly (double X, double Y) _flight;
    private readonly double _zoom;
    private readonly double _growth;
    private readonly double _turn;
    private readonly double _radius;
    private readonly double _grain;

    /// <param name="scene">What fills the frame.</param>
    /// <param name="other">What the disc shows.</param>
    /// <param name="random">Draws everything else, grain included.</param>
    /// <param name="size">Columns and rows, even.</param>
    internal MovingPhoto(PhotoWindow scene, PhotoWindow other, Random random, int size)
    {
        (_scene, _random, _size) = (scene, random, size);
        _disc = random.Next(2) == 0 ? other : null;
        _zoom = PhotoViews.Zoom(random);
        _drift = Direction(random, Math.Pow(random.NextDouble(), 2) * FastestDrift);
        _growth = Around(random, MostZoomPerFrame);
        _turn = Around(random, MostTurnPerFrame);
        _sceneStart = Place(random, scene, size * _zoom * SceneRoom);
        _flight = Direction(random, random.NextDouble() * FastestDisc);
        _discStart = (random.NextDouble() * size, random.NextDouble() * size);
        _discTexture = Place(random, other, size * DiscZoom);
        _radius = SmallestDisc + (random.NextDouble() * (LargestDisc - SmallestDisc));
        _grain = random.Next(3) == 0 ? random.NextDouble() * MostGrain : 0;
    }

    /// <summary>A frame, 8-bit 4:2:0.</summary>
    internal VideoFrame Frame(int time)
    {
        float[] view = _scene.View(
            _sceneStart.X + (_drift.X * time), _sceneStart.Y + (_drift.Y * time), _zoom * (1 + (_growth * time)), _turn * time, _size);
        if (_disc is not null)
        {
            AddDisc(view, _disc.View(_discTexture.X - (_flight.X * time), _discTexture.Y - (_flight.Y * time), DiscZoom, 0, _size), time);
        }

        if (_grain > 0)
        {
            AddGrain(view);
        }

        return ViewFrames.ToYuv420(view, _size);
    }

    private static double Around(Random random, double most) => ((2 * random.NextDouble()) - 1) * most;

    // The middle of a square of so many pixels somewhere inside.
    private static (double X, double Y) Place(Random random, PhotoWindow window, double side) => (
        (window.Width / 2.0) + Around(random, Math.Max(0, window.Width - side) / 2), (window.Height / 2.0) + Around(random, Math.Max(0, window.Height - side) / 2));

    private static (double X, double Y) Direction(Random random, double length)
    {
        double angle = random.NextDouble() * Math.Tau;
        return (Math.Cos(angle) * length, Math.Sin(angle) * length);
    }

    // What it shows moves with it: a pixel of the frame is DiscZoom pixels of the texture.
    private void AddDisc(float[] view, float[] texture, int time)
    {
        double x = _discStart.X + (_flight.X * time / DiscZoom), y = _discStart.Y + (_flight.Y * time / DiscZoom);
        for (int i = 0; i < _size * _size; i++)
        {
            double dx = (i % _size) - x, dy = (i / _size) - y;
            float cover = (float)Math.Clamp(_radius - Math.Sqrt((dx * dx) + (dy * dy)) + 0.5, 0, 1);
            for (int at = i * 3; cover > 0 && at < (i * 3) + 3; at++)
            {
                view[at] += cover * (texture[at] - view[at]);
            }
        }
    }

    // The same in all colours is noise of luma alone.
    private void AddGrain(float[] view)
    {
        for (int at = 0; at < view.Length; at += 3)
        {
            float noise = (float)((_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5) * 2 * _grain / LumaOfRgb);
            view[at] += noise;
            view[at + 1] += noise;
            view[at + 2] += noise;
        }
    }
}
