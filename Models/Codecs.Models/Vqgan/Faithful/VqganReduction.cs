using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>Makes imported VQGANs with fewer code vectors, for lower rates.</summary>
/// <remarks>
/// Mao et al., <i>Extreme Image Compression Using Fine-tuned VQGANs</i>, DCC 2024 (arXiv 2307.08265): clusters of the rows of the codebook, all other weights stay; the
/// encoder then looks for the nearest of the new vectors. Rows that no picture uses count there as much as others; clusters of what the encoder makes of pictures do
/// not have that fault. New vectors are numbered by <see cref="CodebookOrder"/>: the first bits of an index name a coarser cluster.
/// </remarks>
public sealed class VqganReduction
{
    /// <summary>Fewest code vectors.</summary>
    public const int MinCodes = 8;

    /// <summary>Most vectors of pictures that are kept; of more a random choice.</summary>
    internal const int MaxSamples = 1 << 18;

    // The middle of a picture is enough: a few minutes instead of an hour for large photographs.
    private const int MaxSide = 768;

    private readonly SafetensorsFile _file;
    private readonly FaithfulVqganConfig _config;
    private readonly int _codes;
    private readonly int _seed;

    private VqganReduction(SafetensorsFile file, int codes, int seed)
    {
        (_file, _codes, _seed) = (file, codes, seed);
        _config = FaithfulVqganImport.ReadConfig(file);
        if (codes < MinCodes || codes >= _config.Codes || !int.IsPow2(codes))
        {
            throw new ModelMismatchException($"A codebook of {_config.Codes} vectors cannot be reduced to {codes}; name a power of two from {MinCodes} up to below {_config.Codes}.");
        }
    }

    /// <summary>Opens an imported model.</summary>
    /// <param name="path">A safetensors file that <see cref="CheckpointImport"/> made.</param>
    /// <param name="codes">How many code vectors to leave: a power of two, at least <see cref="MinCodes"/>.</param>
    /// <param name="seed">Seed of random choices.</param>
    /// <exception cref="ModelMismatchException">The file is damaged or holds another network, or has not more than so many code vectors.</exception>
    /// <exception cref="LimitExceededException">The file is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static VqganReduction Open(string path, int codes, int seed = 1) => ImportedModel.Open(path, file => new VqganReduction(file, codes, seed));

    /// <summary>Clusters the rows of the codebook, as published.</summary>
    /// <param name="progress">Rounds of clustering.</param>
    /// <param name="cancellationToken">Checked between rounds.</param>
    /// <returns>The model with the new codebook.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImportedModel FromRows(IProgress<CodecProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Reduce(_file[VqganNames.Codebook].ToFloats(), progress, cancellationToken);

    /// <summary>Clusters what the encoder makes of pictures.</summary>
    /// <param name="pictures">Interleaved RGB with width and height; of each at most the middle 768 x 768 pixels are used.</param>
    /// <param name="device">Where the encoder runs.</param>
    /// <param name="threads">Threads of torch, a process-wide setting; null leaves it as it is.</param>
    /// <param name="progress">Pictures, then rounds of clustering.</param>
    /// <param name="cancellationToken">Checked between pictures and rounds.</param>
    /// <returns>The model with the new codebook.</returns>
    /// <exception cref="ModelMismatchException">The pictures make fewer vectors than there shall be clusters.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImportedModel FromPictures(
        IEnumerable<(ReadOnlyMemory<byte> Rgb, int Width, int Height)> pictures, ComputeDevice device = default, int? threads = null,
        IProgress<CodecProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        VectorSample sample = new(_config.CodeDimensions, MaxSamples, _seed);
        using (FaithfulVqgan codec = FaithfulVqgan.Create(_file, device, threads))
        {
            int done = 0;
            foreach ((ReadOnlyMemory<byte> rgb, int width, int height) in pictures)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (byte[] middle, int columns, int rows) = Middle(rgb.Span, width, height);
                sample.Add(codec.Analyze(middle, columns, rows, cancellationToken: cancellationToken).Vectors);
                progress?.Report(new CodecProgress("encoding pictures", ++done, 0));
            }
        }

        float[] vectors = sample.ToArray();
        return vectors.Length / _config.CodeDimensions >= _codes
            ? Reduce(vectors, progress, cancellationToken)
            : throw new ModelMismatchException($"The pictures make {vectors.Length / _config.CodeDimensions} vectors; {_codes} clusters need more pictures, ten times as many vectors at least.");
    }

    private ImportedModel Reduce(float[] vectors, IProgress<CodecProgress>? progress, CancellationToken cancellationToken)
    {
        int dimensions = _config.CodeDimensions;
        float[] means = VectorClusters.Find(
            vectors, dimensions, _codes, _seed, (done, total) => progress?.Report(new CodecProgress("clustering", done, total)), cancellationToken);
        float[] ordered = [.. CodebookOrder.Of(means, dimensions).SelectMany(i => means[(i * dimensions)..((i + 1) * dimensions)])];
        SafetensorsTensor codebook = SafetensorsTensor.Create<float>(VqganNames.Codebook, [_codes, dimensions], ordered);
        return FaithfulVqganImport.Create(
            _config with { Codes = _codes, IsTree = true }, [.. _file.Tensors.Where(t => t.Name != VqganNames.Codebook), codebook], ImportedModel.ReadSource(_file));
    }

    private static (byte[] Rgb, int Width, int Height) Middle(ReadOnlySpan<byte> rgb, int width, int height)
    {
        int columns = Math.Min(width, MaxSide), rows = Math.Min(height, MaxSide), left = (width - columns) / 2, top = (height - rows) / 2;
        byte[] middle = new byte[columns * rows * 3];
        for (int y = 0; y < rows; y++)
        {
            rgb.Slice((((top + y) * width) + left) * 3, columns * 3).CopyTo(middle.AsSpan(y * columns * 3));
        }

        return (middle, columns, rows);
    }
}
