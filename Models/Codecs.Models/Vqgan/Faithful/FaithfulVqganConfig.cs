using System.Globalization;
using System.Numerics;
using Codecs.Formats.Weights;
using Codecs.Models.Faithful;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>Shape of an official VQGAN, as the YAML file of its project states it.</summary>
/// <remarks>Esser, Rombach and Ommer 2021 (arXiv 2012.09841); field names of the published files in brackets. What is common to all
/// published VQGANs is no field here: RGB in and out, no double_z, convolutions where the size changes, attention of the plain kind.
/// <see cref="IsTree"/> is ours.</remarks>
public sealed record FaithfulVqganConfig
{
    /// <summary>The resolution that all published configurations name.</summary>
    internal const int UsualResolution = 256;

    private const string TreeField = "tree_codes";
    private const int MaxChannels = 1024, MaxLevels = 8, MaxMultiplier = 64, MaxBlocks = 16, MaxLatent = 4096, MaxCodes = 1 << 16, MaxResolution = 1 << 14;

    private static readonly int[] s_multipliers16 = [1, 1, 2, 2, 4], s_multipliers8 = [1, 2, 2, 4], s_multipliers4 = [1, 2, 4];

    /// <summary>The published shapes by name: those of taming-transformers for ImageNet (faces and custom data have that of 1,024 codes), then
    /// those of latent-diffusion.</summary>
    public static IReadOnlyDictionary<string, FaithfulVqganConfig> Published { get; } = new Dictionary<string, FaithfulVqganConfig>(StringComparer.Ordinal)
    {
        ["taming-f16-1024"] = Shape(s_multipliers16, attention: 16, latent: 256, codes: 1024),
        ["taming-f16-16384"] = Shape(s_multipliers16, attention: 16, latent: 256, codes: 16384),
        ["ldm-f16"] = Shape(s_multipliers16, attention: 16, latent: 8, codes: 16384),
        ["ldm-f8"] = Shape(s_multipliers8, attention: 32, latent: 4, codes: 16384),
        ["ldm-f8-n256"] = Shape(s_multipliers8, attention: 32, latent: 4, codes: 256),
        ["ldm-f4"] = Shape(s_multipliers4, attention: null, latent: 3, codes: 8192),
    };

    /// <summary>Channels at full resolution [ch], a multiple of 32.</summary>
    public required int Channels { get; init; }

    /// <summary>Channels of each level in units of <see cref="Channels"/> [ch_mult], full resolution first.</summary>
    public required IReadOnlyList<int> Multipliers { get; init; }

    /// <summary>Residual blocks of a level of the encoder [num_res_blocks]; the decoder has one more.</summary>
    public required int Blocks { get; init; }

    /// <summary>Sides of the levels with attention [attn_resolutions], for pictures of <see cref="Resolution"/>.</summary>
    public required IReadOnlyList<int> AttentionResolutions { get; init; }

    /// <summary>Nominal side of a picture [resolution]: it says which levels have attention, whatever size a picture really has.</summary>
    public int Resolution { get; init; } = UsualResolution;

    /// <summary>Channels between encoder and decoder [z_channels].</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Elements of a code vector [embed_dim].</summary>
    public required int CodeDimensions { get; init; }

    /// <summary>Code vectors [n_embed], at most 65536.</summary>
    public required int Codes { get; init; }

    /// <summary>True when the first bits of an index name a coarser cluster, which VQGANs that <see cref="VqganReduction"/> made have and published ones have not
    /// [tree_codes, left out when false]. The number of code vectors is a power of two then.</summary>
    public bool IsTree { get; init; }

    /// <summary>Bits of an index: log2 of <see cref="Codes"/>, rounded up.</summary>
    public int IndexBits => BitOperations.Log2((uint)Codes - 1) + 1;

    /// <summary>Pixels per index and side: 2^(levels - 1).</summary>
    public int Stride => 1 << (Multipliers.Count - 1);

    /// <summary>Reads the fields of ddconfig, embed_dim and n_embed from one JSON object, as weight files hold them.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <exception cref="InvalidBitstreamException">No JSON object, or a field is missing or of the wrong kind.</exception>
    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    public static FaithfulVqganConfig Parse(ReadOnlyMemory<byte> json) => FromFields(ConfigurationFields.Parse(json));

