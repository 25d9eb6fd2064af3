namespace Codecs.Formats.Media;

/// <summary>Reads and writes whole sound files through ffmpeg; <see cref="AudioReader"/> and <see cref="AudioWriter"/> do it piece by piece.</summary>
public static class AudioFile
{
    /// <summary>The usual limit on what is read into memory, in samples of all channels: 2 GiB, three hours of stereo at 24 kHz, 100 minutes at 44.1 kHz.</summary>
    public const long DefaultMaxSamples = 1L << 29;

    private const int BlockFrames = 1 << 14;

    /// <summary>Reads only the header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MediaException">The file is missing, empty or no sound, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">More than 64 channels or 768 kHz.</exception>
    public static AudioInfo Identify(string path) => AudioProbe.Analyze(MediaSource.FromFile(path), withCover: false).Info;

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxSamples">The most samples, all channels together.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MediaException">The file is missing, empty, no sound or cannot be decoded, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">The sound is longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AudioReadResult Read(string path, long maxSamples = DefaultMaxSamples, CancellationToken cancellation = default)
    {
        using AudioReader reader = AudioReader.Open(path, cancellation);
        return ReadAll(reader, path, maxSamples);
    }

    /// <summary>Reads the rest of a stream into memory.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What to call the sound in messages.</param>
    /// <param name="maxSamples">The most samples, all channels together.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MediaException">The stream is empty, no sound or cannot be decoded, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">The sound is longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AudioReadResult Read(
        Stream stream, string name = "(stream)", long maxSamples = DefaultMaxSamples, CancellationToken cancellation = default)
    {
        using AudioReader reader = AudioReader.Open(stream, name, cancellation);
        return ReadAll(reader, name, maxSamples);
    }

    /// <summary>Writes a file in the format that its extension names. It appears complete or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="waveform">The sound.</param>
    /// <param name="options">Bit depth and bit rate; defaults when null.</param>
    /// <param name="metadata">Tags and cover, as far as the format can hold them; none when null.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="MediaException">The format cannot hold such sound, the file cannot be written, or ffmpeg is missing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(
        string path, Waveform waveform, AudioWriteOptions? options = null, AudioMetadata? metadata = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        using AudioWriter writer = AudioWriter.Create(path, waveform.SampleRate, waveform.ChannelCount, Promise(options, waveform), metadata, cancellation);
        WriteAll(writer, waveform);
    }

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="format">The format.</param>
    /// <param name="waveform">The sound.</param>
    /// <param name="options">Bit depth and bit rate; defaults when null.</param>
    /// <param name="metadata">Tags and cover, as far as the format can hold them; none when null.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="MediaException">The format cannot hold such sound, the stream cannot be written, or ffmpeg is missing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(
        Stream stream, AudioFormat format, Waveform waveform, AudioWriteOptions? options = null, AudioMetadata? metadata = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        using AudioWriter writer = AudioWriter.Create(
            stream, format, waveform.SampleRate, waveform.ChannelCount, Promise(options, waveform), metadata, cancellation);
        WriteAll(writer, waveform);
    }

    private static AudioWriteOptions Promise(AudioWriteOptions? options, Waveform waveform) =>
        (options ?? AudioWriteOptions.Default) with { SampleCount = waveform.SampleCount };

    private static void WriteAll(AudioWriter writer, Waveform waveform)
    {
        float[] block = new float[BlockFrames * waveform.ChannelCount];
        for (long at = 0; at < waveform.SampleCount; at += BlockFrames)
        {
            Span<float> part = block.AsSpan(0, (int)Math.Min(BlockFrames, waveform.SampleCount - at) * waveform.ChannelCount);
            waveform.CopyInterleaved(at, part);
            writer.Write(part);
        }

        writer.Finish();
    }

    private static AudioReadResult ReadAll(AudioReader reader, string name, long maxSamples)
    {
        int channels = reader.Info.ChannelCount;
        long maxFrames = Math.Min(maxSamples / channels, Array.MaxLength);
        // The header's length is a hint that may lie; what is really there makes the planes grow.
        long hint = Math.Clamp(reader.Info.SampleCount ?? 0, BlockFrames, 1 << 20);
        float[][] planes = new float[channels][];
        for (int c = 0; c < channels; c++)
        {
            planes[c] = new float[Math.Min(hint, maxFrames)];
        }

        float[] block = new float[BlockFrames * channels];
        int count = 0;
        for (int read; (read = reader.Read(block)) > 0; count += read)
        {
            if (count + (long)read > maxFrames)
            {
                throw new LimitExceededException(
                    $"'{name}' has more than {maxSamples} samples (maxSamples); read it piece by piece with {nameof(AudioReader)}.");
            }

            for (int c = 0; c < channels; c++)
            {
                if (planes[c].Length < count + read)
                {
                    Array.Resize(ref planes[c], (int)Math.Min(maxFrames, Math.Max(count + (long)read, 2L * planes[c].Length)));
                }

                SampleLoops.Deinterleave(block, c, channels, planes[c].AsSpan(count, read));
            }
        }

        var waveform = new Waveform(reader.Info.SampleRate, Array.ConvertAll(planes, p => p.AsMemory(0, count)));
        return new AudioReadResult(waveform, reader.Info, reader.Metadata, reader.Warnings);
    }
}
