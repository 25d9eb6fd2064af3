using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Coded colours of a surface.</summary>
/// <param name="Kind">How they are carried.</param>
/// <param name="Payload">The bytes, the kind first.</param>
/// <param name="Psnr">Measured against the original.</param>
/// <param name="Setting">What was chosen, such as "48 pixels".</param>
internal sealed record ColourCarrier(ColourCarrierKind Kind, byte[] Payload, SurfaceColorPsnr Psnr, string Setting);
