namespace Codecs.Benchmarks;

/// <summary>One line of the <c>entropy</c> table: a coder, a way through it, and symbols to code. A new coder is a new subclass and a line in <see cref="EntropyProbe"/>.</summary>
internal abstract class EntropyCase
{
    /// <summary>The coder, as in the documentation.</summary>
    internal abstract string Coder { get; }

    /// <summary>The code path, such as "AVX2"; empty if there is only one.</summary>
    internal virtual string Path => "";

    /// <summary>What is coded.</summary>
    internal abstract string Source { get; }

    /// <summary>Number of symbols.</summary>
    internal abstract int Symbols { get; }

    /// <summary>Their ideal code length under the probabilities that the coder was given.</summary>
    internal abstract double IdealBits { get; }

    /// <summary>Encodes everything; the payload is kept for <see cref="Decode"/>.</summary>
    /// <returns>Its bytes.</returns>
    internal abstract int Encode();

    /// <summary>Decodes the kept payload.</summary>
    internal abstract void Decode();

    /// <summary>Whether the last <see cref="Decode"/> brought the symbols back.</summary>
    internal abstract bool CameBack();
}
