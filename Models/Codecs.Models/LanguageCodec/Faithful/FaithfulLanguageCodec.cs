using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using Codecs.Models.LanguageCodec.Faithful.Networks;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful;

/// <summary>An official Language-Codec: speech to indices and back, number for number as the published networks do it.</summary>
/// <remarks>
/// Ji et al., <i>Language-Codec: Bridging Discrete Codec Representations and Speech Language Models</i>, 2024 (arXiv 2402.12208). Weights come from
/// <see cref="CheckpointImport"/>. Signals go through in pieces of ten seconds, which bounds memory and changes nothing but rounding: the LSTM carries
/// its state from piece to piece, everything else sees as much of the neighbouring pieces as it depends on. Safe for one thread at a time.
/// </remarks>
public sealed class FaithfulLanguageCodec : IDisposable
{
    private const int PieceFrames = 750;

    private readonly StateDictionary _weights;
    private readonly Device _device;

    private FaithfulLanguageCodec(SafetensorsFile file, FaithfulLanguageCodecConfig config, ComputeDevice device)
    {
        NativeBackend.EnsureLoaded();
        Config = config;
        _device = device.ToTorch();
        _weights = new StateDictionary(file, _device);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        try
        {
            Network = new FaithfulNetwork(config, _weights);
        }
        catch
        {
            _weights.Dispose();
            throw;
        }
    }

    /// <summary>The sizes of the codec.</summary>
    public FaithfulLanguageCodecConfig Config { get; }

    internal FaithfulNetwork Network { get; }

    /// <summary>Loads weights that <see cref="CheckpointImport"/> made.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="device">Where the networks run.</param>
    /// <exception cref="ModelMismatchException">The file is damaged, holds another network, or its tensors do not fit its configuration.</exception>
    /// <exception cref="LimitExceededException">The file is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaithfulLanguageCodec Load(string path, ComputeDevice device = default) => ImportedModel.Open(path, file => Create(file, device));

    /// <summary>Takes weights that were read already.</summary>
    /// <inheritdoc cref="Load"/>
    internal static FaithfulLanguageCodec Create(SafetensorsFile file, ComputeDevice device = default) => new(file, FaithfulLanguageCodecImport.ReadConfig(file), device);

    /// <summary>Number of learned values of a codec, code vectors included; nothing is allocated.</summary>
    /// <exception cref="UnsupportedBitstreamException">A size outside what these networks allow.</exception>
    public static long CountParameters(FaithfulLanguageCodecConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        return FaithfulNetwork.CountParameters(FaithfulNetwork.Shapes(config));
    }

    /// <summary>Turns speech into indices.</summary>
    /// <param name="samples">One channel at 24 kHz, ±1; the published code does not normalise it.</param>
    /// <param name="codebooks">Indices per frame, 3 to all; null: all. The released checkpoint makes 0.75 kbit/s of each.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    /// <exception cref="ArgumentException">No samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not as many codebooks.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FaithfulSpeechCodes Encode(ReadOnlySpan<float> samples, int? codebooks = null, CancellationToken cancellationToken = default) =>
        Encode(samples, codebooks ?? Config.Codebooks, PieceFrames, cancellationToken);

    /// <summary>Turns indices into speech.</summary>
    /// <param name="codes">From <see cref="Encode(ReadOnlySpan{float}, int?, CancellationToken)"/>, or received.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    /// <returns>One channel at 24 kHz, as long as the signal was, nominally ±1; not clamped.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit each other or this codec, or an index is outside its codebook.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[] Decode(FaithfulSpeechCodes codes, CancellationToken cancellationToken = default) => Decode(codes, PieceFrames, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    /// <summary>Encodes in pieces of a given length; all lengths give the same but for rounding.</summary>
    internal FaithfulSpeechCodes Encode(ReadOnlySpan<float> samples, int codebooks, int pieceFrames, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(codebooks, FaithfulLanguageCodecConfig.MinCodebooks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(codebooks, Config.Codebooks);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceFrames, PiecewiseEncoder.LeastFrames);
        if (samples.IsEmpty)
        {
            throw new ArgumentException("A signal without samples cannot be encoded.", nameof(samples));
        }

        int frames = FaithfulLanguageCodecConfig.Frames(samples.Length), written = 0;
        short[] values = new short[checked(frames * codebooks)];
        using var inference = inference_mode();
        using PiecewiseEncoder pieces = new(Network.Encoder, _device);
        for (int first = 0; first < frames; first += pieceFrames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor latents = pieces.Next(samples, first, Math.Min(frames, first + pieceFrames));
            short[] indices = Network.Quantizer.Encode(latents, codebooks).to(ScalarType.Int16).contiguous().cpu().data<short>().ToArray();
            indices.CopyTo(values, written);
            written += indices.Length;
        }

        return new FaithfulSpeechCodes(samples.Length, codebooks, values);
    }

    /// <summary>Decodes in pieces of a given length; all lengths give the same but for rounding.</summary>
    internal float[] Decode(FaithfulSpeechCodes codes, int pieceFrames, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codes);
        RequireFit(codes);
        float[] samples = new float[codes.Samples];
        using var inference = inference_mode();
        using var whole = NewDisposeScope();
        Tensor indices = tensor(codes.Values.ToArray(), [codes.Frames, codes.Codebooks], device: _device).to(ScalarType.Int64);
        for (int first = 0; first < codes.Frames; first += pieceFrames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            float[] sound = Network.Synthesize(indices, first, Math.Min(codes.Frames, first + pieceFrames)).contiguous().cpu().data<float>().ToArray();
            int start = first * FaithfulLanguageCodecConfig.Hop;
            sound.AsSpan(0, Math.Min(sound.Length, samples.Length - start)).CopyTo(samples.AsSpan(start));
        }

        return samples;
    }

    private void RequireFit(FaithfulSpeechCodes codes)
    {
        if (codes.Samples < 1 || codes.Codebooks < FaithfulLanguageCodecConfig.MinCodebooks || codes.Codebooks > Config.Codebooks
            || codes.Values.Length != (long)codes.Frames * codes.Codebooks)
        {
            throw new ArgumentException($"{codes.Values.Length} indices of {codes.Codebooks} codebooks are no speech of {codes.Samples} samples.", nameof(codes));
        }

        foreach (short value in codes.Values.Span)
        {
            if (value < 0 || value >= Config.CodebookSize)
            {
                throw new ArgumentException($"The index {value} is outside a codebook of {Config.CodebookSize} vectors.", nameof(codes));
            }
        }
    }
}
