using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.Faithful;
using Codecs.Models.Vqgan.Faithful.Networks;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>An official VQGAN: pictures to indices and back, number for number as the published networks do it.</summary>
/// <remarks>
/// Esser, Rombach and Ommer, <i>Taming Transformers for High-Resolution Image Synthesis</i>, 2021 (arXiv 2012.09841); also the VQ autoencoders of
/// Rombach et al. 2022 (arXiv 2112.10752), whose structure is the same. Weights come from <see cref="CheckpointImport"/>. Pictures are padded to a multiple of the stride by their last
/// row and column. Up to a megapixel they go through at once; larger ones go in overlapping tiles that fade into each other, which is no longer exactly
/// what the whole picture would give, because normalisation and attention look at everything. Safe for one thread at a time.
/// </remarks>
public sealed class FaithfulVqgan : IDisposable
{
    // Managed memory, small beside torch's own.
    private const long BytesPerTile = 64 << 20;

    private readonly StateDictionary _weights;
    private readonly Device _device;
    private readonly TilingLimits _limits;

    private FaithfulVqgan(SafetensorsFile file, FaithfulVqganConfig config, ComputeDevice device, int? threads, TilingLimits limits)
    {
        NativeBackend.EnsureLoaded();
        if (threads is { } count)
        {
            set_num_threads(count);
        }

        Config = config;
        _device = device.ToTorch();
        _limits = limits;
        _weights = new StateDictionary(file, _device);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        try
        {
            Network = new VqganNetwork(config, _weights);
            _weights.Close();
        }
        catch
        {
            _weights.Dispose();
            throw;
        }
    }

    /// <summary>The shape of the codec.</summary>
    public FaithfulVqganConfig Config { get; }

    internal VqganNetwork Network { get; }

    /// <summary>Loads weights that <see cref="CheckpointImport"/> made.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="device">Where the networks run.</param>
    /// <param name="threads">Threads of torch, a process-wide setting; null leaves it as it is.</param>
    /// <exception cref="ModelMismatchException">The file is damaged, holds another network, or its tensors do not fit its configuration.</exception>
    /// <exception cref="LimitExceededException">The file is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaithfulVqgan Load(string path, ComputeDevice device = default, int? threads = null) => ImportedModel.Open(path, file => Create(file, device, threads));

    /// <summary>Number of learned values of a codec, code vectors included; nothing is allocated.</summary>
    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    public static long CountParameters(FaithfulVqganConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        return ShapeRecorder.Count(VqganNetwork.Shapes(config), static _ => true);
    }

