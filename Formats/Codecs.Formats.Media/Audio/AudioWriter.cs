using System.Runtime.InteropServices;

namespace Codecs.Formats.Media;

/// <summary>Writes sound piece by piece in bounded memory. A file appears complete, at <see cref="Finish"/>, or not at all.</summary>
/// <remarks>Not for use by several threads at once. The encoder works in a process of its own, so errors may show at a later call than their cause.</remarks>
public sealed class AudioWriter : IDisposable
{
    private const int BlockSamples = 1 << 14;

    private readonly string _name;
    private readonly int _channels;
    private readonly int _quantizedBits;
    private readonly long? _promised;
    private readonly string? _path;
    private readonly Stream? _stream;
    private readonly string? _temporary;
    private readonly AudioSideFiles? _side;
    private readonly FfmpegProcess _process;
    private readonly StreamPump? _drain;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _killer;
    private readonly float[] _block = new float[BlockSamples];
    private bool _padded;
    private bool _finished;

    private AudioWriter(
        string? path, Stream? stream, AudioFormat format, int sampleRate, int channelCount, AudioWriteOptions? options, AudioMetadata? metadata,
        CancellationToken cancellation)
    {
        options ??= AudioWriteOptions.Default;
        _name = path ?? $"({AudioFormats.Name(format)} stream)";
        Check(format, sampleRate, channelCount, options);
        cancellation.ThrowIfCancellationRequested();
        _channels = channelCount;
        _quantizedBits = AudioFormats.IsLossless(format) && options.BitDepth < 32 ? options.BitDepth : 0;
        _promised = options.SampleCount;
        _path = path is null ? null : Path.GetFullPath(path);
        _stream = stream;
        bool direct = stream is not null && AudioFormats.Traits(format).Streamable;
        _temporary = direct ? null : PendingFile.NameFor(_path);
        _side = AudioSideFiles.Create(metadata ?? AudioMetadata.Empty, format);
        try
        {
            string url = direct ? "pipe:1" : $"file:{_temporary}";
            _process = FfmpegProcess.Start(FfmpegLocation.Ffmpeg, FfmpegArguments.Encode(format, sampleRate, channelCount, options, _side, url));
        }
        catch
        {
            _side?.Dispose();
            throw;
        }

        if (direct)
        {
            Action<byte[], int>? patch = format == AudioFormat.Wav && options.SampleCount is { } count
                ? (head, length) => SetWavSizes(head.AsSpan(0, length), checked(count * channelCount * (options.BitDepth / 8)))
                : null;
            _drain = StreamPump.Drain(_process.Output, stream!, patch, _process.Kill);
        }

        _cancellation = cancellation;
        _killer = cancellation.UnsafeRegister(static process => ((FfmpegProcess)process!).Kill(), _process);
    }

    /// <summary>Samples of each channel that were written so far.</summary>
    public long Position { get; private set; }

    /// <summary>Creates a file in the format that its extension names.</summary>
    /// <inheritdoc cref="Create(string, AudioFormat, int, int, AudioWriteOptions?, AudioMetadata?, CancellationToken)"/>
    public static AudioWriter Create(
        string path, int sampleRate, int channelCount, AudioWriteOptions? options = null, AudioMetadata? metadata = null, CancellationToken cancellation = default) =>
        Create(path, AudioFormats.FromPath(path), sampleRate, channelCount, options, metadata, cancellation);

