using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.Exact;
using Codecs.Models.Walloc;

namespace Codecs.Audio.Walloc;

/// <summary><c>walloc-audio</c> as the stream classes use it. Only synthesis needs torch; it is loaded then.</summary>
/// <remarks>
/// A unit's payload, binary coded: the <see cref="UnitPreamble"/>, then the latents frame by frame. The check covers the track, the weights' fingerprint and the unit's number.
/// </remarks>
internal sealed class WallocSound : ISoundCodec
{
    /// <summary>Frames of a unit, 5.9 s at 44.1 kHz.</summary>
    internal const int UnitFrames = 1024;

    private const int Channels = AudioWalloc.Latents, LowRate = 44100, HighRate = 48000;
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

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public SoundShape Shape { get; } = new(AudioWalloc.Stride, UnitFrames, Channels, Mono: false, ModelRate);

    /// <inheritdoc/>
    public int LatentChannels => Channels;

    /// <inheritdoc/>
    public ISoundAnalyzer CreateAnalyzer() => new PairAnalyzer(_analysis.Value);

    /// <inheritdoc/>
    public ISoundRenderer CreateRenderer(AudioDecoderOptions options) => new PairRenderer(_synthesis.Value, options.Noise);

    /// <inheritdoc/>
    public RateControl CreateRateControl(AudioEncoderOptions options, int modelRate) => options.KilobitsPerSecond is { } kilobits
        ? new RateControl(kilobits * 125 * AudioWalloc.Stride / modelRate, WallocRates.MaxRate)
        : new RateControl((int)Math.Round((options.Quality - 1) / 99 * WallocRates.MaxRate));

    /// <inheritdoc/>
    public float[] Scale(float[] latent, byte rate)
    {
        float[] steps = (float[])latent.Clone();
        _analysis.Value.Steps.Compand(steps, rate);
        return steps;
    }

    /// <inheritdoc/>
    public float[] ToLatent(SoundUnit unit) => Array.ConvertAll(unit.Values, v => (float)v);

    /// <inheritdoc/>
    public SoundUnit Quantize(float[] latent, byte rate, long? total) => new(LatentSteps.Round(Scale(latent, rate)), rate, total);

    /// <inheritdoc/>
    public SoundUnit Silence(int frames, byte rate, long? total) => new(new short[frames * Channels], rate, total);

    /// <inheritdoc/>
    /// <remarks>The unit's values become what a reader gets.</remarks>
    public DataUnit Encode(SoundUnit unit, Track track, long number)
    {
        int frames = unit.Values.Length / Channels;
        var payload = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(payload);
        UnitPreamble.Write(encoder, frames, unit.TotalSamples);
        var port = new BitWriter(encoder);
        ExactLatentModel model = _model.Value;
        model.Run(ref port, model.CreateResidualModel(), unit.Values, 1, frames, unit.Rate, _ => true);
        encoder.Bind(Context(track, unit.Rate, number));
        encoder.Finish(CheckMode.Check31);
        return new DataUnit { Track = track.Id, Number = number, Coder = CoderId.Bac, RatePoint = unit.Rate, Payloads = [payload.WrittenMemory] };
    }

    /// <inheritdoc/>
    public SoundUnit Decode(DataUnit unit, Track track)
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
        (int frames, long? total) = UnitPreamble.Read(decoder, UnitFrames, unit.Offset);
        short[] values = new short[frames * Channels];
        var port = new BitReader(decoder);
        ExactLatentModel model = _model.Value;
        model.Run(ref port, model.CreateResidualModel(), values, 1, frames, unit.RatePoint, _ => true);
        decoder.Bind(Context(track, unit.RatePoint, unit.Number));
        decoder.Finish().ThrowIfFailed("sound unit", unit.Offset);
        UnitPreamble.CheckTotal(total, unit.Offset);
        return new SoundUnit(values, unit.RatePoint, total);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_synthesis.IsValueCreated)
        {
            _synthesis.Value.Dispose();
        }
    }

    // 44.1 and 48 kHz and what lies between as they are, the family of 11.025 kHz at 44.1, all others at 48.
    private static int ModelRate(int sampleRate) =>
        sampleRate is >= LowRate and <= HighRate ? sampleRate : sampleRate % (LowRate / 4) == 0 ? LowRate : HighRate;

    private byte[] Context(Track track, byte rate, long number) => UnitContext.Of(track, rate, EntropyFingerprint, number);
}
