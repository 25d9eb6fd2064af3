using System.CommandLine;
using System.CommandLine.Parsing;
using Codecs.Audio;

namespace Codecs.Cli.Commands;

/// <summary>Options that say how many bits a sound may take.</summary>
internal static class SoundTargets
{
    private const double LeastBitrate = 100;

    internal static Option<double?> Kilobits { get; } = CommonOptions.WithCheck(
        new Option<double?>("--kbps") { Description = "Sound: most kilobits per second; video: those of the pictures.", HelpName = "X" },
        kbps => kbps is > 0 and < double.PositiveInfinity, "--kbps takes a number above 0.");

    /// <summary>In kbit/s, as <see cref="Kilobits"/>.</summary>
    internal static Option<double?> Bitrate { get; } = new("--bitrate")
    {
        Description = "Sound: most bits per second; 3k is 3000, the same as --kbps 3.",
        HelpName = "RATE",
        CustomParser = ParseBitrate,
    };

    internal static Option<int?> Codebooks { get; } = CommonOptions.WithCheck(
        new Option<int?>("--codebooks")
        {
            Description = $"Speech: codebooks of {EncodeCommand.SpeechModel}, {AudioTokens.FewestCodebooks} (smallest) to {AudioTokens.MostCodebooks} (best), of 0.75 kbit/s each before entropy coding.",
            HelpName = "N",
        },
        codebooks => codebooks >= 1, "--codebooks takes a number of 1 or more.");

    /// <summary>What the options ask of an encoder.</summary>
    /// <exception cref="UsageException">Several targets.</exception>
    internal static AudioEncoderOptions Read(ParseResult result, double? quality)
    {
        double? kilobits = result.GetValue(Kilobits), bitrate = result.GetValue(Bitrate);
        int? codebooks = result.GetValue(Codebooks);
        int targets = (quality is null ? 0 : 1) + (kilobits is null ? 0 : 1) + (bitrate is null ? 0 : 1) + (codebooks is null ? 0 : 1);
        return targets > 1
            ? throw new UsageException("-q, --kbps, --bitrate and --codebooks exclude each other.", "Give one of them.")
            : new AudioEncoderOptions
            {
                Quality = quality ?? AudioEncoderOptions.Default.Quality,
                KilobitsPerSecond = kilobits ?? bitrate,
                Codebooks = codebooks,
            };
    }

    /// <exception cref="UsageException">One of these options was given, and there is a picture.</exception>
    internal static void RefuseForPictures(AudioEncoderOptions encoding)
    {
        if (encoding.KilobitsPerSecond is not null || encoding.Codebooks is not null)
        {
            throw new UsageException("--kbps, --bitrate and --codebooks are for sound.", "For pictures give -q, --bpp, --bytes or --psnr.");
        }
    }

    /// <exception cref="UsageException">The codec has no codebooks, or not as many or as few.</exception>
    internal static void CheckCodebooks(AudioCodec codec, int? codebooks)
    {
        if (codebooks is null)
        {
            return;
        }

        if (codec.Codebooks is not { } known)
        {
            throw new UsageException($"--codebooks is for codecs with codebooks; '{codec.Name}' has none.", $"--codec {EncodeCommand.SpeechModel} has them; for others give -q, --kbps or --bitrate.");
        }

        if (codebooks < known.Fewest || codebooks > known.Most)
        {
            throw new UsageException($"--codebooks takes {known.Fewest} to {known.Most} with '{codec.Name}'.");
        }
    }

    private static double? ParseBitrate(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && Quantity.TryParse(result.Tokens[0].Value, out double bits) && bits is >= LeastBitrate and < double.PositiveInfinity)
        {
            return bits / 1000;
        }

        result.AddError($"--bitrate takes bits per second, {LeastBitrate} or more, such as 3000 or 3k.");
        return null;
    }
}
