using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.Walloc;

/// <summary>A table with one row for each trained level, read at any rate: linear between levels. The plain counterpart of <see cref="WallocRates.Mix"/>.</summary>
internal sealed class RateVector
{
    private readonly float[] _table;
    private readonly int _channels;

    /// <exception cref="ModelMismatchException">The tensor is missing or has another size.</exception>
    internal RateVector(SafetensorsFile file, string name, int channels)
    {
        _table = WeightLoader.Floats(file, name, WallocRates.Levels * channels);
        _channels = channels;
    }

    /// <summary>e to the row of a rate.</summary>
    internal float[] Exp(int rate)
    {
        int low = Math.Min(rate / WallocRates.SubLevels, WallocRates.Levels - 2);
        float part = (rate - (low * WallocRates.SubLevels)) / (float)WallocRates.SubLevels;
        float[] mixed = new float[_channels];
        for (int c = 0; c < _channels; c++)
        {
            mixed[c] = MathF.Exp((_table[(low * _channels) + c] * (1 - part)) + (_table[((low + 1) * _channels) + c] * part));
        }

        return mixed;
    }
}
