namespace Codecs.Formats.Container;

/// <summary>Bytes of a file that could not be used.</summary>
/// <param name="Offset">Position of the first lost byte.</param>
/// <param name="Length">Number of lost bytes.</param>
/// <param name="Reason">Why.</param>
public readonly record struct LostRange(long Offset, long Length, string Reason);
