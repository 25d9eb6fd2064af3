using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Videos;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Commands;

/// <summary>play: decodes a video into a player as it goes.</summary>
internal static class PlayCommand
{
    private const string Name = "play", Player = "ffplay";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files with video");

    private static readonly Option<string?> s_codec = new("--codec") { Description = "Weights to use instead of looking for those the file names.", HelpName = "NAME" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Plays .ncf videos: decodes into ffplay, which comes with ffmpeg, as they are shown.",
            "codecs play clip.ncf", "codecs play clip.ncf --start 1:30", "codecs decode clip.ncf -o - | mpv -")
        {
            s_inputs, s_codec, VideoTargets.Start, VideoTargets.Duration, VideoTargets.Frames, VideoTargets.Workers, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        VideoPart part = VideoTargets.ReadPart(result);
        using var shelf = new ModelShelf(CommonOptions.ReadCodecOptions(result), result.GetValue(VideoTargets.Workers));
        string? model = result.GetValue(s_codec);
        return new Batch(session, Name).Run([.. InputExpander.CodedFiles.Expand(result.GetValue(s_inputs)!).Select(i => new WorkItem(i))], (item, progress) =>
            Play(item, part, reference => shelf.Videos.For(reference, model), shelf, progress, session.Cancellation));
    }

    private static FileReport Play(
        WorkItem item, VideoPart part, Func<ModelReference?, VideoCodec> open, ModelShelf shelf, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using Stream input = MediaInput.OpenSeekable(item.Input), soundInput = MediaInput.OpenSeekable(item.Input);
        VideoCodec codec = open(MediaInput.ModelOf(input));
        using var scratch = new ScratchFolder();
        var warnings = new List<string>();
        input.Position = 0;
        using VideoDecoder decoder = codec.OpenDecoder(input, new VideoDecoderOptions { Recover = true }, cancellation);
        var reader = new PartReader(decoder, part);
        IReadOnlyList<TrackInput> tracks = SoundBack.Open(
            soundInput, decoder.Header, reader.StartTime, reader.Length, reference => shelf.Sounds.For(reference, model: null), scratch, warnings, cancellation);

        // Y4M costs nothing but holds no sound and no times; Matroska without loss holds both.
        VideoContainer container = tracks.Count > 0 || decoder.FrameTicks == 0 ? VideoContainer.Mkv : VideoContainer.Y4m;
        using Process player = StartPlayer(item.Input.DisplayName);
        using CancellationTokenRegistration stopping = cancellation.Register(player.Kill);
        try
        {
            var options = new VideoWriteOptions { Lossless = true, Tracks = tracks, FrameRate = VideoDecoding.FrameRate(decoder) };
            using VideoWriter writer = VideoWriter.Create(player.StandardInput.BaseStream, container, decoder.Format, decoder.Clock, options, cancellation);
            while (reader.Read() is { } frame)
            {
                writer.Write(frame);
                progress?.Report(reader.Progress);
            }

            writer.Complete();
        }
        catch (Exception e) when (e is IOException or MediaException && player.HasExited)
        {
            // The window was closed: that is how playing ends.
        }

        player.StandardInput.Close();
        player.WaitForExit();
        return new FileReport
        {
            Input = item.Input.Path,
            Status = FileReport.Done,
            Width = decoder.Format.Width,
            Height = decoder.Format.Height,
            Video = new VideoReport { Frames = reader.Position, Duration = Math.Round(reader.LastSeconds, 3) },
            Model = codec.Name,
            Warnings = [.. decoder.Warnings, .. warnings],
            ExitCode = decoder.Warnings.Count == 0 ? ExitCode.Done : ExitCode.BadInput,
            Text = $"{reader.Position} frames played",
        };
    }

    /// <exception cref="MediaException">There is no player.</exception>
    private static Process StartPlayer(string title)
    {
        var start = new ProcessStartInfo(Player, ["-v", "error", "-autoexit", "-window_title", title, "-i", "-"]) { RedirectStandardInput = true, UseShellExecute = false };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MediaException($"{Player} was not found; it comes with ffmpeg. Install that, or pipe into another player: codecs decode FILE -o - | mpv -", e);
        }
    }
}
