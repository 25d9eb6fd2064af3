using Codecs.Formats.Container;

namespace Codecs.Audio;

/// <summary>Encodes sound that arrives piece by piece, in constant memory; from <see cref="AudioCodec.CreateEncoder"/>.</summary>
/// <remarks>Every unit of some six seconds is written as soon as the sound reaches a little beyond it. A file without <see cref="Finish"/> is a cut one: it plays up
/// to its last unit. Not thread-safe.</remarks>
public sealed class AudioEncoder : IDisposable
{
    private readonly ISoundCodec _codec;
    private readonly AudioTrack[] _tracks;
    private readonly ISoundAnalyzer[] _analyzers;
    private readonly ChannelInput[] _inputs;
    private readonly NcfStreamWriter _writer;
    private readonly RateControl _rates;
    private readonly int _channels;
    private long _unit;
    private bool _finished;

    internal AudioEncoder(ISoundCodec codec, string name, Stream output, SoundDescription description, AudioEncoderOptions options)
    {
        (_codec, _channels) = (codec, description.Channels);
        int modelRate = codec.Shape.ModelRate(description.SampleRate), coded = codec.Shape.Coded(_channels);
        _rates = codec.CreateRateControl(options, modelRate);
        short gain = SoundGain.Of(description.Peak);
        float scale = 1 / SoundGain.Factor(gain);
        _inputs = [.. Enumerable.Range(0, coded).Select(_ => new ChannelInput(description.SampleRate, modelRate, scale))];
        _analyzers = [.. Enumerable.Range(0, SoundShape.Tracks(coded)).Select(_ => codec.CreateAnalyzer())];
        NcfHeader header = SoundHeader.Create(codec, name, description, options, gain);
        _tracks = [.. header.Tracks.Cast<AudioTrack>()];
        _writer = new NcfStreamWriter(output, header, new NcfWriterOptions { WithDigest = options.Archive });
    }

    /// <summary>Samples per channel that were taken so far.</summary>
    public long Position { get; private set; }

    /// <summary>Channels of the file: the sound's, or 1 where the codec mixes them.</summary>
    public int CodedChannels => _inputs.Length;

    /// <summary>Codebooks of each unit; null for codecs without.</summary>
    public int? Codebooks => _codec is ITokenCodec ? _rates.Fixed : null;

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten => _writer.BytesWritten;

    /// <summary>Takes samples.</summary>
    /// <param name="interleaved">Whole sample frames, channel by channel; nominal -1..1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the channels.</exception>
    /// <exception cref="InvalidOperationException">The encoder was finished.</exception>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        int count = interleaved.Length / _channels;
        if (count * _channels != interleaved.Length)
        {
            throw new ArgumentException($"{interleaved.Length} samples are no whole frames of {_channels} channels.", nameof(interleaved));
        }

        if (_inputs.Length < _channels)
        {
            _inputs[0].PushMixed(interleaved, _channels);
        }
        else
        {
            for (int c = 0; c < _channels; c++)
            {
                _inputs[c].Push(interleaved, c, _channels);
            }
        }

        Position += count;
        Distribute();
        while (_analyzers[0].HasUnit)
        {
            WriteUnits(_codec.Shape.UnitFrames, total: null);
        }
    }

    /// <summary>Writes what is left and completes the file.</summary>
    /// <exception cref="InvalidOperationException">There was no sample at all.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (Position == 0)
        {
            throw new InvalidOperationException("A sound needs at least one sample.");
        }

        _finished = true;
        foreach (ChannelInput input in _inputs)
        {
            input.Flush();
        }

        Distribute();
        foreach (ISoundAnalyzer analyzer in _analyzers)
        {
            analyzer.End();
        }

        while (_analyzers[0].RemainingFrames > _codec.Shape.UnitFrames)
        {
            WriteUnits(_codec.Shape.UnitFrames, total: null);
        }

        WriteUnits(_analyzers[0].RemainingFrames, Position);
        _writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _finished = true;
        _writer.Dispose();
    }

    private void Distribute()
    {
        for (int t = 0; t < _analyzers.Length; t++)
        {
            _analyzers[t].Push(_inputs.AsSpan(2 * t, SoundShape.ChannelsOf(t, _inputs.Length)));
        }

        foreach (ChannelInput input in _inputs)
        {
            input.Clear();
        }
    }

    private void WriteUnits(int frames, long? total)
    {
        float[][] latents = [.. _analyzers.Select(a => a.Take(frames))];
        DataUnit[] units = _rates.Choose(
            frames, rate => [.. latents.Select((latent, t) => _codec.Encode(_codec.Quantize(latent, rate, total), _tracks[t], _unit))]);
        foreach (DataUnit unit in units)
        {
            _writer.WriteUnit(unit);
        }

        _unit++;
    }
}
