using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using Codecs.Models.Walloc.Faithful.Networks;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful;

/// <summary>An official WaLLoC codec: pictures or stereo sound to integers and back, number for number as the published networks do it.</summary>
/// <remarks>
/// Jacobellis and Yadwadkar, <i>Learned Compression for Compressed Learning</i>, 2024 (arXiv 2412.09405). Weights come from
/// <see cref="CheckpointImport"/>. Whole signals go through at once: memory grows with their length, and for pictures time grows with the square
/// of the number of latent positions (attention). Safe for one thread at a time.
/// </remarks>
public sealed class FaithfulWalloc : IDisposable
{
    private readonly StateDictionary _weights;
    private readonly IFaithfulNetwork _network;
    private readonly Device _device;

    private FaithfulWalloc(SafetensorsFile file, FaithfulWallocConfig config, ComputeDevice device)
    {
        NativeBackend.EnsureLoaded();
        Config = config;
        _device = device.ToTorch();
        _weights = new StateDictionary(file, _device);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        try
        {
            _network = IFaithfulNetwork.Create(config, _weights);
        }
        catch
        {
            _weights.Dispose();
            throw;
        }
    }

    /// <summary>The shape of the codec.</summary>
    public FaithfulWallocConfig Config { get; }

    internal IFaithfulNetwork Network => _network;

    /// <summary>Loads weights that <see cref="CheckpointImport"/> made.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="device">Where the networks run.</param>
    /// <exception cref="ModelMismatchException">The file is damaged, holds another network, or its tensors do not fit its configuration.</exception>
    /// <exception cref="LimitExceededException">The file is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaithfulWalloc Load(string path, ComputeDevice device = default) => ImportedModel.Open(path, file => Create(file, device));

    /// <summary>Takes weights that were read already.</summary>
    /// <inheritdoc cref="Load"/>
    internal static FaithfulWalloc Create(SafetensorsFile file, ComputeDevice device = default) => new(file, FaithfulWallocImport.ReadConfig(file), device);

    /// <summary>Number of learned values of a codec of a shape; nothing is allocated.</summary>
    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    public static long CountParameters(FaithfulWallocConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        return IFaithfulNetwork.CountParameters(IFaithfulNetwork.Shapes(config));
    }

    /// <summary>Turns a picture into integers.</summary>
    /// <param name="rgb">Interleaved RGB, 0..255.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentException">The span does not have width·height·3 elements.</exception>
    /// <exception cref="InvalidOperationException">This codec is for sound.</exception>
    public FaithfulImageLatent AnalyzeImage(ReadOnlySpan<byte> rgb, int width, int height)
    {
        float[] values = new float[rgb.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = rgb[i] / 255f;
        }

        return AnalyzeImage(values, width, height);
    }

    /// <summary>Turns a picture into integers.</summary>
    /// <param name="rgb">Interleaved RGB, 0..1.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <inheritdoc cref="AnalyzeImage(ReadOnlySpan{byte}, int, int)" path="/exception"/>
    public FaithfulImageLatent AnalyzeImage(ReadOnlySpan<float> rgb, int width, int height)
    {
        RequireMedium(audio: false);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (rgb.Length != 3L * width * height)
        {
            throw new ArgumentException($"{rgb.Length} values are no picture of {width} x {height} x 3.", nameof(rgb));
        }

        (float[] planes, int rows, int columns) = SignalPreparation.PadImage(rgb, width, height, 1 << Config.Levels);
        return new FaithfulImageLatent(width, height, rows >> Config.Levels, columns >> Config.Levels, Analyze(planes, [1, 3, rows, columns]));
    }

    /// <summary>Turns stereo sound into integers.</summary>
    /// <param name="left">Samples at 44.1 kHz, in any scale.</param>
    /// <param name="right">As many.</param>
    /// <exception cref="ArgumentException">No samples, or not as many in both channels.</exception>
    /// <exception cref="InvalidOperationException">This codec is for pictures.</exception>
    public FaithfulAudioLatent AnalyzeAudio(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        RequireMedium(audio: true);
        if (left.IsEmpty || left.Length != right.Length)
        {
            throw new ArgumentException($"{left.Length} samples on the left and {right.Length} on the right are no stereo sound.", nameof(right));
        }

        (float[] signal, int length, float gain, float offset) = SignalPreparation.NormalizeAudio(left, right);
        return new FaithfulAudioLatent(left.Length, gain, offset, (length >> Config.Levels) + 2, Analyze(signal, [1, 2, length]));
    }