    /// <summary>The JSON object that <see cref="Parse"/> reads.</summary>
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"ch":{{Channels}},"ch_mult":[{{string.Join(',', Multipliers)}}],"num_res_blocks":{{Blocks}},"attn_resolutions":[{{string.Join(',', AttentionResolutions)}}],"resolution":{{Resolution}},"z_channels":{{LatentChannels}},"embed_dim":{{CodeDimensions}},"n_embed":{{Codes}}{{(IsTree ? $",\"{TreeField}\":true" : "")}}}""");

    /// <summary>True when all fields are the same.</summary>
    public bool Equals(FaithfulVqganConfig? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <summary>Rows and columns of the indices of a picture: its size over the stride, rounded up.</summary>
    internal (int Rows, int Columns) MapSize(int width, int height) =>
        ((int)((height + (long)Stride - 1) / Stride), (int)((width + (long)Stride - 1) / Stride));

    /// <summary>Channels of a level, 0 for full resolution.</summary>
    internal int Width(int level) => Channels * Multipliers[level];

    /// <summary>True when the residual blocks of a level are followed by attention.</summary>
    internal bool HasAttention(int level) => AttentionResolutions.Contains(Resolution >> level);

    /// <summary>Takes fields by their published names.</summary>
    internal static FaithfulVqganConfig FromFields(ConfigurationFields fields)
    {
        RequireUsual(fields);
        FaithfulVqganConfig config = new()
        {
            Channels = fields.Number("ch"),
            Multipliers = fields.Numbers("ch_mult"),
            Blocks = fields.Number("num_res_blocks"),
            AttentionResolutions = fields.Numbers("attn_resolutions"),
            Resolution = fields.Number("resolution"),
            LatentChannels = fields.Number("z_channels"),
            CodeDimensions = fields.Number("embed_dim"),
            Codes = fields.Number("n_embed"),
            IsTree = fields.Has(TreeField) && fields.Flag(TreeField),
        };
        config.Validate();
        return config;
    }

    /// <summary>Reads the shape off a state dictionary; whether all its tensors agree is another question. The nominal resolution is taken to be
    /// <see cref="UsualResolution"/>: only which levels have attention depends on it, and that the tensors tell.</summary>
    /// <exception cref="ModelMismatchException">A tensor that would tell a size is missing.</exception>
    /// <exception cref="UnsupportedBitstreamException">A size outside what these networks allow.</exception>
    internal static FaithfulVqganConfig FromState(IReadOnlyDictionary<string, SafetensorsTensor> state)
    {
        int channels = Size(state, "encoder.conv_in.weight", 0);
        int levels = Count(MaxLevels, i => state.ContainsKey($"encoder.down.{i}.block.0.conv1.weight"));
        ConfigurationFields.Require(channels >= 1, "ch", channels, "at least 1");
        int[] multipliers = [.. Enumerable.Range(0, levels).Select(i => Size(state, $"encoder.down.{i}.block.0.conv1.weight", 0) / channels)];
        FaithfulVqganConfig config = new()
        {
            Channels = channels,
            Multipliers = multipliers,
            Blocks = Count(MaxBlocks, j => state.ContainsKey($"encoder.down.0.block.{j}.conv1.weight")),
            AttentionResolutions = [.. Enumerable.Range(0, levels).Where(i => state.ContainsKey($"encoder.down.{i}.attn.0.q.weight")).Select(i => UsualResolution >> i).Reverse()],
            LatentChannels = Size(state, "encoder.conv_out.weight", 0),
            CodeDimensions = Size(state, VqganNames.Codebook, 1),
            Codes = Size(state, VqganNames.Codebook, 0),
        };
        config.Validate();
        return config;
    }

    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    internal void Validate()
    {
        ConfigurationFields.Require(Channels is >= GroupNormalization.Groups and <= MaxChannels && Channels % GroupNormalization.Groups == 0, "ch", Channels, $"a multiple of {GroupNormalization.Groups} up to {MaxChannels}");
        Require("length of ch_mult", Multipliers.Count, 1, MaxLevels);
        foreach (int multiplier in Multipliers)
        {
            Require("ch_mult", multiplier, 1, MaxMultiplier);
        }

        Require("num_res_blocks", Blocks, 1, MaxBlocks);
        ConfigurationFields.Require(Resolution is >= 1 and <= MaxResolution && Resolution % Stride == 0, "resolution", Resolution, $"a multiple of {Stride} up to {MaxResolution}");
        Require("z_channels", LatentChannels, 1, MaxLatent);
        Require("embed_dim", CodeDimensions, 1, MaxLatent);
        Require("n_embed", Codes, 2, MaxCodes);
        ConfigurationFields.Require(!IsTree || int.IsPow2(Codes), "n_embed", Codes, $"a power of two with {TreeField}");
    }

    private static FaithfulVqganConfig Shape(int[] multipliers, int? attention, int latent, int codes) => new()
    {
        Channels = 128,
        Multipliers = multipliers,
        Blocks = 2,
        AttentionResolutions = attention is { } side ? [side] : [],
        LatentChannels = latent,
        CodeDimensions = latent,
        Codes = codes,
    };

    // What other members of the family set differently.
    private static void RequireUsual(ConfigurationFields fields)
    {
        foreach ((string field, bool expected) in (ReadOnlySpan<(string, bool)>)[("double_z", false), ("resamp_with_conv", true)])
        {
            if (fields.Has(field) && fields.Flag(field) != expected)
            {
                throw new UnsupportedBitstreamException($"The configuration has {field} = {!expected}, expected {expected}: this is no VQGAN as published.");
            }
        }

        foreach (string field in (ReadOnlySpan<string>)["in_channels", "out_ch"])
        {
            if (fields.Has(field))
            {
                ConfigurationFields.Require(fields.Number(field) == 3, field, fields.Number(field), "3 (RGB)");
            }
        }
    }

    private static void Require(string field, int value, int least, int most) =>
        ConfigurationFields.Require(value >= least && value <= most, field, value, $"{least} to {most}");

    private static int Count(int most, Predicate<int> exists)
    {
        int count = 0;
        while (count <= most && exists(count))
        {
            count++;
        }

        return count;
    }

    private static int Size(IReadOnlyDictionary<string, SafetensorsTensor> state, string name, int axis) =>
        state.TryGetValue(name, out SafetensorsTensor? tensor) && tensor.Shape.Count > axis
            ? (int)Math.Min(tensor.Shape[axis], int.MaxValue)
            : throw new ModelMismatchException($"The checkpoint has no '{name}' that would tell its shape; it is no VQGAN, or not all of it.");
}
