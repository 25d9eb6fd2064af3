using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models.Faithful;

namespace Codecs.Models.LanguageCodec.Faithful;

/// <summary>Sizes of an official Language-Codec; all can be read off the shapes of its tensors.</summary>
/// <remarks>Ji et al. 2024 (arXiv 2402.12208). Names of the published code in brackets. What is common to all its checkpoints is a constant here.</remarks>
public sealed record FaithfulLanguageCodecConfig
{
    /// <summary>Samples per second of the only channel.</summary>
    public const int SampleRateHz = 24000;

    /// <summary>Samples per frame: 75 frames are a second.</summary>
    public const int Hop = 320;

    /// <summary>Codebooks that quantise one third of the latent each; no frame makes sense with fewer.</summary>
    public const int MinCodebooks = 3;

    private const int MaxFilters = 128, MaxLatentChannels = 1024, MaxCodebooks = 32, MaxCodebookSize = 1 << 15, MaxWidth = 4096, MaxBlocks = 64, MaxConditions = 64;

    /// <summary>The checkpoint that its authors released in April 2024.</summary>
    public static FaithfulLanguageCodecConfig Released { get; } = new()
    {
        Filters = 32,
        LatentChannels = 128,
        Codebooks = 8,
        CodebookSize = 1024,
        Width = 384,
        HiddenWidth = 1152,
        Blocks = 12,
        Conditions = 4,
    };

    /// <summary>Channels of the encoder at 24 kHz [n_filters], even; 16 times as many at the frame rate.</summary>
    public required int Filters { get; init; }

    /// <summary>Channels of the latent and of a code vector [dimension].</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Codebooks [n_q]; streams may use fewer, from <see cref="MinCodebooks"/> on.</summary>
    public required int Codebooks { get; init; }

    /// <summary>Vectors of a codebook [bins].</summary>
    public required int CodebookSize { get; init; }

    /// <summary>Channels of the decoder [dim].</summary>
    public required int Width { get; init; }

    /// <summary>Channels inside a block of the decoder [intermediate_dim].</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>ConvNeXt blocks of the decoder [num_layers].</summary>
    public required int Blocks { get; init; }

    /// <summary>Rows of the adaptive normalisation [adanorm_num_embeddings]; inference uses the first.</summary>
    public required int Conditions { get; init; }

    /// <summary>Frames of a signal: the last one may reach beyond it.</summary>
    /// <param name="samples">Its length, not negative.</param>
    public static int Frames(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        return (int)((samples + (Hop - 1L)) / Hop);
    }

    /// <summary>Reads the JSON object of a weight file.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <exception cref="InvalidBitstreamException">No JSON object, or a field is missing or of the wrong kind.</exception>
    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    public static FaithfulLanguageCodecConfig Parse(ReadOnlyMemory<byte> json)
    {
        ConfigurationFields fields = ConfigurationFields.Parse(json);
        FaithfulLanguageCodecConfig config = new()
        {
            Filters = fields.Number("n_filters"),
            LatentChannels = fields.Number("dimension"),
            Codebooks = fields.Number("n_q"),
            CodebookSize = fields.Number("bins"),
            Width = fields.Number("dim"),
            HiddenWidth = fields.Number("intermediate_dim"),
            Blocks = fields.Number("num_layers"),
            Conditions = fields.Number("adanorm_num_embeddings"),
        };
        config.Validate();
        return config;
    }

    /// <summary>The JSON object that <see cref="Parse"/> reads.</summary>
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"n_filters":{{Filters}},"dimension":{{LatentChannels}},"n_q":{{Codebooks}},"bins":{{CodebookSize}},"dim":{{Width}},"intermediate_dim":{{HiddenWidth}},"num_layers":{{Blocks}},"adanorm_num_embeddings":{{Conditions}}}""");

    /// <summary>Reads the sizes off a state dictionary; whether all its tensors agree is another question.</summary>
    /// <exception cref="ModelMismatchException">A tensor that would tell a size is missing.</exception>
    /// <exception cref="UnsupportedBitstreamException">A size outside what these networks allow.</exception>
    internal static FaithfulLanguageCodecConfig FromState(IReadOnlyDictionary<string, SafetensorsTensor> state)
    {
        FaithfulLanguageCodecConfig config = new()
        {
            Filters = Size(state, StateNames.Encoder + "model.0.conv.conv.weight_v"),
            LatentChannels = Size(state, StateNames.Encoder + "model.15.conv.conv.weight_v"),
            Codebooks = Count(q => state.ContainsKey(StateNames.Codebook(q))),
            CodebookSize = Size(state, StateNames.Codebook(0)),
            Width = Size(state, StateNames.Backbone + "embed.weight"),
            HiddenWidth = Size(state, StateNames.Backbone + "convnext.0.pwconv1.weight"),
            Blocks = Count(i => state.ContainsKey($"{StateNames.Backbone}convnext.{i}.gamma")),
            Conditions = Size(state, StateNames.Backbone + "norm.scale.weight"),
        };
        config.Validate();
        return config;
    }

    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    internal void Validate()
    {
        ConfigurationFields.Require(Filters is >= 2 and <= MaxFilters && Filters % 2 == 0, "n_filters", Filters, $"an even number from 2 to {MaxFilters}");
        Require("dimension", LatentChannels, MinCodebooks, MaxLatentChannels);
        Require("n_q", Codebooks, MinCodebooks, MaxCodebooks);
        Require("bins", CodebookSize, 2, MaxCodebookSize);
        Require("dim", Width, 1, MaxWidth);
        Require("intermediate_dim", HiddenWidth, 1, MaxWidth);
        Require("num_layers", Blocks, 1, MaxBlocks);
        Require("adanorm_num_embeddings", Conditions, 1, MaxConditions);
    }

    private static void Require(string field, int value, int least, int most) =>
        ConfigurationFields.Require(value >= least && value <= most, field, value, $"{least} to {most}");

    private static int Count(Predicate<int> exists)
    {
        int count = 0;
        while (exists(count))
        {
            count++;
        }

        return count;
    }

    private static int Size(IReadOnlyDictionary<string, SafetensorsTensor> state, string name) =>
        state.TryGetValue(name, out SafetensorsTensor? tensor) && tensor.Shape.Count > 0
            ? (int)Math.Min(tensor.Shape[0], int.MaxValue)
            : throw new ModelMismatchException($"The checkpoint has no tensor '{name}' with a size; it is none of Language-Codec's.");
}
