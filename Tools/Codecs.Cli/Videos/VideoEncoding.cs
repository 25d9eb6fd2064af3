using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>Video files into .ncf files, in bounded memory. Ctrl+C ends with a good file of what is done.</summary>
internal static class VideoEncoding
{
    private static readonly TimeSpan s_signalDelay = TimeSpan.FromMilliseconds(300);

    /// <param name="item">What to encode and where to.</param>
    /// <param name="input">The opened input.</param>
    /// <param name="codec">The codec.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="sounds">Opens a sound codec.</param>
    /// <param name="outputs">The rules about outputs.</param>
    /// <param name="progress">Receives shares done.</param>
    /// <param name="session">Cancellation, display.</param>
    internal static FileReport Run(
        WorkItem item, MediaInput input, VideoCodec codec, VideoRequest request, Func<string, AudioCodec> sounds, OutputOptions outputs, IProgress<CodecProgress>? progress,
        Session session)
    {
        using var scratch = new ScratchFolder();
        (string? path, Stream? pipe) = Locate(item, input, scratch);
        using VideoReader reader = Open(path, pipe, request, codec, session.Cancellation);
        using SoundTrack? sound = path is null || request.Pictures is not null
            ? null : SoundTrack.Open(path, request with { Duration = Length(reader.Info, request) }, reader.Info.Clock, sounds, scratch, progress, session.Cancellation);
        VideoDescription description = Describe(reader.Info, request) with { Tracks = sound is null ? [] : [sound.Source] };
        var display = new VideoProgressDisplay(item.Input.DisplayName, session, progress);
        using Stream? interrupted = request.Resume ? Interrupted.Find(item.Output!) : null;
        VideoProgress last = null!;
        long kept = 0;
        bool isWhole = true;
        OutputPlan.WriteThrough(item, outputs, stream =>
        {
            using VideoEncoder encoder = interrupted is null
                ? codec.CreateEncoder(stream, description, request.Encoding, display, session.Cancellation)
                : codec.ResumeEncoder(interrupted, stream, description, request.Encoding, display, session.Cancellation);
            kept = encoder.FramesKept;
            isWhole = Encode(reader, encoder, description.FrameCount, session.Cancellation);
            interrupted?.Dispose();
            last = encoder.Progress;
        });
        if (request.Resume)
        {
            Interrupted.Clean(item.Output!);
        }

        return Report(item, codec, reader, last, sound?.Description ?? "none", isWhole, kept, session);
    }

    // False when it was interrupted and something was saved.
    private static bool Encode(VideoReader reader, VideoEncoder encoder, long? count, CancellationToken cancellation)
    {
        try
        {
            long number = 0;
            while (reader.Read() is { } frame)
            {
                if (number++ >= encoder.FramesKept)
                {
                    encoder.Write(frame);
                }
            }

            if (number == 0)
            {
                throw new MediaException("The video has no frame.");
            }

            if (number < (count ?? long.MaxValue) && IsInterrupted(cancellation))
            {
                throw new OperationCanceledException(cancellation);
            }

            encoder.Finish();
            return true;
        }
        catch (Exception error) when (error is OperationCanceledException || (error is MediaException && IsInterrupted(cancellation)))
        {
            if (encoder.FinishEarly() == 0)
            {
                throw new OperationCanceledException(error.Message, error, cancellation);
            }

            return false;
        }
    }

    // Ctrl+C on a terminal reaches ffmpeg too, and its end may be seen before the signal is.
    private static bool IsInterrupted(CancellationToken cancellation) => cancellation.WaitHandle.WaitOne(s_signalDelay);

    private static (string? Path, Stream? Pipe) Locate(WorkItem item, MediaInput input, ScratchFolder scratch)
    {
        if (!item.Input.IsStandardInput)
        {
            return (item.Input.Path, null);
        }

        if (input.IsY4m)
        {
            return (null, input.Stream);
        }

        // Other containers must be read more than once: for their index, their pictures, their sound.
        string copy = scratch.At("input");
        using FileStream file = File.Create(copy);
        input.Stream.CopyTo(file);
        return (copy, null);
    }

