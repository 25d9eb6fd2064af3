using Codecs.Formats.Media;
using Codecs.Training.Data;

namespace Codecs.Training.Nirvana;

/// <summary>Draws what to code: a fifth stills, half of them RGB; nearly half cuts of videos; the rest photographs in motion.</summary>
/// <remarks>Of the few videos that there are, large ones are drawn more often, by the square root of their pixels.</remarks>
internal sealed class SequenceSampler
{
    /// <summary>Columns and rows of all sequences.</summary>
    internal const int Size = 160;

    private const double Stills = 0.2, Videos = 0.45;
    private const int LowestRate = 18, HighestRate = 61, DistanceOctaves = 4;
    private const int HeldOutDistance = 4;
    private readonly VideoCache _videos;
    private readonly PhotoViews _photos;
    private readonly PhotoViews? _heldOut;
    private readonly double[] _cumulativeWeights;

    internal SequenceSampler(PhotoCache photos, VideoCache videos)
    {
        _videos = videos;
        _photos = new PhotoViews(photos, photos.Training);
        _heldOut = photos.HeldOut.Any() ? new PhotoViews(photos, photos.HeldOut) : null;
        _cumulativeWeights = new double[videos.Clips.Count];
        double sum = 0;
        for (int i = 0; i < _cumulativeWeights.Length; i++)
        {
            VideoCache.Clip clip = videos.Clips[i];
            sum += Math.Sqrt((double)clip.Width * clip.Height * clip.Frames);
            _cumulativeWeights[i] = sum;
        }
    }

    /// <summary>Draws a sequence to learn from.</summary>
    internal TrainingSequence Draw(Random random)
    {
        int rate = random.Next(LowestRate, HighestRate + 1);
        double kind = random.NextDouble();
        if (kind < Stills)
        {
            return Still(random, rate);
        }

        int distance = 1 << random.Next(DistanceOctaves);
        return kind < Stills + Videos ? Cut(random, rate, distance) : Moving(_photos, random, rate, distance);
    }

    /// <summary>Draws held-out photographs in motion; null when there are none.</summary>
    internal TrainingSequence? DrawHeldOut(Random random, int rate) => _heldOut is null ? null : Moving(_heldOut, random, rate, HeldOutDistance);

    private static TrainingSequence Moving(PhotoViews photos, Random random, int rate, int distance) => new(
        ViewFrames.Yuv420(Size), rate, distance, new MovingPhoto(photos.Draw(random), photos.Draw(random), random, Size).Frame);

    private static void Mirror(VideoFrame frame)
    {
        for (int p = 0; p < frame.Format.PlaneCount; p++)
        {
            Span<byte> plane = frame.Plane(p);
            int columns = frame.Format.PlaneWidth(p);
            for (int start = 0; start < plane.Length; start += columns)
            {
                plane.Slice(start, columns).Reverse();
            }
        }
    }

    private TrainingSequence Still(Random random, int rate)
    {
        float[] view = _photos.Still(random, Size);
        return random.Next(2) == 0
            ? new TrainingSequence(ViewFrames.Rgb(Size), rate, 0, _ => ViewFrames.ToRgb(view, Size))
            : new TrainingSequence(ViewFrames.Yuv420(Size), rate, 0, _ => ViewFrames.ToYuv420(view, Size));
    }

    private TrainingSequence Cut(Random random, int rate, int distance)
    {
        int index = Array.BinarySearch(_cumulativeWeights, random.NextDouble() * _cumulativeWeights[^1]);
        VideoCache.Clip clip = _videos.Clips[Math.Min(index < 0 ? ~index : index, _cumulativeWeights.Length - 1)];
        int first = random.Next(clip.Frames - distance), x = random.Next(((clip.Width - Size) / 2) + 1) * 2, y = random.Next(((clip.Height - Size) / 2) + 1) * 2;
        bool backwards = random.Next(2) == 0, mirrored = random.Next(2) == 0;
        return new TrainingSequence(ViewFrames.Yuv420(Size), rate, distance, time =>
        {
            VideoFrame frame = _videos.Read(clip, first + (backwards ? distance - time : time), x, y, Size);
            if (mirrored)
            {
                Mirror(frame);
            }

            return frame;
        });
    }
}
