using Codecs.Images;

namespace Codecs.Cli;

/// <summary>A latent of any medium, ready to be written.</summary>
/// <param name="Model">The model it belongs to.</param>
/// <param name="Rate">Its rate index, which scales the values.</param>
/// <param name="Shape">Dimensions, channels last.</param>
/// <param name="Values">In quantiser steps, row-major.</param>
/// <param name="IsRounded">True for what a file holds, false for what an analysis gave.</param>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Warnings">What the user should know about the input.</param>
internal sealed record LatentTensor(
    string Model, int Rate, long[] Shape, float[] Values, bool IsRounded, int Width, int Height, IReadOnlyList<string> Warnings)
{
    internal static LatentTensor From(string model, ImageLatent latent, bool rounded, IReadOnlyList<string> warnings) => new(
        model, latent.Rate, [latent.Rows, latent.Columns, latent.Channels], latent.Values, rounded, latent.Width, latent.Height, warnings);
}
