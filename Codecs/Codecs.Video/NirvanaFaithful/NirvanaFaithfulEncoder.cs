using Codecs.Formats.Media;
using Codecs.Models;
using Codecs.Models.NirvanaFaithful;

namespace Codecs.Video.NirvanaFaithful;

/// <summary>Fits a network to each group of a chunk and codes its integers.</summary>
/// <remarks>
/// A group whose frames the network before shows as well as its own is not fitted: nothing changes, and next to nothing is coded. One that it shows with more than four times
/// the error, and of which it explains less than half the variance, starts afresh, like the chunk's first: four times the error alone is what a good fit and a moving camera
/// give. Fewer frames than a group has are filled up with the last one.
/// </remarks>
internal sealed class NirvanaFaithfulEncoder : IChunkEncoder
{
    private const double SceneChange = 4, SceneShare = 0.5, SameError = 1.01;
    private readonly VideoFormat _format;
    private readonly ChunkOptions _options;
    private readonly byte[] _context;
    private readonly NirvanaFit _fit;
    private readonly NirvanaSynthesis _synthesis;
    private readonly GroupCoder _coder = new();
    private double _error;

    internal NirvanaFaithfulEncoder(VideoFormat format, ChunkOptions options, byte[] context, ComputeDevice device)
    {
        (_format, _options, _context, Quality) = (format, options, context, options.Quality);
        var grid = new PatchGrid(format.Width, format.Height);
        _fit = new NirvanaFit(grid, device);
        _synthesis = new NirvanaSynthesis(grid, device);
    }

    /// <inheritdoc/>
    public double Quality { get; set; }

    /// <inheritdoc/>
    public EncodedGroup Encode(IReadOnlyList<VideoFrame> frames, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.Count, NirvanaShape.Frames);
        byte[][] samples = [.. Enumerable.Range(0, NirvanaShape.Frames).Select(i => frames[Math.Min(i, frames.Count - 1)].Samples)];
        _fit.SetFrames(samples);
        NirvanaState state = Choose(samples, progress, cancellation);
        (byte[] layers, byte[] sides) = _coder.Encode(state, [.. _context, (byte)frames.Count]);
        byte[][] shown = _synthesis.Render(state, 0, frames.Count, cancellation);
        return new EncodedGroup([layers, sides], Psnr(frames, shown), NirvanaFaithfulDecoder.PartsOf(layers, sides));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fit.Dispose();
        _synthesis.Dispose();
    }

    private NirvanaState Choose(byte[][] samples, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        bool isFresh = true;
        if (_coder.Before is { } before)
        {
            double error = _fit.Error(before);
            FitSchedule schedule = NirvanaFaithfulRates.Schedule(_options, Quality, isFresh: false);
            if (error <= (schedule.EnoughError > 0 ? schedule.EnoughError : _error * SameError))
            {
                return before;
            }

            isFresh = error > SceneChange * _error && error > SceneShare * Variance(samples);
        }

        if (isFresh)
        {
            NirvanaShape shape = NirvanaFaithfulRates.Shape(_format.Width, _format.Height, Quality);
            _fit.Restart(shape);
            _coder.Restart(shape);
        }

        FitResult result = _fit.Fit(_coder, isFresh, NirvanaFaithfulRates.Schedule(_options, Quality, isFresh), progress, cancellation);
        _error = result.Error;
        return result.State;
    }

    // Of samples from 0 to 1.
    private static double Variance(byte[][] frames)
    {
        double sum = 0, squares = 0, count = 0;
        foreach (byte[] frame in frames)
        {
            foreach (byte sample in frame)
            {
                double value = sample / (double)byte.MaxValue;
                sum += value;
                squares += value * value;
            }

            count += frame.Length;
        }

        return (squares / count) - (sum / count * (sum / count));
    }

    private static double Psnr(IReadOnlyList<VideoFrame> frames, byte[][] shown)
    {
        double squares = 0, samples = 0;
        for (int f = 0; f < frames.Count; f++)
        {
            byte[] original = frames[f].Samples;
            for (int i = 0; i < original.Length; i++)
            {
                double difference = original[i] - shown[f][i];
                squares += difference * difference;
            }

            samples += original.Length;
        }

        return 10 * Math.Log10(byte.MaxValue * byte.MaxValue * samples / squares);
    }
}
