using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Videos;

/// <summary>The sound of a video on its way into an .ncf file: copied, or coded by a sound codec of the suite.</summary>
internal sealed class SoundTrack : IDisposable
{
    private const int BlockFrames = 1 << 14;
    private const double LeastSilence = 0.002; // seconds; less is rounding of the container's times
    private readonly Stream _stream;

    private SoundTrack(Stream stream, ITrackSource source, string description) => (_stream, Source, Description) = (stream, source, description);

    /// <summary>What the muxer weaves in.</summary>
    internal ITrackSource Source { get; }

    /// <summary>What became of the sound.</summary>
    internal string Description { get; }

    /// <summary>Opens the sound of a video file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">Which part, and how the sound is kept.</param>
    /// <param name="clock">The pictures' clock.</param>
    /// <param name="open">Opens a sound codec.</param>
    /// <param name="scratch">Place for files.</param>
    /// <param name="progress">Receives samples done.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <returns>Null when there is none, or none is wanted.</returns>
    internal static SoundTrack? Open(
        string path, VideoRequest request, FrameClock clock, Func<string, AudioCodec> open, ScratchFolder scratch, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        if (request.Audio == VideoRequest.NoSound || SideTracks.Open(path, subtitles: false, request.Start, request.Duration, cancellation) is not { } sound)
        {
            return null;
        }

        if (request.Audio == VideoRequest.CopySound)
        {
            IEnumerable<CopiedPiece> pieces = MatroskaPieces.Split(sound).Select(p => new CopiedPiece(p.Seconds, p.Bytes));
            return new SoundTrack(sound, new CopiedSource(CopiedTrack.MatroskaAudio, pieces, new TickRate(clock.Numerator, clock.Denominator)), "copied");
        }

        string copy = scratch.At("sound.mka"), coded = scratch.At("sound.ncf");
        using (sound)
        using (FileStream file = File.Create(copy))
        {
            sound.CopyTo(file);
        }

        AudioCodec codec = open(request.Audio);
        Encode(codec, copy, coded, progress, cancellation);
        FileStream track = File.OpenRead(coded);
        return new SoundTrack(track, new NcfTrackSource(track, NcfLimits.Default), codec.Name);
    }

    public void Dispose()
    {
        Source.Dispose();
        _stream.Dispose();
    }

    private static void Encode(AudioCodec codec, string input, string output, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        (double peak, long samples) = Measure(input, progress, cancellation);
        using AudioReader reader = AudioReader.Open(input, cancellation);
        int rate = reader.Info.SampleRate, channels = reader.Info.ChannelCount;
        long silence = (long)(LeadSeconds(input) * rate);
        using FileStream file = File.Create(output);
        using AudioEncoder encoder = codec.CreateEncoder(file, new SoundDescription(rate, channels, samples + silence, peak));
        float[] block = new float[BlockFrames * channels];
        for (long left = silence; left > 0; left -= BlockFrames)
        {
            encoder.Write(block.AsSpan(0, (int)Math.Min(left, BlockFrames) * channels));
        }

        for (int count; (count = reader.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            encoder.Write(block.AsSpan(0, count * channels));
            progress?.Report(new CodecProgress("encoding sound", encoder.Position, samples + silence));
        }

        encoder.Finish();
    }

    // Sound may begin later than the pictures; its samples alone do not say so.
    private static double LeadSeconds(string path)
    {
        using FileStream file = File.OpenRead(path);
        double lead = MatroskaPieces.Split(file).Skip(1).Select(p => p.Seconds).FirstOrDefault();
        return lead < LeastSilence ? 0 : lead;
    }

    private static (double Peak, long Samples) Measure(string path, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using AudioReader reader = AudioReader.Open(path, cancellation);
        float[] block = new float[BlockFrames * reader.Info.ChannelCount];
        double peak = 0;
        for (int count; (count = reader.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            peak = Math.Max(peak, AudioCodec.PeakOf(block.AsSpan(0, count * reader.Info.ChannelCount)));
            progress?.Report(new CodecProgress("measuring sound", reader.Position, 0));
        }

        return (peak, reader.Position);
    }
}
