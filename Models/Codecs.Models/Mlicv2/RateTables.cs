using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.Mlicv2;

/// <summary>The gain vectors of the rate levels and what lies between them: linear, gains in the log domain.</summary>
internal sealed class RateTables
{
    private readonly float[] _logGain;
    private readonly float[] _logInverseGain;
    private readonly float[] _analysisGain;
    private readonly float[] _synthesisGain;

    internal RateTables(SafetensorsFile file)
    {
        const int y = L20Config.LatentChannels, wide = L20Config.TransformChannels;
        _logGain = WeightLoader.Floats(file, "rate.log_gain", L20Config.Levels * y);
        _logInverseGain = WeightLoader.Floats(file, "rate.log_inverse_gain", L20Config.Levels * y);
        _analysisGain = WeightLoader.Floats(file, "rate.analysis_gain", L20Config.Levels * wide);
        _synthesisGain = WeightLoader.Floats(file, "rate.synthesis_gain", L20Config.Levels * wide);
        HyperMean = WeightLoader.Floats(file, "rate.z_mean", L20Config.HyperChannels);
    }

    /// <summary>What z is rounded around, [64].</summary>
    internal float[] HyperMean { get; }

    internal float[] Gain(int rate) => Array.ConvertAll(Mix(_logGain, rate), MathF.Exp);

    internal float[] InverseGain(int rate) => Array.ConvertAll(Mix(_logInverseGain, rate), MathF.Exp);

    internal float[] AnalysisGain(int rate) => Mix(_analysisGain, rate);

    internal float[] SynthesisGain(int rate) => Mix(_synthesisGain, rate);

    private static float[] Mix(float[] table, int rate)
    {
        int channels = table.Length / L20Config.Levels;
        int low = Math.Min(rate / L20Config.SubLevels, L20Config.Levels - 2);
        float part = (rate - (low * L20Config.SubLevels)) / (float)L20Config.SubLevels;
        float[] mixed = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            mixed[c] = (table[(low * channels) + c] * (1 - part)) + (table[((low + 1) * channels) + c] * part);
        }

        return mixed;
    }
}
