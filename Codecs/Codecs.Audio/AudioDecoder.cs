using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Decodes sound piece by piece, in constant memory, and jumps where the stream can seek; from <see cref="AudioCodec.OpenDecoder"/>.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class AudioDecoder : IDisposable
{
    private readonly NcfStreamReader _reader;
    private readonly SoundFile _file;
    private readonly UnitReader _units;
    private readonly SampleQueue[] _queues;
    private readonly SoundShape _shape;
    private readonly TrackSynthesizer[] _synthesizers;
    private readonly List<string> _warnings;
    private long? _total;
    private bool _over;

    internal AudioDecoder(ISoundCodec codec, Stream input, NcfLimits limits, AudioDecoderOptions options)
    {
        _shape = codec.Shape;
        _reader = new NcfStreamReader(input, limits, new NcfReaderOptions { Recover = options.Recover });
        try
        {
            NcfHeader header = _reader.ReadHeader()
                ?? throw new InvalidBitstreamException("Nothing of the file's start can be used: no track is described.");
            _file = SoundFile.Match(header, codec);
            _warnings = [.. _file.Warnings(codec)];
            Metadata = SoundHeader.Metadata(header);
            _units = new UnitReader(_reader, _file, codec, options.Recover);
            _queues = [.. Enumerable.Range(0, _file.Channels).Select(_ => new SampleQueue())];
            float scale = SoundGain.Factor(_file.Tracks[0].Gain);
            _synthesizers = [.. _file.Tracks.Select((track, t) => new TrackSynthesizer(
                codec.CreateRenderer(options), _shape, _queues[(2 * t)..((2 * t) + track.Channels)], _file.SampleRate, scale))];
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>Samples per second and channel.</summary>
    public int SampleRate => _file.SampleRate;

    /// <summary>Channels.</summary>
    public int Channels => _file.Channels;

    /// <summary>Samples per channel as the header or the last unit says; null while it is not known.</summary>
    public long? SampleCount => _total ?? (_file.Tracks[0].Samples > 0 ? _file.Tracks[0].Samples : null);

    /// <summary>Tags and cover art.</summary>
    public AudioMetadata Metadata { get; }

    /// <summary>Number of the next sample per channel that <see cref="Read"/> gives.</summary>
    public long Position { get; private set; }

    /// <summary>True when the end of the sound was reached in good order.</summary>
    public bool IsComplete => _total is not null;

    /// <summary>What the user should know; grows while reading.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings, .. _units.Losses];

    /// <summary>Gives the next samples.</summary>
    /// <param name="interleaved">Receives whole sample frames, nominal -1..1.</param>
    /// <returns>Sample frames; 0 only at the end.</returns>
    /// <exception cref="InvalidBitstreamException">The file is damaged or truncated; not with <see cref="AudioDecoderOptions.Recover"/>.</exception>
    /// <exception cref="ArgumentException">There is not room for one sample of each channel.</exception>
    public int Read(Span<float> interleaved)
    {
        int room = interleaved.Length / Channels;
        ArgumentOutOfRangeException.ThrowIfZero(room, nameof(interleaved));
        while (_queues[0].Count == 0 && !_over)
        {
            Advance();
        }

        int count = (int)Math.Min(Math.Min(room, _queues[0].Count), (_total ?? long.MaxValue) - Position);
        if (count <= 0)
        {
            return 0;
        }

        for (int c = 0; c < Channels; c++)
        {
            _queues[c].TakeInto(interleaved[c..], count, Channels);
        }

        Position += count;
        return count;
    }

    /// <summary>Goes to a sample; the next <see cref="Read"/> gives what a read from the start would have given there.</summary>
    /// <param name="sample">Number of the sample per channel, at least 0.</param>
    /// <exception cref="NotSupportedException">The stream cannot seek.</exception>
    public void SeekTo(long sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        long modelSample = (long)((Int128)sample * _file.ModelRate / SampleRate);
        long wanted = modelSample / _shape.UnitSamples, first = Math.Max(0, wanted - 1);
        long ticks = _file.Tracks[0].UnitTicks, reached = _reader.SeekToTick(first * ticks) / ticks;

        // Beside a video that is where its pictures can begin; the sound's units from there on come along.
        reached = _file.Header.Kind == MediaKind.Audio ? reached : first;
        _units.Restart(reached);

        // The resamplers start where a model sample and a sample of the sound coincide.
        long divisor = (long)System.Numerics.BigInteger.GreatestCommonDivisor(_file.ModelRate, SampleRate), period = _file.ModelRate / divisor;
        long start = reached * _shape.UnitSamples, aligned = (start + period - 1) / period * period;
        foreach (TrackSynthesizer synthesizer in _synthesizers)
        {
            synthesizer.Restart(reached * _shape.UnitFrames, aligned - start);
        }

        (_over, Position) = (false, aligned / period * (SampleRate / divisor));
        Span<float> passed = new float[Channels * 4096];
        while (Position < sample)
        {
            int wantedNow = (int)Math.Min(4096, sample - Position) * Channels;
            if (Read(passed[..wantedNow]) == 0)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Advance()
    {
        if (_units.Read() is { } units)
        {
            _total = units[0].TotalSamples ?? _total;
            for (int t = 0; t < units.Length; t++)
            {
                _synthesizers[t].Push(units[t]);
            }

            return;
        }

        _over = true;
        foreach (TrackSynthesizer synthesizer in _synthesizers)
        {
            synthesizer.End();
        }

        if (_total is null)
        {
            _warnings.Add("The file ends before its sound does.");
        }
    }
}
