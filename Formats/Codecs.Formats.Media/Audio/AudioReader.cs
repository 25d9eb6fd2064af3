using System.Globalization;
using System.Runtime.InteropServices;

namespace Codecs.Formats.Media;

/// <summary>Reads sound piece by piece in bounded memory, whatever the length: ffmpeg decodes ahead by no more than a pipe holds.</summary>
/// <remarks>
/// Samples come at the file's own rate and channels. Not for use by several threads at once. Damage in the middle of a file is skipped, as players do,
/// and listed in <see cref="Warnings"/>; sound of which nothing can be decoded is an error.
/// </remarks>
public sealed class AudioReader : IDisposable
{
    private readonly string _name;
    private readonly FfmpegProcess _process;
    private readonly StreamPump? _feed;
    private readonly List<string> _warnings;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _killer;
    private bool _ended;

    private AudioReader(MediaSource source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        AudioProbe probe = AudioProbe.Analyze(source, withCover: true);
        _name = source.Name;
        _warnings = source.Damage is { } damage ? [damage, .. probe.Warnings] : [.. probe.Warnings];
        Info = probe.Info;
        Metadata = probe.Metadata;
        _process = FfmpegProcess.Start(FfmpegLocation.Ffmpeg, FfmpegArguments.Decode(source, probe.StreamIndex, probe.Info));
        if (source.IsStream)
        {
            _feed = StreamPump.Feed(source.Head, source.Rest, _process.Input);
        }
        else
        {
            StreamPump.Close(_process.Input);
        }

        _cancellation = cancellation;
        _killer = cancellation.UnsafeRegister(static process => ((FfmpegProcess)process!).Kill(), _process);
    }

    /// <summary>What the header says.</summary>
    public AudioInfo Info { get; }

    /// <summary>Tags and cover.</summary>
    public AudioMetadata Metadata { get; }

    /// <summary>Samples of each channel that were read so far.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// Sentences for the user about damage that was skipped and metadata that was left out; complete when <see cref="Read"/> has returned 0.
    /// </summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; any name is only a name, never an address or an option.</param>
    /// <param name="cancellation">Ends the decoder; <see cref="Read"/> then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="MediaException">The file is missing, empty or no sound, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">More than 64 channels, 768 kHz or an absurd amount of metadata.</exception>
    public static AudioReader Open(string path, CancellationToken cancellation = default) => new(MediaSource.FromFile(path), cancellation);

    /// <summary>Opens a stream, such as standard input.</summary>
    /// <param name="stream">
    /// The stream; it stays open. It is read ahead, on another thread, so it must not be used otherwise; disposing the reader does not interrupt a read
    /// that waits for the stream.
    /// </param>
    /// <param name="name">What to call the sound in messages.</param>
    /// <param name="cancellation">Ends the decoder; <see cref="Read"/> then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="MediaException">The stream is empty, no sound or cannot be read in one pass, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">More than 64 channels, 768 kHz or an absurd amount of metadata.</exception>
    public static AudioReader Open(Stream stream, string name = "(stream)", CancellationToken cancellation = default) =>
        new(MediaSource.FromStream(stream, name), cancellation);

    /// <summary>Reads the next samples.</summary>
    /// <param name="interleaved">Receives whole frames, float32 [samples, channels]; must have room for one.</param>
    /// <returns>Samples of each channel that were read: as many as there is room for, fewer only at the end, and then 0.</returns>
    /// <exception cref="ArgumentException">There is no room for a single frame.</exception>
    /// <exception cref="MediaException">The sound cannot be decoded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public int Read(Span<float> interleaved)
    {
        int room = interleaved.Length / Info.ChannelCount;
        if (room == 0)
        {
            throw new ArgumentException($"There is no room for a frame of {Info.ChannelCount} channels.", nameof(interleaved));
        }

        if (_ended)
        {
            return 0;
        }

        Span<float> target = interleaved[..(room * Info.ChannelCount)];
        int bytes = _process.Output.ReadAtLeast(MemoryMarshal.AsBytes(target), target.Length * sizeof(float), throwOnEndOfStream: false);
        int frames = bytes / (sizeof(float) * Info.ChannelCount);
        SampleLoops.ReplaceNonFinite(target[..(frames * Info.ChannelCount)]);
        Position += frames;
        if (frames < room)
        {
            End();
        }

        return frames;
    }

    /// <summary>Ends the decoder.</summary>
    public void Dispose()
    {
        _killer.Dispose();
        _feed?.Stop();
        _process.Dispose();
    }

    private void End()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_feed?.Failure is { } cause)
        {
            throw new MediaException($"'{_name}' cannot be read: {cause.Message}", cause);
        }

        _process.WaitForSuccess(_name);
        string[] complaints = _process.Complaints();
        if (Position == 0 && complaints.Length > 0)
        {
            throw _process.Failure(_name);
        }

        foreach (string complaint in complaints)
        {
            _warnings.Add($"'{_name}' is damaged: {complaint}.");
        }

        // Estimates of length and the padding of lossy codecs differ by less.
        if (Info.SampleCount is { } promised && promised - Position > (Info.SampleRate / 10) + (promised / 100))
        {
            _warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"'{_name}' ends after {(double)Position / Info.SampleRate:F3} s, its header tells of {(double)promised / Info.SampleRate:F3} s; it may be truncated."));
        }

        _ended = true;
    }
}
