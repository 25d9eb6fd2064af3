using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Nirvana;

/// <summary>Codes the planes of a picture, each with what is known of those before it.</summary>
internal sealed class PictureCoder(PyramidCoder planes)
{
    /// <summary>Codes a picture.</summary>
    /// <param name="picture">What is known of it.</param>
    /// <param name="source">Planes to code, margins extended; null for a reader.</param>
    /// <param name="port">Where the symbols go or come from.</param>
    /// <returns>The decoded planes.</returns>
    internal Grid[] Run<TPort>(in PictureContext picture, Grid[]? source, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        PictureShape shape = picture.Shape;
        var decoded = new Grid[shape.Planes];
        Grid? luma = null, lumaChange = null, chromaChange = null;
        for (int p = 0; p < decoded.Length; p++)
        {
            PlaneGuides? guides = null;
            if (p > 0)
            {
                luma ??= shape.ReduceLuma(decoded[0]);
                lumaChange ??= picture.References is { } r ? Grid.Difference(luma, shape.ReduceLuma(r[0].Mean)) : null;
                chromaChange = p > 1 && picture.References is { } c ? Grid.Difference(decoded[1], c[1].Mean) : null;
                guides = new PlaneGuides(luma, p > 1 ? decoded[1] : null, lumaChange, chromaChange);
            }

            int width = shape.PlaneWidth(p), height = shape.PlaneHeight(p);
            var patches = new PatchGrid(
                shape.PatchColumns, shape.PatchRows, p > 0 && shape.HalfColumns ? PatchGrid.Bits - 1 : PatchGrid.Bits, p > 0 && shape.HalfRows ? PatchGrid.Bits - 1 : PatchGrid.Bits);
            var context = new PlaneContext(
                width, height, picture.Kind, p, shape.RateIndexOf(p, picture.RateIndex), picture.References?[p], guides, patches, picture.Skipped, picture.Roots);
            decoded[p] = planes.Run(context, source?[p], ref port);
        }

        return decoded;
    }
}

/// <summary>What is known of a picture before its first residual.</summary>
/// <param name="Shape">Its planes.</param>
/// <param name="Kind">How it is predicted.</param>
/// <param name="RateIndex">Its rate index.</param>
/// <param name="Roots">Statistics of coarsest planes.</param>
/// <param name="References">For each plane what other pictures say of it; null in key pictures.</param>
/// <param name="Skipped">Patches that take the prediction as it is, [rows, columns]; null for none.</param>
internal readonly record struct PictureContext(
    PictureShape Shape, PictureKind Kind, int RateIndex, SignedIntegerModel Roots, PlaneReferences[]? References = null, bool[]? Skipped = null);
