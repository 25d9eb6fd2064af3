using Codecs.Models;
using Codecs.Models.Walloc;

namespace Codecs.Audio.Tests;

/// <summary>Synthesises a whole latent in one stretch: what the unit by unit decoder must equal.</summary>
internal sealed class WholeSynthesis : IDisposable
{
    private readonly WallocAudioSynthesis _synthesis = new(
        WallocAudioWeights.FromFile(ModelWeights.ReadFile(ModelZoo.Find("walloc-audio"))).File, ComputeDevice.Cpu, 1);

    internal float[] Mid(AudioLatent latent)
    {
        byte[] rates = new byte[latent.Frames];
        Array.Fill(rates, (byte)latent.Rate);
        float[] mid = new float[latent.Frames * 256], side = new float[mid.Length];
        _synthesis.Synthesize(latent.Values, rates, 0, latent.Frames, 0, 1, mid, side);
        return mid;
    }

    public void Dispose() => _synthesis.Dispose();
}