    /// <summary>Turns a picture into indices.</summary>
    /// <param name="rgb">Interleaved RGB, 0..255.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellationToken">Checked between tiles.</param>
    /// <exception cref="ArgumentException">The span does not have width·height·3 elements.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FaithfulVqganCodes Encode(ReadOnlySpan<byte> rgb, int width, int height, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        (float[] vectors, int rows, int columns) = Analyze(rgb, width, height, progress, cancellationToken);
        return new FaithfulVqganCodes(width, height, rows, columns, Nearest(vectors));
    }

    /// <summary>Turns indices into a picture.</summary>
    /// <param name="codes">From <see cref="Encode"/>, or received.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellationToken">Checked between tiles.</param>
    /// <returns>Interleaved RGB, 0..255, of the picture's size.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit each other or this codec, or an index is too large.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public byte[] Decode(FaithfulVqganCodes codes, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codes);
        RequireFit(codes);
        long[] values = Array.ConvertAll(codes.Values.ToArray(), static i => (long)i);
        return Synthesize(codes.Width, codes.Height, (v, h) =>
        {
            Tensor all = tensor(values, [codes.Rows, codes.Columns]);
            return Network.Quantizer.Look(all.narrow(0, v.Start, v.Length).narrow(1, h.Start, h.Length).flatten().to(_device));
        }, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    /// <summary>Takes weights that were read already.</summary>
    /// <inheritdoc cref="Load"/>
    internal static FaithfulVqgan Create(SafetensorsFile file, ComputeDevice device = default, int? threads = null, TilingLimits? limits = null) =>
        new(file, FaithfulVqganImport.ReadConfig(file), device, threads, limits ?? TilingLimits.Usual);

    /// <summary>Turns a picture into what its indices are chosen for.</summary>
    /// <returns>Vectors [rows, columns, code dimensions].</returns>
    /// <inheritdoc cref="Encode"/>
    internal (float[] Vectors, int Rows, int Columns) Analyze(
        ReadOnlySpan<byte> rgb, int width, int height, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (rgb.Length != 3L * width * height)
        {
            throw new ArgumentException($"{rgb.Length} values are no picture of {width} x {height} x 3.", nameof(rgb));
        }

        int stride = Config.Stride, dimensions = Config.CodeDimensions;
        (int rows, int columns) = Config.MapSize(width, height);
        (FadedTile[] down, FadedTile[] across) = Tiles(rows, columns, 1);
        float[] sum = new float[checked((long)rows * columns * dimensions)];
        byte[] pixels = rgb.ToArray();
        Run(down, across, (v, h) =>
        {
            float[] planes = PicturePlanes.Read(pixels, width, height, h.Start * stride, v.Start * stride, h.Length * stride, v.Length * stride);
            Tensor x = tensor(planes, [1, 3, v.Length * stride, h.Length * stride], device: _device);
            Tensor vectors = Network.Analyze(x).squeeze(0).permute(1, 2, 0).contiguous().cpu();
            AddFaded(vectors, v, h, dimensions, 1, sum, columns, rows);
        }, progress, cancellationToken);
        return (sum, rows, columns);
    }

    /// <summary>The picture of vectors that need not be those of the codebook.</summary>
    /// <param name="vectors">[rows, columns, code dimensions] of <see cref="FaithfulVqganConfig.MapSize"/>.</param>
    /// <param name="width">Pixels per row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellationToken">Checked between tiles.</param>
    /// <returns>Interleaved RGB, 0..255.</returns>
    internal byte[] Synthesize(float[] vectors, int width, int height, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        int dimensions = Config.CodeDimensions, columns = Config.MapSize(width, height).Columns;
        return Synthesize(width, height, (v, h) =>
        {
            float[] some = new float[v.Length * h.Length * dimensions];
            for (int row = 0; row < v.Length; row++)
            {
                vectors.AsSpan((((v.Start + row) * columns) + h.Start) * dimensions, h.Length * dimensions).CopyTo(some.AsSpan(row * h.Length * dimensions));
            }

            return tensor(some, [v.Length * h.Length, dimensions], device: _device);
        }, progress, cancellationToken);
    }

    /// <summary>The index of the nearest code vector.</summary>
    /// <param name="vectors">[n, code dimensions].</param>
    /// <param name="codebook">Other code vectors than the network's, [codes, code dimensions].</param>
    internal ushort[] Nearest(float[] vectors, float[]? codebook = null)
    {
        using var inference = inference_mode();
        using var pause = CollectionPause.Start(BytesPerTile);
        using var scope = NewDisposeScope();
        Tensor z = tensor(vectors, [vectors.Length / Config.CodeDimensions, Config.CodeDimensions], device: _device);
        Tensor indices = codebook is null ? Network.Quantizer.Nearest(z) : NearestOf(z, tensor(codebook, [codebook.Length / Config.CodeDimensions, Config.CodeDimensions], device: _device));
        return Array.ConvertAll(indices.cpu().data<long>().ToArray(), static i => (ushort)i);
    }

    private static Tensor NearestOf(Tensor z, Tensor codebook) => NearestVectors.Find(z, codebook, NearestVectors.HalfNorms(codebook)).Indices;

    // vectorsOf gives those of a tile, [rows·columns, code dimensions].
    private byte[] Synthesize(
        int width, int height, Func<FadedTile, FadedTile, Tensor> vectorsOf, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        int stride = Config.Stride;
        (int rows, int columns) = Config.MapSize(width, height);
        (FadedTile[] down, FadedTile[] across) = Tiles(rows, columns, stride);
        float[] sum = new float[checked(3L * width * height)];
        Run(down, across, (v, h) =>
        {
            Tensor vectors = vectorsOf(v, h).t().reshape(1, Config.CodeDimensions, v.Length, h.Length);
            Tensor picture = Network.Synthesize(vectors).clamp_(-1, 1).squeeze(0).permute(1, 2, 0).contiguous().cpu();
            AddFaded(picture, v, h, 3, stride, sum, width, height);
        }, progress, cancellationToken);
        return Array.ConvertAll(sum, PicturePlanes.ToByte);
    }

    private static void Run(FadedTile[] down, FadedTile[] across, Action<FadedTile, FadedTile> work, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        int total = down.Length * across.Length;
        using var inference = inference_mode();
        for (int i = 0; i < total; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(i, total);
            using var pause = CollectionPause.Start(BytesPerTile);
            using var scope = NewDisposeScope();
            work(down[i / across.Length], across[i % across.Length]);
        }

        progress?.Invoke(total, total);
    }

    // Adds a result [rows·scale, columns·scale, channels] to a map of a given size, which may end within it.
    private static void AddFaded(Tensor result, FadedTile v, FadedTile h, int channels, int scale, float[] map, int mapWidth, int mapHeight)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(result.bytes);
        int left = h.Start * scale, top = v.Start * scale, width = h.Weights.Length;
        int rows = Math.Min(v.Weights.Length, mapHeight - top), columns = Math.Min(width, mapWidth - left);
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<float> from = values.Slice(y * width * channels, columns * channels);
            Span<float> to = map.AsSpan((int)((((top + (long)y) * mapWidth) + left) * channels), columns * channels);
            for (int x = 0; x < columns; x++)
            {
                float weight = v.Weights[y] * h.Weights[x];
                for (int c = x * channels; c < (x + 1) * channels; c++)
                {
                    to[c] += weight * from[c];
                }
            }
        }
    }

    private (FadedTile[] Down, FadedTile[] Across) Tiles(int rows, int columns, int scale)
    {
        int stride = Config.Stride;
        bool isWhole = (long)rows * columns * stride * stride <= _limits.WholePixels;
        int size = Math.Max(2, _limits.TilePixels / stride), overlap = Math.Clamp(_limits.OverlapPixels / stride, 1, size - 1);
        return (FadedTile.Cover(rows, isWhole ? rows : size, overlap, scale), FadedTile.Cover(columns, isWhole ? columns : size, overlap, scale));
    }

    private void RequireFit(FaithfulVqganCodes codes)
    {
        if (codes.Width < 1 || codes.Height < 1 || (codes.Rows, codes.Columns) != Config.MapSize(codes.Width, codes.Height) || codes.Values.Length != (long)codes.Rows * codes.Columns)
        {
            throw new ArgumentException($"{codes.Values.Length} indices in {codes.Rows} x {codes.Columns} are no picture of {codes.Width} x {codes.Height}.", nameof(codes));
        }

        foreach (ushort value in codes.Values.Span)
        {
            if (value >= Config.Codes)
            {
                throw new ArgumentException($"The index {value} is outside a codebook of {Config.Codes} vectors.", nameof(codes));
            }
        }
    }
}
