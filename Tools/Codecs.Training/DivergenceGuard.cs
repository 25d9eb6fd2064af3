namespace Codecs.Training;

/// <summary>Leaves out single bad batches and notices when training has left the road.</summary>
internal sealed class DivergenceGuard
{
    private const double Tolerance = 3, Smoothing = 0.98;
    private const int MostInARow = 6;
    private double _mean;
    private int _seen;
    private int _refused;

    /// <summary>Too many batches in a row were refused: the weights are at fault, not the batches.</summary>
    internal bool Diverged => _refused >= MostInARow;

    /// <summary>True when a step may be taken with this loss.</summary>
    internal bool Accepts(double loss)
    {
        bool usual = double.IsFinite(loss) && (_seen < 50 || loss < Tolerance * _mean);
        if (!usual)
        {
            _refused++;
            return false;
        }

        _refused = 0;
        _mean = _seen++ == 0 ? loss : (_mean * Smoothing) + (loss * (1 - Smoothing));
        return true;
    }

    /// <summary>Starts counting afresh after the weights were restored; the usual loss is kept.</summary>
    internal void Reset() => _refused = 0;
}