    /// <summary>Creates a file. Until <see cref="Finish"/> it has a temporary name in the same folder.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="format">The format.</param>
    /// <param name="sampleRate">Samples per second and channel, 1 to 768000; lossy formats convert what they do not know.</param>
    /// <param name="channelCount">Channels, 1 to 64, fewer in most formats.</param>
    /// <param name="options">Bit depth, bit rate, length; defaults when null.</param>
    /// <param name="metadata">Tags and cover, as far as the format can hold them; none when null.</param>
    /// <param name="cancellation">Ends the encoder; the next call then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The rate or the number of channels is out of range.</exception>
    /// <exception cref="MediaException">The format cannot hold such sound, the folder is missing, or ffmpeg is missing.</exception>
    public static AudioWriter Create(
        string path, AudioFormat format, int sampleRate, int channelCount, AudioWriteOptions? options = null, AudioMetadata? metadata = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder)
            ? new AudioWriter(path, null, format, sampleRate, channelCount, options, metadata, cancellation)
            : throw new MediaException($"'{path}' cannot be written: its folder does not exist.");
    }

    /// <summary>Writes to a stream, such as standard output.</summary>
    /// <remarks>
    /// WAV, Opus and Vorbis flow as they are made. The headers of FLAC, MP3 and M4A depend on what follows, so these go to a temporary file first and reach
    /// the stream at <see cref="Finish"/>. WAV of unknown length has 0xFFFFFFFF for its sizes, by which readers of streams know that it goes on to the end.
    /// </remarks>
    /// <param name="stream">The stream; it stays open, and must not be used otherwise until the writer is finished or disposed.</param>
    /// <param name="format">The format.</param>
    /// <param name="sampleRate">Samples per second and channel, 1 to 768000; lossy formats convert what they do not know.</param>
    /// <param name="channelCount">Channels, 1 to 64, fewer in most formats.</param>
    /// <param name="options">Bit depth, bit rate, length; defaults when null.</param>
    /// <param name="metadata">Tags and cover, as far as the format can hold them; none when null.</param>
    /// <param name="cancellation">Ends the encoder; the next call then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The rate or the number of channels is out of range.</exception>
    /// <exception cref="MediaException">The format cannot hold such sound, or ffmpeg is missing.</exception>
    public static AudioWriter Create(
        Stream stream, AudioFormat format, int sampleRate, int channelCount, AudioWriteOptions? options = null, AudioMetadata? metadata = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new AudioWriter(null, stream, format, sampleRate, channelCount, options, metadata, cancellation);
    }

    /// <summary>Writes the next samples.</summary>
    /// <param name="interleaved">Whole frames, float32 [samples, channels], any number of them; full scale is -1 to 1.</param>
    /// <exception cref="ArgumentException">The last frame is not complete.</exception>
    /// <exception cref="MediaException">The encoder failed or the target takes no more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        int frames = Waveform.Frames(interleaved.Length, _channels);
        try
        {
            while (!interleaved.IsEmpty)
            {
                ReadOnlySpan<float> part = interleaved[..Math.Min(BlockSamples, interleaved.Length)];
                interleaved = interleaved[part.Length..];
                if (_quantizedBits != 0)
                {
                    Span<float> quantized = _block.AsSpan(0, part.Length);
                    SampleLoops.Quantize(part, quantized, _quantizedBits);
                    part = quantized;
                }

                _process.Input.Write(MemoryMarshal.AsBytes(part));
            }
        }
        catch (Exception error) when (StreamPump.IsBroken(error))
        {
            ThrowIfFailed();
            throw new MediaException($"'{_name}' cannot be written: ffmpeg ended before the sound did.", error);
        }

        Position += frames;
    }

    /// <summary>Completes the file and gives it its name, or completes the stream.</summary>
    /// <exception cref="InvalidOperationException">Another number of samples was written than <see cref="AudioWriteOptions.SampleCount"/> promised.</exception>
    /// <exception cref="MediaException">The encoder failed or the target takes no more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (_promised is { } promised && promised != Position)
        {
            throw new InvalidOperationException($"{promised} samples of each channel were promised, {Position} were written.");
        }

        StreamPump.Close(_process.Input);
        _drain?.Join();
        ThrowIfFailed();
        try
        {
            Deliver();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{_name}' cannot be written: {error.Message}", error);
        }

        _finished = true;
    }

    /// <summary>Ends the encoder; without <see cref="Finish"/> nothing is left of a file.</summary>
    public void Dispose()
    {
        _finished = true;
        _killer.Dispose();
        _process.Dispose();
        _drain?.Join();
        _side?.Dispose();
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    private static void Check(AudioFormat format, int sampleRate, int channelCount, AudioWriteOptions options)
    {
        Waveform.CheckShape(sampleRate, channelCount);
        AudioFormats.FormatTraits traits = AudioFormats.Traits(format);
        if (channelCount > traits.MaxChannels)
        {
            throw new MediaException($"{traits.Name} holds at most {traits.MaxChannels} channels, the sound has {channelCount}.");
        }

        if (format == AudioFormat.Flac && options.BitDepth > 24)
        {
            throw new MediaException("FLAC is written with 16 or 24 bits; WAV takes 32-bit float.");
        }
    }

    /// <summary>Chunks have even sizes, but ffmpeg leaves the last byte out where it cannot go back to the sizes.</summary>
    private void SetWavSizes(Span<byte> head, long dataBytes) => _padded = WavHeader.TrySetSizes(head, dataBytes) && dataBytes % 2 != 0;

    private void ThrowIfFailed()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_drain?.Failure is { } cause)
        {
            throw new MediaException($"'{_name}' cannot be written: {cause.Message}", cause);
        }

        _process.WaitForSuccess(_name);
    }

    private void Deliver()
    {
        if (_padded)
        {
            _stream!.WriteByte(0);
        }

        if (_path is not null)
        {
            File.Move(_temporary!, _path, overwrite: true);
        }
        else if (_temporary is not null)
        {
            using FileStream file = File.OpenRead(_temporary);
            file.CopyTo(_stream!);
        }
    }
}
