namespace Codecs.Models.Walloc.Faithful;

/// <summary>A picture as WaLLoC transmits it.</summary>
/// <param name="Width">Pixels per row of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Rows">Rows of the latent: the padded height over 2^J.</param>
/// <param name="Columns">Columns of the latent.</param>
/// <param name="Values">Integers [latent channels, Rows, Columns].</param>
public sealed record FaithfulImageLatent(int Width, int Height, int Rows, int Columns, ReadOnlyMemory<sbyte> Values);
