namespace Codecs.Models.Vqgan.Faithful;

/// <summary>A picture as a VQGAN transmits it.</summary>
/// <param name="Width">Pixels per row of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Rows">Rows of indices: the height over the stride, rounded up.</param>
/// <param name="Columns">Columns of indices.</param>
/// <param name="Values">Indices [Rows, Columns], each below the number of code vectors.</param>
public sealed record FaithfulVqganCodes(int Width, int Height, int Rows, int Columns, ReadOnlyMemory<ushort> Values);
