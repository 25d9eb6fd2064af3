namespace Codecs.Models.Squeeze3d;

/// <summary>Sizes of what passes through <c>squeeze3d</c>.</summary>
internal static class ShapeCode
{
    /// <summary>Nodes of an axis of the volume that is coded and generated.</summary>
    internal const int Nodes = 32;

    /// <summary>Nodes of a volume.</summary>
    internal const int VolumeLength = Nodes * Nodes * Nodes;

    /// <summary>Frequencies of an axis that the encoder keeps.</summary>
    internal const int Frequencies = 16;

    /// <summary>Length of the encoder's latent z_E, and of the generator's z_G.</summary>
    internal const int LatentLength = Frequencies * Frequencies * Frequencies;

    /// <summary>Length of the ordered code z.</summary>
    internal const int Length = 512;

    /// <summary>Lowest frequencies of an axis that the nonlinear part of the reverse mapping corrects.</summary>
    internal const int CorrectedFrequencies = 8;
}
