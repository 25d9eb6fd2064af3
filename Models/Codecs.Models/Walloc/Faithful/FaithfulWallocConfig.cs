using System.Globalization;
using Codecs.Models.Faithful;

namespace Codecs.Models.Walloc.Faithful;

/// <summary>Shape of an official WaLLoC codec, as the JSON file beside a checkpoint states it.</summary>
/// <remarks>Jacobellis and Yadwadkar 2024 (arXiv 2412.09405); field names of the published files in brackets.</remarks>
public sealed record FaithfulWallocConfig
{
    private const int MaxWidth = 8192, MaxLatentChannels = 4096, MaxImageLevels = 5, MaxAudioLevels = 11;

    /// <summary>Channels of the signal [channels]: 3 for RGB pictures, 2 for stereo sound.</summary>
    public required int Channels { get; init; }

    /// <summary>Levels of the wavelet packet transform [J]: the latent has 1/2^J of the resolution per dimension.</summary>
    public required int Levels { get; init; }

    /// <summary>Width of the encoder network [Ne]; without meaning when the encoder is one linear layer.</summary>
    public int EncoderWidth { get; init; }

    /// <summary>Width of the decoder network [Nd]; a multiple of 32 for pictures.</summary>
    public required int DecoderWidth { get; init; }

    /// <summary>Channels of the latent [latent_dim].</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Bits b of a latent [latent_bits], 2 to 8: integers from -(2^(b-1) - 1) to 2^(b-1) - 1.</summary>
    public required int LatentBits { get; init; }

    /// <summary>True when the encoder is one linear layer [lightweight_encode].</summary>
    public required bool LightweightEncoder { get; init; }

    /// <summary>True when a learned filter follows the synthesis of sound [post_filter].</summary>
    public bool PostFilter { get; init; }

    /// <summary>True for stereo sound, false for pictures.</summary>
    public bool IsAudio => Channels == 2;

    /// <summary>Channels after the wavelet packet transform: C·2^J for sound, C·4^J for pictures.</summary>
    public int BandChannels => Channels << (IsAudio ? Levels : 2 * Levels);

    /// <summary>Reads the JSON object of a configuration file; fields that only training needs are passed over.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <exception cref="InvalidBitstreamException">No JSON object, or a field is missing or of the wrong kind.</exception>
    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    public static FaithfulWallocConfig Parse(ReadOnlyMemory<byte> json) => FromFields(ConfigurationFields.Parse(json));

    /// <summary>The JSON object that <see cref="Parse"/> reads.</summary>
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"channels":{{Channels}},"J":{{Levels}},"Ne":{{EncoderWidth}},"Nd":{{DecoderWidth}},"latent_dim":{{LatentChannels}},"latent_bits":{{LatentBits}},"lightweight_encode":{{Json(LightweightEncoder)}},"post_filter":{{Json(PostFilter)}}}""");

    /// <summary>Takes fields by their published names.</summary>
    internal static FaithfulWallocConfig FromFields(ConfigurationFields fields)
    {
        FaithfulWallocConfig config = new()
        {
            Channels = fields.Number("channels"),
            Levels = fields.Number("J"),
            EncoderWidth = fields.Has("Ne") ? fields.Number("Ne") : 0,
            DecoderWidth = fields.Number("Nd"),
            LatentChannels = fields.Number("latent_dim"),
            LatentBits = fields.Number("latent_bits"),
            LightweightEncoder = fields.Flag("lightweight_encode"),
            PostFilter = fields.Has("post_filter") && fields.Flag("post_filter"),
        };
        config.Validate();
        return config;
    }

    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    internal void Validate()
    {
        ConfigurationFields.Require(Channels is 2 or 3, "channels", Channels, "2 (stereo sound) or 3 (RGB pictures)");
        int levels = IsAudio ? MaxAudioLevels : MaxImageLevels;
        ConfigurationFields.Require(Levels >= 1 && Levels <= levels, "J", Levels, $"1 to {levels}");
        ConfigurationFields.Require(LatentChannels is >= 1 and <= MaxLatentChannels, "latent_dim", LatentChannels, $"1 to {MaxLatentChannels}");
        ConfigurationFields.Require(LatentBits is >= GaussianCompander.MinBits and <= GaussianCompander.MaxBits, "latent_bits", LatentBits, $"{GaussianCompander.MinBits} to {GaussianCompander.MaxBits}");
        RequireWidth("Nd", DecoderWidth);
        if (!LightweightEncoder)
        {
            RequireWidth("Ne", EncoderWidth);
        }

        if (PostFilter && !IsAudio)
        {
            throw new UnsupportedBitstreamException("The configuration asks for a post filter on pictures; only sound has one.");
        }
    }

    private void RequireWidth(string field, int width)
    {
        bool fits = IsAudio ? width >= LatentChannels : width >= GroupNormalization.Groups && width % GroupNormalization.Groups == 0;
        ConfigurationFields.Require(fits && width <= MaxWidth, field, width, IsAudio ? $"{LatentChannels} (latent_dim) to {MaxWidth}" : $"a multiple of {GroupNormalization.Groups} up to {MaxWidth}");
    }

    private static string Json(bool value) => value ? "true" : "false";
}
