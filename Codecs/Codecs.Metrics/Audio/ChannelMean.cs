namespace Codecs.Metrics.Audio;

/// <summary>The mean over those channels that have a value: silent ones (NaN) do not count.</summary>
internal struct ChannelMean
{
    private double _sum;
    private int _count;

    /// <summary>NaN when no channel has a value.</summary>
    public readonly double Value => _sum / _count;

    public void Add(double value)
    {
        if (!double.IsNaN(value))
        {
            _sum += value;
            _count++;
        }
    }
}
