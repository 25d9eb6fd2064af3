using Codecs.Formats.Media;

namespace Codecs.Video.Encoding;

/// <summary>Holds one chunk near its bytes: finds the quality of its key group by trial, then corrects from group to group.</summary>
/// <remarks>Chunks do not share their savings: what a chunk gets depends on nothing but its frames, so any number of workers, and a run that was resumed, give the same bytes.</remarks>
internal sealed class ChunkBudget
{
    private const int Trials = 3, TrialEffort = 1;
    private const double KeyWeight = 3; // what a frame of a key group costs, in frames of others
    private const double PointsPerDoubling = 9, MostPoints = 15, LeastShare = 0.05;
    private readonly double _bytes;
    private readonly int _frames;
    private double _left;
    private int _framesLeft;

    /// <param name="bytes">Of the whole chunk.</param>
    /// <param name="frames">Frames of the chunk.</param>
    internal ChunkBudget(double bytes, int frames)
    {
        _bytes = _left = bytes;
        _frames = _framesLeft = frames;
    }

    /// <summary>The quality to begin with.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="format">The frames' format.</param>
    /// <param name="key">Frames of the key group.</param>
    /// <param name="cancellation">Stops between trials.</param>
    internal double Begin(IClipCodec codec, VideoFormat format, IReadOnlyList<VideoFrame> key, CancellationToken cancellation)
    {
        double wanted = _bytes * KeyWeight * key.Count / ((KeyWeight * key.Count) + _frames - key.Count), quality = 50;
        for (int trial = 0; trial < Trials; trial++)
        {
            using IChunkEncoder encoder = codec.CreateEncoder(format, new ChunkOptions { Quality = quality, Effort = TrialEffort });
            quality = Corrected(quality, wanted, BytesOf(encoder.Encode(key, progress: null, cancellation)));
        }

        return quality;
    }

    /// <summary>The quality of the next group.</summary>
    /// <param name="quality">That of the last one.</param>
    /// <param name="group">The last one.</param>
    /// <param name="count">Its frames.</param>
    /// <param name="isKey">It was the chunk's first.</param>
    internal double Next(double quality, EncodedGroup group, int count, bool isKey)
    {
        double spent = BytesOf(group);
        (_left, _framesLeft) = (_left - spent, _framesLeft - count);
        if (_framesLeft == 0)
        {
            return quality;
        }

        double wanted = Math.Max(_left / _framesLeft, LeastShare * _bytes / _frames);
        return Corrected(quality, wanted, spent / count / (isKey ? KeyWeight : 1));
    }

    private static double BytesOf(EncodedGroup group) => Math.Max(1, group.Payloads.Sum(p => (long)p.Length));

    private static double Corrected(double quality, double wanted, double found) =>
        Math.Clamp(quality + Math.Clamp(PointsPerDoubling * Math.Log2(wanted / found), -MostPoints, MostPoints), 1, 100);
}
