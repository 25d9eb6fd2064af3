using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.Wavelets;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The decoder of <c>walloc-audio</c>: the network over time on any device, noise for what is lost, the inverse wavelet packets.</summary>
internal sealed class WallocAudioSynthesis : IDisposable
{
    /// <summary>Latent frames of context on each side from which on a frame's samples are those of the whole signal.</summary>
    internal const int Context = NetworkReach + WaveletReach;

    // Input and output convolutions reach 3 frames each, the units 3 times their dilation.
    private const int NetworkReach = 84, WaveletReach = 8, SilentFrames = 24;
    private const long BytesPerStretch = 64 << 20;
    private const int Stride = AudioWalloc.Stride, Channels = AudioWalloc.Latents, Coefficients = AudioWalloc.Coefficients;
    private readonly AudioWallocDecoder _decoder;
    private readonly LatentSteps _steps;
    private readonly Device _device;

    /// <param name="file">The weights.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="threads">Threads of torch; a process-wide setting.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal WallocAudioSynthesis(SafetensorsFile file, ComputeDevice device, int threads)
    {
        NativeBackend.EnsureLoaded();
        set_num_threads(threads);
        _device = device.ToTorch();
        var policy = new ComputePolicy();
        _decoder = new AudioWallocDecoder(policy, policy);
        WeightLoader.Load(_decoder, file, "decoder.", _device);
        _steps = new LatentSteps(file, Channels);
    }

    /// <summary>The sound of latents.</summary>
    /// <param name="steps">[frames, 96] in companded steps, with up to <see cref="Context"/> frames around what is wanted.</param>
    /// <param name="rate">Rate index of each frame.</param>
    /// <param name="skip">Frames before the wanted ones.</param>
    /// <param name="count">Wanted frames.</param>
    /// <param name="firstFrame">Number of the first wanted frame in its signal; it seeds the noise.</param>
    /// <param name="noise">0 for none, 1 for as much as is lost.</param>
    /// <param name="mid">Receives 256 · count samples, full scale ±0.5.</param>
    /// <param name="side">Receives as many.</param>
    internal void Synthesize(
        ReadOnlySpan<float> steps, ReadOnlySpan<byte> rate, int skip, int count, long firstFrame, float noise, Span<float> mid, Span<float> side)
    {
        int frames = rate.Length, from = Math.Max(0, skip - WaveletReach), kept = Math.Min(frames, skip + count + WaveletReach) - from;
        float[] packets = Packets(steps, rate, from, kept, firstFrame - skip + from, noise);
        float[] bands = new float[kept * Stride], samples = new float[kept * Stride];
        for (int channel = 0; channel < 2; channel++)
        {
            for (int t = 0; t < kept; t++)
            {
                packets.AsSpan((t * Coefficients) + (channel * Stride), Stride).CopyTo(bands.AsSpan(t * Stride));
            }

            WaveletPacket1D.Synthesize(bands, AudioWalloc.WaveletLevels, samples);
            samples.AsSpan((skip - from) * Stride, count * Stride).CopyTo(channel == 0 ? mid : side);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private float[] Packets(ReadOnlySpan<float> steps, ReadOnlySpan<byte> rate, int from, int kept, long firstFrame, float noise)
    {
        using var _ = inference_mode();
        using var pause = CollectionPause.Start(BytesPerStretch);
        using var scope = NewDisposeScope();
        int frames = rate.Length;
        float[] latent = new float[steps.Length];
        for (int t = 0; t < frames;)
        {
            // Stretches of one rate; usually all of it.
            int end = t + 1;
            for (; end < frames && rate[end] == rate[t]; end++)
            {
            }

            _steps.Expand(steps[(t * Channels)..(end * Channels)], rate[t], latent.AsSpan(t * Channels, (end - t) * Channels));
            t = end;
        }

        float[] rates = new float[frames];
        for (int t = 0; t < frames; t++)
        {
            rates[t] = rate[t];
        }

        long[] shape = [1, 1, frames, Channels];
        (Tensor decoded, Tensor lost) = _decoder.Forward(
            tensor(steps.ToArray(), shape).to(_device), tensor(latent, shape).to(_device), tensor(rates).to(_device), perFrame: true);
        float[] packets = Copy(decoded, from, kept);
        bool[] silent = Silence(steps, from, kept);
        if (noise > 0)
        {
            float[] sizes = Copy(lost, from, kept);
            for (int t = 0; t < kept; t++)
            {
                NoiseSource.Add(packets.AsSpan(t * Coefficients, Coefficients), sizes.AsSpan(t * Coefficients, Coefficients), noise, firstFrame + t);
            }
        }

        for (int t = 0; t < kept; t++)
        {
            if (silent[t])
            {
                packets.AsSpan(t * Coefficients, Coefficients).Clear();
            }
        }

        return packets;
    }

    // Where nothing was coded for a while there was silence, or less than the quantiser sees: the network's own idea of it would be a faint hum.
    private static bool[] Silence(ReadOnlySpan<float> steps, int from, int kept)
    {
        int frames = steps.Length / Channels;
        bool[] silent = new bool[kept];
        for (int t = 0; t < kept; t++)
        {
            int first = Math.Max(0, from + t - SilentFrames), end = Math.Min(frames, from + t + SilentFrames + 1);
            silent[t] = !steps[(first * Channels)..(end * Channels)].ContainsAnyExcept(0);
        }

        return silent;
    }

    private static float[] Copy(Tensor frames, int from, int count) =>
        MemoryMarshal.Cast<byte, float>(frames.narrow(2, from, count).cpu().contiguous().bytes).ToArray();
}
