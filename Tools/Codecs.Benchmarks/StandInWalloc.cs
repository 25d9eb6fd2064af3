using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Walloc;

namespace Codecs.Benchmarks;

/// <summary>Weights in the shape of a WaLLoC model, untrained: each latent is a packet with gain. Time of analysis does not depend on the values; coding
/// sees magnitudes like those of natural media, with contexts that know nothing.</summary>
internal static class StandInWalloc
{
    internal static SafetensorsFile Image() => Create(ImageWalloc.Coefficients, ImageWalloc.Latents, ImageWalloc.Neighbours.Length, gain: 12);

    internal static SafetensorsFile Audio() => Create(AudioWalloc.Coefficients, AudioWalloc.Latents, AudioWalloc.Neighbours.Length, gain: 20);

    private static SafetensorsFile Create(int packets, int latents, int neighbours, float gain)
    {
        float[] encoder = new float[latents * packets], gains = new float[WallocRates.Levels * latents], limits = new float[latents];
        int groups = packets / ImageWalloc.Stride / ImageWalloc.Stride; // colours of a picture, eighths of a sound's bands
        for (int c = 0; c < latents; c++)
        {
            encoder[(c * packets) + (c % groups * packets / groups) + (c / groups)] = 1;
        }

        Array.Fill(gains, MathF.Log(gain));
        Array.Fill(limits, MathF.Log(500));
        short[] spread = new short[(neighbours + 1) * latents * latents], bases = new short[(WallocRates.MaxRate + 1) * latents];
        for (int c = 0; c < latents; c++)
        {
            for (int n = 0; n < neighbours; n++)
            {
                spread[(((c * (neighbours + 1)) + n) * latents) + c] = (short)(ResidualModel.One / 4);
            }
        }

        Array.Fill(bases, (short)(ResidualModel.One / 6));
        const string entropy = ModelWeights.EntropyPrefix;
        return SafetensorsFile.Read(SafetensorsWriter.ToArray(
        [
            SafetensorsTensor.Create<float>("encoder.weight", [latents, packets], encoder),
            SafetensorsTensor.Create<float>("encoder.bias", [latents], new float[latents]),
            SafetensorsTensor.Create<float>("quantizer.log_gain", [WallocRates.Levels, latents], gains),
            SafetensorsTensor.Create<float>("quantizer.log_inverse_gain", [WallocRates.Levels, latents], new float[gains.Length]),
            SafetensorsTensor.Create<float>("quantizer.log_limit", [latents], limits),
            SafetensorsTensor.Create<short>(entropy + "mean", [latents, (neighbours + 1) * latents], new short[spread.Length]),
            SafetensorsTensor.Create<short>(entropy + "spread", [latents, (neighbours + 1) * latents], spread),
            SafetensorsTensor.Create<short>(entropy + "base", [WallocRates.MaxRate + 1, latents], bases),
            SafetensorsTensor.Create<short>(entropy + "start", [ResidualModel.Contexts], new short[ResidualModel.Contexts]),
        ]));
    }
}
