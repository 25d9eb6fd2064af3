namespace Codecs.Training;

/// <summary>What learns in a <see cref="TimedTraining"/>.</summary>
internal interface ILearner
{
    /// <summary>Steps so far, those before the last resumption included.</summary>
    long Steps { get; }

    /// <summary>Learns from the next batch.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decayed">How much of the decay has passed: 0 in the hold, 1 at the end.</param>
    /// <returns>Numbers for the log by name.</returns>
    (string Name, double Value)[] Step(double rate, double decayed);

    /// <summary>Replaces the checkpoint.</summary>
    void Save(string path, double minutes);

    /// <summary>Writes the held-out line.</summary>
    void Evaluate();
}
