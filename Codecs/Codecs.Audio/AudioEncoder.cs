using Codecs.Audio.Walloc;
using Codecs.Formats.Container;
using Codecs.Models.Walloc;

namespace Codecs.Audio;

/// <summary>Encodes sound that arrives piece by piece, in constant memory; from <see cref="AudioCodec.CreateEncoder"/>.</summary>
/// <remarks>Every unit of some six seconds is written as soon as the sound reaches a little beyond it. A file without <see cref="Finish"/> is a cut one: it plays up
/// to its last unit. Not thread-safe.</remarks>
public sealed class AudioEncoder : IDisposable
{
    private readonly WallocSound _sound;
    private readonly AudioEncoderOptions _options;
    private readonly AudioTrack[] _tracks;
    private readonly PairAnalyzer[] _pairs;
    private readonly ChannelInput[] _inputs;
    private readonly NcfStreamWriter _writer;
    private readonly RateControl _rates;
    private readonly int _modelRate;
    private readonly int _channels;
    private long _unit;
    private bool _finished;

    internal AudioEncoder(WallocSound sound, string name, Stream output, SoundDescription description, AudioEncoderOptions options)
    {
        (_sound, _options, _channels) = (sound, options, description.Channels);
        _modelRate = SoundShape.ModelRate(description.SampleRate);
        short gain = SoundGain.Of(description.Peak);
        float scale = 1 / SoundGain.Factor(gain);
        _inputs = [.. Enumerable.Range(0, _channels).Select(_ => new ChannelInput(description.SampleRate, _modelRate, scale))];
        _pairs = [.. Enumerable.Range(0, SoundShape.Pairs(_channels)).Select(_ => new PairAnalyzer(sound.Analysis))];
        _rates = new RateControl(options, _modelRate);
        NcfHeader header = SoundHeader.Create(sound, name, description, options, gain);
        _tracks = [.. header.Tracks.Cast<AudioTrack>()];
        _writer = new NcfStreamWriter(output, header, new NcfWriterOptions { WithDigest = options.Archive });
    }

    /// <summary>Samples per channel that were taken so far.</summary>
    public long Position { get; private set; }

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

        for (int c = 0; c < _channels; c++)
        {
            _inputs[c].Push(interleaved, c, _channels);
        }

        Position += count;
        Distribute();
        while (_pairs[0].HasUnit)
        {
            WriteUnits(SoundShape.UnitFrames, total: null);
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
        foreach (PairAnalyzer pair in _pairs)
        {
            pair.End();
        }

        while (_pairs[0].RemainingFrames > SoundShape.UnitFrames)
        {
            WriteUnits(SoundShape.UnitFrames, total: null);
        }

        WriteUnits(_pairs[0].RemainingFrames, Position);
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
        int ready = _inputs[0].Ready.Length; // all channels are equally far
        for (int p = 0; p < _pairs.Length; p++)
        {
            // A channel alone is its own twin: the side is silent and costs nothing.
            ReadOnlySpan<float> left = _inputs[2 * p].Ready, right = (2 * p) + 1 < _channels ? _inputs[(2 * p) + 1].Ready : left;
            _pairs[p].Push(left[..ready], right[..ready]);
        }

        foreach (ChannelInput input in _inputs)
        {
            input.Clear();
        }
    }

    private void WriteUnits(int frames, long? total)
    {
        float[][] latents = [.. _pairs.Select(p => p.Take(frames))];
        (byte rate, ReadOnlyMemory<byte>[] payloads) = _rates.Choose(frames, rate => [.. latents.Select((latent, pair) => Encode(latent, pair, rate, total))]);
        for (int p = 0; p < payloads.Length; p++)
        {
            _writer.WriteUnit(new DataUnit { Track = _tracks[p].Id, Number = _unit, Coder = CoderId.Bac, RatePoint = rate, Payloads = [payloads[p]] });
        }

        _unit++;
    }

    private ReadOnlyMemory<byte> Encode(float[] latent, int pair, byte rate, long? total)
    {
        float[] steps = (float[])latent.Clone();
        _sound.Analysis.Steps.Compand(steps, rate);
        return _sound.Encode(new SoundUnit(LatentSteps.Round(steps), rate, total), _tracks[pair], _unit);
    }
}
