using System.Numerics;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Colour;

/// <summary>Colours from a sheet of six views, and others where no view looks.</summary>
internal sealed class SheetColour : ISpaceColour
{
    private readonly CubeViews _views;
    private readonly SheetLayout _layout;
    private readonly Vector3[] _sheet;
    private readonly ISpaceColour _hidden;

    /// <summary>Takes a sheet.</summary>
    /// <param name="views">Who sees what.</param>
    /// <param name="layout">Where views lie.</param>
    /// <param name="picture">The sheet, as large as the layout says.</param>
    /// <param name="hidden">Colours of what no view sees.</param>
    internal SheetColour(CubeViews views, SheetLayout layout, Image picture, ISpaceColour hidden)
    {
        (_views, _layout, _hidden) = (views, layout, hidden);
        Image rgb = picture.ToRgb();
        ReadOnlySpan<byte> pixels = rgb.Pixels.Span;
        _sheet = new Vector3[layout.Width * layout.Height];
        for (int i = 0; i < _sheet.Length; i++)
        {
            int at = i * rgb.Channels;
            _sheet[i] = new Vector3(pixels[at], pixels[at + 1], pixels[at + 2]) / byte.MaxValue;
        }
    }

    /// <inheritdoc/>
    public Vector3 At(Vector3 point, Vector3 normal)
    {
        int view = _views.Choose(point, normal);
        return view < 0 ? _hidden.At(point, normal) : SheetPlace.Find(_layout, view, _views.Place(view, point)).Sample(_sheet);
    }
}
