namespace Codecs.Models.NirvanaFaithful;

/// <summary>Size of a published NIRVANA network, with the number and the layout of everything in it.</summary>
/// <remarks>
/// Maiya, Girish, Ehrlich, Wang, Lee, Poirson, Wu, Wang, Shrivastava, "NIRVANA: Neural Implicit Representations of Videos with Adaptive Networks and
/// Autoregressive Patch-wise Modeling", CVPR 2023 (arXiv 2212.14593). D hidden width, E channels of the feature map, G frames of a group. Three layers with
/// integer weights, 2 to D, D to D, D to E x 16 x 16; then per frame a convolution E to 32, pixel shuffle by 2, GELU, a convolution 8 to 3.
/// </remarks>
/// <param name="Hidden">D, a multiple of <see cref="HiddenStep"/> up to <see cref="MaxHidden"/>; 512 as published.</param>
/// <param name="Channels">E, 1..<see cref="MaxChannels"/>; 16 as published.</param>
internal sealed record NirvanaShape(int Hidden, int Channels)
{
    /// <summary>G, frames of a group.</summary>
    internal const int Frames = 3;

    /// <summary>P, rows and columns of a patch.</summary>
    internal const int Patch = 32;

    /// <summary>Rows and columns of the feature map, which the pixel shuffle doubles.</summary>
    internal const int Map = Patch / 2;

    /// <summary>Colours of a frame.</summary>
    internal const int Colors = 3;

    /// <summary>Channels of a frame at full size, between the two convolutions.</summary>
    internal const int FineChannels = Patch / 4;

    /// <summary>Layers with integer weights.</summary>
    internal const int Layers = 3;

    /// <summary>Other tensors: biases of the layers, then weights and biases of the two convolutions.</summary>
    internal const int Sides = Layers + 4;

    internal const int HiddenStep = 8, MaxHidden = 512, MaxChannels = 32;

    /// <summary>Taps of a convolution.</summary>
    internal const int Taps = 9;

    /// <summary>The published network.</summary>
    internal static NirvanaShape Published { get; } = new(512, 16);

    /// <summary>Integers of all layers.</summary>
    internal int LatentCount => Enumerable.Range(0, Layers).Sum(LatentLength);

    /// <summary>Numbers beside them.</summary>
    internal int SideCount => Enumerable.Range(0, Sides).Sum(SideLength);

    /// <summary>Multiply-accumulates that one patch of a group takes.</summary>
    internal long MacsPerPatch
    {
        get
        {
            long coarse = Map * Map, fine = Patch * Patch;
            return LatentCount + (coarse * SideLength(3)) + (fine * SideLength(5));
        }
    }

    /// <summary>Outputs and inputs of a layer.</summary>
    /// <param name="layer">0..<see cref="Layers"/> - 1.</param>
    internal (int Rows, int Columns) Latent(int layer) => layer switch
    {
        0 => (Hidden, 2),
        1 => (Hidden, Hidden),
        _ => (Channels * Map * Map, Hidden),
    };

    /// <summary>A tensor without integer weights, as rows and columns for the coder.</summary>
    /// <param name="side">0..<see cref="Sides"/> - 1.</param>
    internal (int Rows, int Columns) Side(int side) => side switch
    {
        0 or 1 => (1, Hidden),
        2 => (Channels, Map * Map),
        3 => (Frames * Patch, Channels * Taps),
        4 => (Frames, Patch),
        5 => (Frames * Colors, FineChannels * Taps),
        _ => (Frames, Colors),
    };

    /// <summary>Integers of a layer.</summary>
    internal int LatentLength(int layer) => Latent(layer) is var (rows, columns) ? rows * columns : 0;

    /// <summary>Numbers of a tensor of the second kind.</summary>
    internal int SideLength(int side) => Side(side) is var (rows, columns) ? rows * columns : 0;
}