    private static VideoReader Open(string? path, Stream? pipe, VideoRequest request, VideoCodec codec, CancellationToken cancellation)
    {
        var options = new VideoReadOptions { Start = request.Start, Duration = request.Duration, MaxFrames = request.Frames };
        if (request.Pictures is { } pictures)
        {
            return VideoReader.OpenPictures(pictures.Paths, pictures.Rate, Converting(VideoReader.OpenPictures(pictures.Paths, pictures.Rate, options, cancellation)), cancellation);
        }

        return path is null
            ? Accepted(VideoReader.Open(pipe!, "standard input", options, cancellation))
            : VideoReader.Open(path, Conversion(VideoReader.Identify(path).Format), cancellation);

        VideoReadOptions Converting(VideoReader probe)
        {
            using (probe)
            {
                return Conversion(probe.Info.Format);
            }
        }

        VideoReadOptions Conversion(VideoFormat format)
        {
            VideoFormat accepted = codec.Accept(format);
            return options with
            {
                Chroma = accepted.Chroma == format.Chroma ? null : accepted.Chroma,
                BitDepth = accepted.BitDepth == format.BitDepth ? null : accepted.BitDepth,
            };
        }

        VideoReader Accepted(VideoReader reader)
        {
            VideoFormat format = reader.Info.Format, accepted = codec.Accept(format);
            if (accepted == format)
            {
                return reader;
            }

            reader.Dispose();
            throw new MediaException($"'{codec.Name}' keeps {accepted.Chroma} with {accepted.BitDepth} bits; the pipe has {format.Chroma} with {format.BitDepth}. Convert it, or give a file.");
        }
    }

    private static VideoDescription Describe(VideoInfo info, VideoRequest request)
    {
        long? count = info.FrameCount;
        double rate = info.FrameRate.TicksPerSecond;
        count = request.Duration is { } duration && rate > 0 ? Math.Min(count ?? long.MaxValue, (long)Math.Ceiling(duration.TotalSeconds * rate)) : count;
        count = request.Frames is { } most ? Math.Min(count ?? long.MaxValue, most) : count;
        long frameTicks = info.IsVariableRate ? 0 : TicksOfFrame(info.Clock, info.FrameRate);
        return new VideoDescription(info.Format, info.Clock)
        {
            FrameCount = count,
            FrameTicks = frameTicks,
            TotalTicks = frameTicks > 0 ? count * frameTicks : null,
        };
    }

    // So much sound as there are pictures.
    private static TimeSpan? Length(VideoInfo info, VideoRequest request)
    {
        TimeSpan? frames = request.Frames is { } most && info.FrameRate.Numerator > 0 ? TimeSpan.FromSeconds(most / info.FrameRate.TicksPerSecond) : null;
        return request.Duration is { } duration && frames is { } other ? (duration < other ? duration : other) : request.Duration ?? frames;
    }

    // 0 where the clock does not hit the frames.
    private static long TicksOfFrame(FrameClock clock, FrameClock rate)
    {
        Int128 ticks = (Int128)clock.Numerator * rate.Denominator, frames = (Int128)clock.Denominator * rate.Numerator;
        return frames > 0 && ticks % frames == 0 ? (long)(ticks / frames) : 0;
    }

    private static FileReport Report(
        WorkItem item, VideoCodec codec, VideoReader reader, VideoProgress last, string sound, bool isWhole, long kept, Session session)
    {
        long? inputBytes = item.Input.IsStandardInput ? null : new FileInfo(item.Input.Path).Length;
        double? psnr = last.PsnrDb is { } db && double.IsFinite(db) ? Math.Round(db, 3) : null;
        double seconds = last.KilobitsPerSecond > 0 ? last.Bytes / last.KilobitsPerSecond / 125 : 0;
        string again = isWhole ? "" : "; interrupted, --resume goes on";
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = inputBytes,
            OutputBytes = last.Bytes,
            Width = reader.Info.Format.Width,
            Height = reader.Info.Format.Height,
            BitsPerPixel = Math.Round(8.0 * last.Bytes / last.FramesDone / reader.Info.Format.Width / reader.Info.Format.Height, 5),
            Ratio = inputBytes is { } size ? Math.Round((double)size / last.Bytes, 3) : null,
            Video = new VideoReport
            {
                Frames = last.FramesDone,
                FramesPerSecond = seconds > 0 ? Math.Round(last.FramesDone / seconds, 3) : null,
                Duration = Math.Round(seconds, 3),
                KilobitsPerSecond = Math.Round(last.KilobitsPerSecond, 3),
                PsnrDb = psnr,
                PixelFormat = VideoWords.PixelFormat(reader.Info.Format),
                Groups = last.Groups,
                Sound = sound,
            },
            Model = codec.Name,
            Format = reader.Info.Codec,
            Warnings = reader.Warnings,
            ExitCode = isWhole ? ExitCode.Done : session.Interruption.ExitCode,
            Text = $"{last.FramesDone} frames, {Units.Seconds(seconds)}{(kept > 0 ? $" ({kept} frames were there)" : "")} -> {Units.Bytes(last.Bytes)}  "
                + $"{Units.Number(last.KilobitsPerSecond, "0.0")} kbit/s{(psnr is { } value ? $"  {Units.Number(value, "0.00")} dB" : "")}{(sound == "none" ? "" : $"  sound {sound}")}{again}",
        };
    }
}
