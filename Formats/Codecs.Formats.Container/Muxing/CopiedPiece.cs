namespace Codecs.Formats.Container;

/// <summary>A run of bytes of a <see cref="CopiedTrack"/>.</summary>
/// <param name="Seconds">Time of what is in it, at least that of the piece before.</param>
/// <param name="Bytes">The bytes.</param>
public readonly record struct CopiedPiece(double Seconds, ReadOnlyMemory<byte> Bytes);
