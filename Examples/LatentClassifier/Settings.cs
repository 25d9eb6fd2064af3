using System.Globalization;

namespace Codecs.Examples.LatentClassifier;

/// <summary>What the command line says.</summary>
internal sealed record Settings
{
    internal const string Usage = """
        usage: LatentClassifier FOLDER|LIST [--classes N] [--train N] [--test N] [--epochs N] [--seeds N] [--quality N] [--model NAME]

        FOLDER is searched for pictures; LIST is a text file with one picture a line, relative to the list's folder.
        """;

    internal required string Source { get; init; }

    /// <summary>A picture codec with latents of 48 channels or more on a grid of 8 pixels.</summary>
    internal string Model { get; init; } = "walloc-image";

    internal int Classes { get; init; } = 40;

    internal int TrainCrops { get; init; } = 40;

    internal int TestCrops { get; init; } = 20;

    internal int Epochs { get; init; } = 12;

    internal int Seeds { get; init; } = 3;

    internal int Quality { get; init; } = 70;

    /// <returns>The settings, or null when the line cannot be understood.</returns>
    internal static Settings? Parse(string[] args)
    {
        if (args.Length % 2 == 0 || args[0].StartsWith('-'))
        {
            return null;
        }

        Settings? settings = new() { Source = args[0] };
        for (int i = 1; i < args.Length && settings is not null; i += 2)
        {
            bool isNumber = int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out int number) && number > 0;
            settings = (args[i], isNumber) switch
            {
                ("--model", _) => settings with { Model = args[i + 1] },
                ("--classes", true) => settings with { Classes = number },
                ("--train", true) => settings with { TrainCrops = number },
                ("--test", true) => settings with { TestCrops = number },
                ("--epochs", true) => settings with { Epochs = number },
                ("--seeds", true) => settings with { Seeds = number },
                ("--quality", true) when number <= 100 => settings with { Quality = number },
                _ => null,
            };
        }

        return settings;
    }
}
