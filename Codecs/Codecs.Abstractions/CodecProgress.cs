namespace Codecs;

/// <summary>How far a long operation has come.</summary>
/// <param name="Stage">What is being done, a short phrase such as "analysis".</param>
/// <param name="Done">Units finished in this stage.</param>
/// <param name="Total">Units in this stage; 0 when unknown.</param>
public readonly record struct CodecProgress(string Stage, long Done, long Total)
{
    /// <summary>Share of the stage that is finished, 0..1; 0 when the total is unknown.</summary>
    public double Fraction => Total > 0 ? Math.Clamp((double)Done / Total, 0, 1) : 0;
}