    /// <summary>Turns integers into a picture.</summary>
    /// <param name="latent">From <see cref="AnalyzeImage(ReadOnlySpan{float}, int, int)"/>, or received.</param>
    /// <returns>Interleaved RGB, 0..1.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit each other or this codec.</exception>
    /// <exception cref="InvalidOperationException">This codec is for sound.</exception>
    public float[] SynthesizeImage(FaithfulImageLatent latent)
    {
        RequireMedium(audio: false);
        ArgumentNullException.ThrowIfNull(latent);
        int multiple = 1 << Config.Levels;
        RequireFit(latent.Width, latent.Columns, multiple, nameof(latent));
        RequireFit(latent.Height, latent.Rows, multiple, nameof(latent));
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor x = Synthesize(latent.Values, [1, Config.LatentChannels, latent.Rows, latent.Columns])
            .narrow(2, SignalPreparation.LeadingPadding(latent.Height, multiple), latent.Height)
            .narrow(3, SignalPreparation.LeadingPadding(latent.Width, multiple), latent.Width);
        return (x.squeeze(0).permute(1, 2, 0) + 0.5f).contiguous().cpu().data<float>().ToArray();
    }

    /// <summary>Turns integers into an 8-bit picture.</summary>
    /// <returns>Interleaved RGB, 0..255.</returns>
    /// <inheritdoc cref="SynthesizeImage"/>
    public byte[] SynthesizeImageBytes(FaithfulImageLatent latent) => Array.ConvertAll(SynthesizeImage(latent), static v => (byte)MathF.Round(v * 255));

    /// <summary>Turns integers into stereo sound in the scale it came in.</summary>
    /// <param name="latent">From <see cref="AnalyzeAudio"/>, or received.</param>
    /// <exception cref="ArgumentException">Sizes do not fit each other or this codec.</exception>
    /// <exception cref="InvalidOperationException">This codec is for pictures.</exception>
    public (float[] Left, float[] Right) SynthesizeAudio(FaithfulAudioLatent latent)
    {
        RequireMedium(audio: true);
        ArgumentNullException.ThrowIfNull(latent);
        if (latent.Samples < 1 || latent.Frames < 3 || ((long)(latent.Frames - 2) << Config.Levels) < latent.Samples)
        {
            throw new ArgumentException($"{latent.Frames} frames do not hold {latent.Samples} samples.", nameof(latent));
        }

        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor x = (Synthesize(latent.Values, [1, Config.LatentChannels, latent.Frames]).narrow(2, 0, latent.Samples) * latent.Gain + latent.Offset).cpu();
        return (x[0, 0].contiguous().data<float>().ToArray(), x[0, 1].contiguous().data<float>().ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    private sbyte[] Analyze(float[] signal, long[] shape)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return _network.Analyze(tensor(signal, shape, device: _device)).to(ScalarType.Int8).contiguous().cpu().data<sbyte>().ToArray();
    }

    // Clamped as the published decoder does.
    private Tensor Synthesize(ReadOnlyMemory<sbyte> values, long[] shape)
    {
        if (values.Length != shape.Aggregate(1L, static (product, size) => product * size))
        {
            throw new ArgumentException($"{values.Length} values are no latent of shape [{string.Join(", ", shape)}].", nameof(values));
        }

        Tensor q = tensor(values.ToArray(), shape, device: _device).to(ScalarType.Float32);
        return _network.Synthesize(q).clamp_(-0.5f, 0.5f);
    }

    private void RequireMedium(bool audio)
    {
        if (Config.IsAudio != audio)
        {
            throw new InvalidOperationException($"This codec is for {(Config.IsAudio ? "stereo sound" : "pictures")}.");
        }
    }

    private static void RequireFit(int size, int cells, int multiple, string parameter)
    {
        if (size < 1 || cells != (size + (long)multiple - 1) / multiple)
        {
            throw new ArgumentException($"{cells} latent positions do not make {size} pixels.", parameter);
        }
    }
}
