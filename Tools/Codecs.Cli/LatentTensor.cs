using System.Globalization;
using Codecs.Audio;
using Codecs.Images;

namespace Codecs.Cli;

/// <summary>A latent of any medium, ready to be written.</summary>
/// <param name="Model">The model it belongs to.</param>
/// <param name="Rate">Its rate index, which scales the values.</param>
/// <param name="Shape">Dimensions, channels last.</param>
/// <param name="Values">In quantiser steps, row-major.</param>
/// <param name="IsRounded">True for what a file holds, false for what an analysis gave.</param>
/// <param name="Warnings">What the user should know about the input.</param>
internal sealed record LatentTensor(string Model, int Rate, long[] Shape, float[] Values, bool IsRounded, IReadOnlyList<string> Warnings)
{
    /// <summary>Columns of the picture; null for sound.</summary>
    internal int? Width { get; private init; }

    /// <summary>Rows of the picture; null for sound.</summary>
    internal int? Height { get; private init; }

    /// <summary>Samples per second at which the model worked; null for pictures.</summary>
    internal int? SampleRate { get; private init; }

    /// <summary>What a safetensors file says beside the tensor.</summary>
    internal Dictionary<string, string> Metadata
    {
        get
        {
            var metadata = new Dictionary<string, string>
            {
                ["model"] = Model,
                ["rate"] = Text(Rate),
                ["channels"] = Text(Shape[^1]),
                ["rounded"] = IsRounded ? "true" : "false",
            };
            if (SampleRate is { } sampleRate)
            {
                (metadata["sample_rate"], metadata["pairs"]) = (Text(sampleRate), Text(Shape[0]));
            }

            if (Width is { } width && Height is { } height)
            {
                (metadata["width"], metadata["height"]) = (Text(width), Text(height));
            }

            return metadata;
        }
    }

    internal static LatentTensor From(string model, ImageLatent latent, bool rounded, IReadOnlyList<string> warnings) =>
        new(model, latent.Rate, [latent.Rows, latent.Columns, latent.Channels], latent.Values, rounded, warnings) { Width = latent.Width, Height = latent.Height };

    internal static LatentTensor From(string model, AudioLatent latent, bool rounded, IReadOnlyList<string> warnings) =>
        new(model, latent.Rate, [latent.Pairs, latent.Frames, latent.Channels], latent.Values, rounded, warnings) { SampleRate = latent.SampleRate };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
