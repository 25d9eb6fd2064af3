using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>Spectra to sound: inverse Fourier transforms of 1280 samples, windowed and added every 320, divided by what the windows add up to.</summary>
/// <remarks>Siuzdak 2023 with "same" padding: 480 samples go at each end, so that T frames are exactly T·320 samples. Name: <c>window</c> [1280], the periodic
/// Hann window.</remarks>
internal sealed class InverseTransform : ILayer
{
    /// <summary>Frequencies of a spectrum.</summary>
    internal const int Bins = (Size / 2) + 1;

    /// <summary>Frames before and after a frame's 320 samples that add to them.</summary>
    internal const int Reach = 2;

    private const int Size = 1280, Hop = FaithfulLanguageCodecConfig.Hop, Overlap = Size / Hop, Margin = (Size - Hop) / 2;
    private const double LargestMagnitude = 100;
    private const string Meaning = "the periodic Hann window of 1280 samples";

    private readonly Tensor _window;
    private readonly Tensor _energy;

    internal InverseTransform(WeightScope weights)
    {
        Tensor window = weights.Take("window", Size);
        FixedBuffer.Check(weights.Prefix + "window", window, Hann(), Meaning);
        _window = weights.Keep(window);
        _energy = weights.Keep(window.square());
    }

    /// <summary>Compares the window of a checkpoint.</summary>
    /// <exception cref="ModelMismatchException">It is another one.</exception>
    internal static void CheckWindow(SafetensorsTensor window) => FixedBuffer.Check(window.Name, window.ToFloats(), Hann(), Meaning);

    /// <param name="x">Logarithms of magnitudes, then phases: [T, 2·641].</param>
    /// <returns>Samples [T·320].</returns>
    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor magnitude = x.narrow(1, 0, Bins).exp().clamp_max_(LargestMagnitude), phase = x.narrow(1, Bins, Bins);

        // A real signal has real values at frequency zero and at the highest one; irfft passes over what else stands there.
        Tensor spectrum = complex(magnitude * phase.cos(), magnitude * phase.sin());
        Tensor frames = fft.irfft(spectrum, n: Size).mul_(_window);
        return AddUp(frames).div_(AddUp(_energy.expand(frames.shape))).MoveToOuterDisposeScope();
    }

    // [T, 1280] to [T·320]: each quarter of a frame is added to one stretch of 320 samples.
    private static Tensor AddUp(Tensor frames)
    {
        long count = frames.shape[0];
        Tensor quarters = frames.reshape(count, Overlap, Hop);
        Tensor sum = zeros(count + Overlap - 1, Hop, device: frames.device);
        for (int quarter = 0; quarter < Overlap; quarter++)
        {
            sum.narrow(0, quarter, count).add_(quarters.select(1, quarter));
        }

        return sum.reshape(-1).narrow(0, Margin, count * Hop);
    }

    private static double[] Hann() => [.. Enumerable.Range(0, Size).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Size)))];
}
