using Codecs.Formats.Media;

namespace Codecs.Images;

/// <summary>A picture made of the packets that arrived, and how much of it is guessed.</summary>
/// <param name="Image">The picture.</param>
/// <param name="PacketsSent">Data packets that the sender made.</param>
/// <param name="PacketsReceived">Those that arrived undamaged.</param>
/// <param name="PacketsRestored">Those that parity brought back.</param>
/// <param name="Rows">Rows of the map of sites, 16 x 16 pixels each.</param>
/// <param name="Columns">Columns of the map.</param>
/// <param name="Indices">The codebook indices that are shown, [rows, columns].</param>
/// <param name="Confidence">For each site [rows, columns] how likely what is shown there was sent: 1 where it was received, 0 where nothing but the neighbours speaks for it.</param>
public sealed record PacketDecodeResult(
    Image Image, int PacketsSent, int PacketsReceived, int PacketsRestored, int Rows, int Columns, IReadOnlyList<ushort> Indices, IReadOnlyList<float> Confidence)
{
    /// <summary>Sites whose content was guessed.</summary>
    public required int SitesGuessed { get; init; }
}

/// <summary>What is shown where nothing was received.</summary>
public enum LossConcealment
{
    /// <summary>What a network thinks belongs there.</summary>
    Predict,

    /// <summary>What most of the neighbours show.</summary>
    Neighbours,

    /// <summary>Code 0: the damage as it is, for comparisons.</summary>
    None,
}
