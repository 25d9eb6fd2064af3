namespace Codecs.Models.Vqgan;

/// <summary>Sizes of the shipped VQGAN-extreme network ("vqx").</summary>
internal static class VqxShape
{
    /// <summary>Picture pixels per site and axis, as f = 16 of the published networks.</summary>
    internal const int Stride = 16;

    /// <summary>Depth of the codebook tree: an index has at most this many bits.</summary>
    internal const int Depth = 12;

    /// <summary>Fewest bits of an index that a picture can be made of.</summary>
    internal const int FewestBits = 3;

    /// <summary>Codes at full depth.</summary>
    internal const int Codes = 1 << Depth;

    /// <summary>Elements of a code vector.</summary>
    internal const int Dimensions = 24;

    /// <summary>Pixels times colours of a site.</summary>
    internal const int Patch = Stride * Stride * 3;

    /// <summary>Widths at strides 4, 8 and 16 of the encoder.</summary>
    internal const int EncoderFine = 96, EncoderMiddle = 160, EncoderCoarse = 256;

    /// <summary>Widths at strides 16, 8 and 4 of the decoder.</summary>
    internal const int DecoderCoarse = 320, DecoderMiddle = 192, DecoderFine = 96;

    /// <summary>Sites of a picture whose sides are padded to whole sites.</summary>
    internal static (int Rows, int Columns) MapSize(int width, int height) => ((height + Stride - 1) / Stride, (width + Stride - 1) / Stride);
}
