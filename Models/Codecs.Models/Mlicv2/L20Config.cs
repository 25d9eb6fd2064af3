namespace Codecs.Models.Mlicv2;

/// <summary>Widths and rate ladder of the shipped MLICv2 instance "L20".</summary>
/// <remarks>Everything works at 1/8 and 1/16 resolution; one network serves all rates through gain vectors.</remarks>
public static class L20Config
{
    /// <summary>Pictures are padded to multiples of this: the stride of the hyper latent z.</summary>
    public const int Stride = 64;

    /// <summary>Picture pixels per latent position and axis.</summary>
    public const int LatentStride = 16;

    /// <summary>Channels of the latent y, and of the entropy network's state.</summary>
    public const int LatentChannels = 192;

    /// <summary>Channels of the hyper latent z.</summary>
    public const int HyperChannels = 64;

    /// <summary>Channels of the transforms at 1/8 resolution.</summary>
    public const int TransformChannels = 144;

    /// <summary>Coding steps of y: 2x2 spatial phases rotated over four channel quarters.</summary>
    public const int Steps = 4;

    /// <summary>Trained rate points; the rates between them are interpolated.</summary>
    public const int Levels = 16;

    /// <summary>Interpolation steps between two neighbouring levels.</summary>
    public const int SubLevels = 16;

    /// <summary>Highest rate index; rate indices run from 0 to this inclusive.</summary>
    public const int MaxRate = (Levels - 1) * SubLevels;

    /// <summary>Number of scales in the Gaussian table bank.</summary>
    public const int Scales = 64;

    /// <summary>Smallest and largest scale of the bank.</summary>
    public const double MinScale = 0.11, MaxScale = 64;

    /// <summary>Index of the scale that an untrained network predicts.</summary>
    public const int ScaleIndexCentre = 20;

    /// <summary>Scale indices per unit of the parameter head's output.</summary>
    public const int ScaleIndexGain = 4;

    /// <summary>Latent units per unit of the parameter head's output for means.</summary>
    public const int MeanGain = 4;

    /// <summary>ln of the ratio of neighbouring scales.</summary>
    public static double ScaleStep => Math.Log(MaxScale / MinScale) / (Scales - 1);

    /// <summary>Lagrangian multiplier on 255² MSE for a rate index: 0.0012 at 0 to 0.18 at <see cref="MaxRate"/>.</summary>
    public static double Lambda(double rate) => 0.0012 * Math.Pow(150, rate / MaxRate);

    /// <summary>Rows and columns of the latent of a picture; both multiples of 4.</summary>
    public static (int Rows, int Columns) LatentSize(int width, int height)
    {
        const int cells = Stride / LatentStride;
        return (((height - 1) / Stride * cells) + cells, ((width - 1) / Stride * cells) + cells);
    }
}
