namespace Codecs.Formats.Media;

/// <summary>How the values of a PLY file are stored.</summary>
internal enum PlyEncoding
{
    Ascii,
    LittleEndian,
    BigEndian,
}
