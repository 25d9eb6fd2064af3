namespace Codecs.Models.Mlicv2;

/// <summary>The side of the entropy path that differs between writing and reading: where symbols come from.</summary>
internal interface ILatentCoder
{
    /// <summary>Codes the hyper latent.</summary>
    /// <param name="tables">Table of each element, [h/4, w/4, 64] raster.</param>
    /// <param name="symbols">Same order. A writer fills them from its picture, a reader from its stream.</param>
    void CodeHyper(ReadOnlySpan<byte> tables, Span<short> symbols);

    /// <summary>Codes the elements of one step of y.</summary>
    /// <param name="step">0..3.</param>
    /// <param name="tables">Table of each element, [h, w, 48] raster, the channels of the position's quarter; 0 is not coded and means symbol 0.</param>
    /// <param name="means">Predicted means in 1/64 (<see cref="ExactEntropyModel.MeanBits"/>), same order.</param>
    /// <param name="symbols">Same order; y - mean, rounded.</param>
    void CodeStep(int step, ReadOnlySpan<byte> tables, ReadOnlySpan<short> means, Span<short> symbols);
}
