using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;

namespace Codecs.Audio.LanguageCodec;

/// <summary><c>language-codec</c> as the stream classes use it: one channel of speech, all of it in plain code. A rate index is a number of codebooks.</summary>
/// <remarks>
/// A unit has one payload for codebooks 0 to 2 and one for each further codebook, so that leaving the last ones away gives a smaller valid file. Binary coded; the
/// first begins with the <see cref="UnitPreamble"/>. Each payload's check covers the track, the weights' fingerprint, the unit's number and the payload's.
/// </remarks>
internal sealed class SpeechSound : ITokenCodec
{
    /// <summary>Frames of a unit: 10 s.</summary>
    internal const int UnitFrames = 750;

    private const int Books = SpeechShape.Codebooks, Fewest = SpeechShape.FewestCodebooks;
    private const double KilobitsOfCodebook = SpeechShape.IndexBits * (double)SpeechShape.SampleRate / SpeechShape.Hop / 1000;
    private readonly SpeechWeights _weights;
    private readonly Lazy<ExactIndexModel> _model;
    private readonly Lazy<SpeechCodebooks> _codebooks;
    private readonly Lazy<SpeechAnalysis> _analysis;
    private readonly Lazy<SpeechQuantizer> _quantizer;
    private readonly Lazy<SpeechSynthesis> _synthesis;
    private IndexCoder? _coder;

    internal SpeechSound(SpeechWeights weights)
    {
        _weights = weights;
        _model = new(weights.CreateIndexModel);
        _codebooks = new(() => new SpeechCodebooks(weights.File));
        _analysis = new(() => new SpeechAnalysis(weights.File));
        _quantizer = new(() => new SpeechQuantizer(_codebooks.Value));
        _synthesis = new(() => new SpeechSynthesis(weights.File, _codebooks.Value));
    }

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public SoundShape Shape { get; } = new(SpeechShape.Hop, UnitFrames, Books, Mono: true, _ => SpeechShape.SampleRate);

    /// <inheritdoc/>
    public int LatentChannels => SpeechShape.Latent;

    /// <inheritdoc/>
    public (int Fewest, int Most) Codebooks => (Fewest, Books);

    private IndexCoder Coder => _coder ??= _model.Value.CreateCoder();

    /// <inheritdoc/>
    public ISoundAnalyzer CreateAnalyzer() => new SpeechAnalyzer(_analysis.Value);

    /// <inheritdoc/>
    public ISoundRenderer CreateRenderer(AudioDecoderOptions options) => new SpeechRenderer(_synthesis.Value);

    /// <inheritdoc/>
    public RateControl CreateRateControl(AudioEncoderOptions options, int modelRate) => new(
        options.Codebooks is { } codebooks ? CheckCodebooks(codebooks)
        : options.KilobitsPerSecond is { } kilobits ? CodebooksOf(kilobits)
        : Fewest + (int)Math.Round((options.Quality - 1) / 99 * (Books - Fewest)));

    /// <inheritdoc/>
    public int CodebooksOf(double kilobitsPerSecond)
    {
        int codebooks = (int)((kilobitsPerSecond / KilobitsOfCodebook) + 1e-9);
        return codebooks >= Fewest
            ? Math.Min(codebooks, Books)
            : throw new TargetUnreachableException(
                $"{kilobitsPerSecond} kbit/s are {codebooks} codebooks of {KilobitsOfCodebook} kbit/s; speech needs {Fewest} of them. Ask for {Fewest * KilobitsOfCodebook} kbit/s or more; the file gets smaller than that.");
    }

    /// <inheritdoc/>
    public float[] Scale(float[] latent, byte rate) => latent;

    /// <inheritdoc/>
    public float[] ToLatent(SoundUnit unit) => _codebooks.Value.Sums(unit.Values);

    /// <inheritdoc/>
    public SoundUnit Quantize(float[] latent, byte rate, long? total) => new(_quantizer.Value.Quantize(latent, rate), rate, total);

    /// <inheritdoc/>
    public SoundUnit Silence(int frames, byte rate, long? total)
    {
        short[] values = new short[frames * Books];
        Array.Fill(values, SpeechShape.NoCode);
        return new SoundUnit(values, 0, total);
    }

    /// <inheritdoc/>
    public DataUnit Encode(SoundUnit unit, Track track, long number)
    {
        var payloads = new ReadOnlyMemory<byte>[unit.Rate - Fewest + 1];
        for (int p = 0; p < payloads.Length; p++)
        {
            var payload = new ArrayBufferWriter<byte>();
            var encoder = new RangeEncoder(payload);
            if (p == 0)
            {
                UnitPreamble.Write(encoder, unit.Values.Length / Books, unit.TotalSamples);
            }

            Coder.Encode(encoder, unit.Values, p);
            encoder.Bind(UnitContext.Of(track, (byte)p, EntropyFingerprint, number));
            encoder.Finish(CheckMode.Check31);
            payloads[p] = payload.WrittenMemory;
        }

        return new DataUnit { Track = track.Id, Number = number, Coder = CoderId.Bac, Payloads = payloads };
    }

    /// <inheritdoc/>
    public SoundUnit Decode(DataUnit unit, Track track)
    {
        int payloads = unit.Payloads.Count;
        if (unit.Coder != CoderId.Bac || unit.Check != ContentCheck.Normal || payloads > Books - Fewest + 1 || unit.Layer != 0 || unit.Tile is not null)
        {
            throw new UnsupportedBitstreamException(
                $"Unit {unit.Number} of track {track.Id} is coded with {unit.Coder}, {payloads} payloads; its model uses BAC and {Books - Fewest + 1} at most.");
        }

        short[] values = [];
        long? total = null;
        for (int p = 0; p < payloads; p++)
        {
            var decoder = new RangeDecoder(unit.Payloads[p], CheckMode.Check31);
            if (p == 0)
            {
                (int frames, total) = UnitPreamble.Read(decoder, UnitFrames, unit.Offset);
                values = new short[frames * Books];
                Array.Fill(values, SpeechShape.NoCode);
            }

            Coder.Decode(decoder, values, p);
            decoder.Bind(UnitContext.Of(track, (byte)p, EntropyFingerprint, unit.Number));
            decoder.Finish().ThrowIfFailed("speech unit", unit.Offset);
        }

        UnitPreamble.CheckTotal(total, unit.Offset);
        return new SoundUnit(values, (byte)(payloads + Fewest - 1), total);
    }

    /// <inheritdoc/>
    public DataUnit Truncate(DataUnit unit, int codebooks) =>
        unit with { Payloads = [.. unit.Payloads.Take(CheckCodebooks(codebooks) - Fewest + 1)] };

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static int CheckCodebooks(int codebooks) => codebooks is >= Fewest and <= Books
        ? codebooks
        : throw new ArgumentOutOfRangeException(nameof(codebooks), codebooks, $"Speech is coded with {Fewest} to {Books} codebooks.");
}
