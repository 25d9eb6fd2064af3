namespace Codecs.Formats.Weights.Torch;

/// <summary>Where an entry lies in its file.</summary>
/// <param name="Header">Offset of the local header.</param>
/// <param name="Begin">Offset of the content.</param>
/// <param name="Length">Bytes of the content.</param>
/// <param name="Crc">CRC-32 that the directory states.</param>
internal readonly record struct StoredZipEntry(long Header, long Begin, long Length, uint Crc);
