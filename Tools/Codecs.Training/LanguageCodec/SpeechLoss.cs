using Codecs.Models.LanguageCodec;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Training.LanguageCodec;

/// <summary>What training hears: log mel spectra, spectra and envelopes of third-octave bands, at four window lengths.</summary>
/// <remarks>
/// One transform serves all terms of a scale. Mel distance after DAC (Kumar et al., 2023), spectral convergence and log magnitude after Arik et al. (2018),
/// complex error at 1024 samples for the phase, and the correlation of band envelopes over 384 ms that STOI measures (Taal et al., 2011).
/// </remarks>
internal sealed class SpeechLoss
{
    private const double MelFloor = 1e-5, MelWeight = 15, SpectrumWeight = 0.5, ComplexWeight = 2, EnvelopeWeight = 12, WaveWeight = 1;
    private const int ComplexSize = 1024, EnvelopeSize = 512, EnvelopeFrames = 36, BandCount = 15;
    private static readonly (int Window, int Bands)[] s_scales = [(256, 40), (512, 80), (1024, 128), (2048, 128)];
    private static readonly Scalar s_tiny = 1e-9, s_floor = MelFloor, s_small = 1e-4, s_one = 1;
    private readonly (int Size, Tensor Window, Tensor Bank)[] _scales;
    private readonly Tensor _thirds;

    internal SpeechLoss()
    {
        _scales =
        [
            .. s_scales.Select(s => (s.Window, hann_window(s.Window).DetachFromDisposeScope(),
                MelBank.Slaney(SpeechShape.SampleRate, s.Window, s.Bands).DetachFromDisposeScope())),
        ];
        _thirds = ThirdOctaves().DetachFromDisposeScope();
    }

    /// <summary>The mean mel distance over all scales, for the log.</summary>
    /// <param name="signal">[N, samples].</param>
    /// <param name="reference">[N, samples].</param>
    internal double Mel(Tensor signal, Tensor reference)
    {
        double sum = 0;
        foreach ((int size, Tensor window, Tensor bank) in _scales)
        {
            Tensor Mel(Tensor x) => Log(bank.matmul(Spectrum(x, size, window).Power.sqrt()));
            sum += (Mel(signal) - Mel(reference)).abs().mean().item<float>();
        }

        return sum / _scales.Length;
    }

    /// <summary>The loss and its parts at two of the scales: their transforms cost as much as the networks.</summary>
    /// <param name="signal">[N, samples].</param>
    /// <param name="reference">[N, samples].</param>
    /// <param name="step">Even steps hear windows of 256 and 1024 samples, odd ones 512 and 2048.</param>
    internal TrainingStep Forward(Tensor signal, Tensor reference, long step)
    {
        Tensor mel = zeros(1), spectrum = zeros(1), special = zeros(1);
        for (int i = (int)(step & 1); i < _scales.Length; i += 2)
        {
            (int size, Tensor window, Tensor bank) = _scales[i];
            (Tensor x, Tensor px) = Spectrum(signal, size, window);
            (Tensor y, Tensor py) = Spectrum(reference, size, window);
            Tensor mx = px.sqrt(), my = py.sqrt();
            mel = mel + (Log(bank.matmul(mx)) - Log(bank.matmul(my))).abs().mean();
            Tensor convergence = ((mx - my).square().sum([1L, 2]) / my.square().sum([1L, 2]).clamp_min(s_small)).sqrt().mean();
            spectrum = spectrum + convergence + ((mx + s_small).log() - (my + s_small).log()).abs().mean();
            if (size == ComplexSize)
            {
                special = ((x - y).abs().sum([1L, 2, 3]) / y.abs().sum([1L, 2, 3]).clamp_min(s_small)).mean() * ComplexWeight;
            }

            if (size == EnvelopeSize)
            {
                special = (s_one - Correlation(Bands(px), Bands(py))) * EnvelopeWeight;
            }
        }

        const double share = 2.0 / 4; // of the scales
        mel = mel / (share * _scales.Length);
        spectrum = spectrum / (share * _scales.Length);
        Tensor wave = ((signal - reference).abs().sum(1) / reference.abs().sum(1).clamp_min(s_small)).mean();
        return new TrainingStep(
            (mel * MelWeight) + (spectrum * SpectrumWeight) + special + (wave * WaveWeight),
            ("mel", mel.item<float>()), ("spectrum", spectrum.item<float>()), ((step & 1) == 0 ? "complex" : "envelope", special.item<float>()), ("wave", wave.item<float>()));
    }

    private static Tensor Log(Tensor mel) => mel.clamp_min(s_floor).log10();

    private static (Tensor Complex, Tensor Power) Spectrum(Tensor x, int size, Tensor window)
    {
        Tensor spectrum = view_as_real(stft(x, size, size / 4, size, window, center: true, return_complex: true));
        return (spectrum, spectrum.square().sum(-1) + s_tiny);
    }

    // Envelopes every 256 samples: [N, 15, frames].
    private Tensor Bands(Tensor power) => _thirds.matmul(power[.., .., TensorIndex.Slice(step: 2)]).sqrt();

    private static Tensor Correlation(Tensor x, Tensor y)
    {
        Tensor Segments(Tensor e)
        {
            Tensor s = e.unfold(2, EnvelopeFrames, EnvelopeFrames / 4);
            s = s - s.mean([-1L], keepdim: true);
            return s / (s.square().sum(-1, keepdim: true) + s_tiny).sqrt();
        }

        return (Segments(x) * Segments(y)).sum(-1).mean();
    }

    private static Tensor ThirdOctaves()
    {
        const int bins = (EnvelopeSize / 2) + 1;
        float[] bank = new float[BandCount * bins];
        for (int b = 0; b < BandCount; b++)
        {
            double centre = 150 * Math.Pow(2, b / 3.0), low = centre / Math.Pow(2, 1 / 6.0), high = centre * Math.Pow(2, 1 / 6.0);
            for (int k = 0; k < bins; k++)
            {
                // The share of the bin that lies in the band: low bands are narrower than a bin.
                double width = (double)SpeechShape.SampleRate / EnvelopeSize, from = (k - 0.5) * width, to = (k + 0.5) * width;
                bank[(b * bins) + k] = (float)(Math.Max(0, Math.Min(high, to) - Math.Max(low, from)) / width);
            }
        }

        return tensor(bank, [BandCount, bins]);
    }
}
