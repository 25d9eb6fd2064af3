using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.Walloc;

namespace Codecs.Audio.Walloc;

/// <summary><c>walloc-audio</c> as the stream classes use it. Only synthesis needs torch; it is loaded then.</summary>
/// <remarks>
/// A unit's payload, binary coded: frames - 1 (16 raw bits), whether it is the last (1 raw bit), then in the last the samples of the whole sound (two raw
/// words of 32 bits, low one first), then the latents frame by frame. The check covers the track, the weights' fingerprint and the unit's number.
/// </remarks>
internal sealed class WallocSound : IDisposable
{
    internal const int Channels = AudioWalloc.Latents;
    private const int FrameBits = 16, WordBits = 32;
    private readonly WallocAudioWeights _weights;
    private readonly Lazy<ExactLatentModel> _model;
    private readonly Lazy<WallocAudioAnalysis> _analysis;
    private readonly Lazy<WallocAudioSynthesis> _synthesis;

    internal WallocSound(WallocAudioWeights weights, AudioCodecOptions options)
    {
        _weights = weights;
        _model = new(weights.CreateLatentModel);
        _analysis = new(() => new WallocAudioAnalysis(weights.File));
        _synthesis = new(() => new WallocAudioSynthesis(weights.File, options.ParseDevice(), options.Threads));
    }

    internal Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    internal Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    internal WallocAudioAnalysis Analysis => _analysis.Value;

    internal WallocAudioSynthesis Synthesis => _synthesis.Value;

    /// <summary>Writes a unit's payload.</summary>
    /// <param name="unit">The unit; its values become what a reader gets.</param>
    /// <param name="track">Its track.</param>
    /// <param name="number">Its number.</param>
    internal ReadOnlyMemory<byte> Encode(SoundUnit unit, Track track, long number)
    {
        int frames = unit.Values.Length / Channels;
        var payload = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(payload);
        encoder.PushRaw((uint)frames - 1, FrameBits);
        encoder.PushRaw(unit.TotalSamples is null ? 0u : 1u, 1);
        if (unit.TotalSamples is { } total)
        {
            encoder.PushRaw((uint)total, WordBits);
            encoder.PushRaw((uint)(total >> WordBits), WordBits);
        }

        var port = new BitWriter(encoder);
        ExactLatentModel model = _model.Value;
        model.Run(ref port, model.CreateResidualModel(), unit.Values, 1, frames, unit.Rate, _ => true);
        encoder.Bind(Context(track, unit.Rate, number));
        encoder.Finish(CheckMode.Check31);
        return payload.WrittenMemory;
    }

    /// <summary>Reads a unit's payload.</summary>
    /// <exception cref="InvalidBitstreamException">The payload is damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">The unit is coded in another way.</exception>
    internal SoundUnit Decode(DataUnit unit, Track track)
    {
        if (unit.Coder != CoderId.Bac || unit.Check != ContentCheck.Normal || unit.Payloads.Count != 1 || unit.Layer != 0 || unit.Tile is not null)
        {
            throw new UnsupportedBitstreamException($"Unit {unit.Number} of track {track.Id} is coded with {unit.Coder}, {unit.Payloads.Count} payloads; its model uses one with BAC.");
        }

        if (unit.RatePoint > WallocRates.MaxRate)
        {
            throw new InvalidBitstreamException($"The unit names rate point {unit.RatePoint}; the model's highest is {WallocRates.MaxRate}", unit.Offset);
        }

        var decoder = new RangeDecoder(unit.Payloads[0], CheckMode.Check31);
        int frames = (int)decoder.Raw(FrameBits) + 1;
        if (frames > SoundShape.UnitFrames)
        {
            throw new InvalidBitstreamException($"The unit claims {frames} frames; at most {SoundShape.UnitFrames} are possible", unit.Offset);
        }

        long? total = decoder.Raw(1) == 0 ? null : decoder.Raw(WordBits) | ((long)decoder.Raw(WordBits) << WordBits);
        short[] values = new short[frames * Channels];
        var port = new BitReader(decoder);
        ExactLatentModel model = _model.Value;
        model.Run(ref port, model.CreateResidualModel(), values, 1, frames, unit.RatePoint, _ => true);
        decoder.Bind(Context(track, unit.RatePoint, unit.Number));
        decoder.Finish().ThrowIfFailed("sound unit", unit.Offset);
        return total is null or >= 0
            ? new SoundUnit(values, unit.RatePoint, total)
            : throw new InvalidBitstreamException("The last unit claims more samples than any sound has", unit.Offset);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_synthesis.IsValueCreated)
        {
            _synthesis.Value.Dispose();
        }
    }

    // The number of samples in it is the header's, 0 for a stream; the true one is in the last unit.
    private byte[] Context(Track track, byte rate, long number)
    {
        byte[] shape = track.ContentContext(rate);
        byte[] context = new byte[shape.Length + Fingerprint.Length + sizeof(long)];
        shape.CopyTo(context, 0);
        EntropyFingerprint.CopyTo(context.AsSpan(shape.Length));
        BitConverter.TryWriteBytes(context.AsSpan(shape.Length + Fingerprint.Length), number);
        if (!BitConverter.IsLittleEndian)
        {
            context.AsSpan(shape.Length + Fingerprint.Length).Reverse();
        }

        return context;
    }
}
