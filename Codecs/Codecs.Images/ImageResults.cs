using Codecs.Formats.Media;

namespace Codecs.Images;

/// <summary>A coded picture and how it came about.</summary>
/// <param name="File">The .ncf file.</param>
/// <param name="Rate">The model's rate index that was used.</param>
/// <param name="EstimatedBits">Ideal code length of the picture's symbols, without header and alpha.</param>
/// <param name="PayloadBytes">Coded bytes of the colour picture, without header and alpha.</param>
public sealed record ImageEncodeResult(byte[] File, int Rate, double EstimatedBits, long PayloadBytes);

/// <summary>A decoded picture and what the user should know about it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Warnings">For example that other synthesis weights than the writer's were used; usually empty.</param>
public sealed record ImageDecodeResult(Image Image, IReadOnlyList<string> Warnings);

/// <summary>The quantised or unquantised latent of a picture: the compressed domain.</summary>
public sealed class ImageLatent
{
    private readonly short[] _hyper;

    internal ImageLatent(int width, int height, int rate, int rows, int columns, int channels, float[] values, short[] hyper)
    {
        (Width, Height, Rate, Rows, Columns, Channels, Values, _hyper) = (width, height, rate, rows, columns, channels, values, hyper);
    }

    /// <summary>Columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Rows of the picture.</summary>
    public int Height { get; }

    /// <summary>Rate index of the model; it scales the latent.</summary>
    public int Rate { get; }

    /// <summary>Rows of the latent.</summary>
    public int Rows { get; }

    /// <summary>Columns of the latent.</summary>
    public int Columns { get; }

    /// <summary>Channels of the latent.</summary>
    public int Channels { get; }

    /// <summary>The latent in quantiser steps, float32 [Rows, Columns, Channels]; may be changed in place.</summary>
    public float[] Values { get; }

    internal short[] Hyper => _hyper;

    /// <summary>The same latent at another rate, for models whose analysis knows no rate.</summary>
    internal ImageLatent At(int rate) => new(Width, Height, rate, Rows, Columns, Channels, Values, _hyper);
}

/// <summary>What <see cref="ImageCodec.Verify"/> found.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="DigestVerified">True when the file carries a whole-file digest and it is right.</param>
/// <param name="ContentVerified">True when all symbols were decoded and their check was right.</param>
public sealed record ImageVerifyResult(long Bytes, bool DigestVerified, bool ContentVerified);
