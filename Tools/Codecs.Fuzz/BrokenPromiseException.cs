namespace Codecs.Fuzz;

/// <summary>A target did not fail, but did something that it must never do.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
