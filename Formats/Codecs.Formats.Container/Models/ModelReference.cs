namespace Codecs.Formats.Container;

/// <summary>Which weights decode a track.</summary>
public sealed record ModelReference
{
    /// <summary>The reference's number in the file, 0..2^30-1; tracks name it.</summary>
    public int Index { get; init; }

    /// <summary>On which machines decoding is safe; null in a Tiny file, where the model's manifest says it.</summary>
    public DeterminismClass? Determinism { get; init; }

    /// <summary>Start of the fingerprint of everything that decides which symbol is read next: must match. Empty when only a registry number is given.</summary>
    public FingerprintPrefix Entropy { get; init; }

    /// <summary>Start of the fingerprint of the decoder transform: should match. Empty in a Tiny file.</summary>
    public FingerprintPrefix Synthesis { get; init; }

    /// <summary>The rate point of units that do not state one.</summary>
    public byte DefaultRatePoint { get; init; }

    /// <summary>Number in the library's table of models, 1..16383; 0 when none is given. 838 is never used.</summary>
    public int RegistryNumber { get; init; }

    /// <summary>A name for people, such as "mlicv2-l20"; it decides nothing.</summary>
    public string Name { get; init; } = "";

    /// <summary>A reference that Full files can store.</summary>
    /// <param name="entropy">Fingerprint of the entropy part.</param>
    /// <param name="synthesis">Fingerprint of the synthesis part.</param>
    /// <param name="determinism">The class of the entropy path.</param>
    /// <param name="bytes">Bytes of each fingerprint to store, 8..32; 8 suffices against accidents, 32 is for archives.</param>
    public static ModelReference Create(
        Fingerprint entropy, Fingerprint synthesis, DeterminismClass determinism, int bytes = NcfConstants.MinFingerprintBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, NcfConstants.MinFingerprintBytes);
        return new ModelReference { Entropy = entropy.Prefix(bytes), Synthesis = synthesis.Prefix(bytes), Determinism = determinism };
    }

    /// <summary>What the reference says, for messages: "number 100", "a1b2… (mlicv2)".</summary>
    public string Describe()
    {
        string identity = Entropy.IsEmpty ? $"number {RegistryNumber}" : Entropy.ToString();
        return Name.Length == 0 ? identity : $"{identity} ({Name})";
    }
}
