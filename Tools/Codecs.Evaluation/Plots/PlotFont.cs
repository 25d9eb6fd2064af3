using ScottPlot;
using SkiaSharp;

namespace Codecs.Evaluation;

/// <summary>The font of all plots, embedded: they look the same everywhere, and have text at all on a machine without fonts.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>The family's name.</summary>
    public const string Family = "Codecs Plot Sans";

    private const string Resource = "PlotSans.ttf";
    private static readonly Lazy<SKTypeface> s_typeface = new(Load);
    private static readonly Lazy<bool> s_installed = new(() =>
    {
        Fonts.FontResolvers.Add(new PlotFont());
        Fonts.Default = Family;
        return true;
    });

    private PlotFont()
    {
    }

    /// <summary>Makes the font known to the plotting library, once per process.</summary>
    public static void Install() => _ = s_installed.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? s_typeface.Value : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? s_typeface.Value : null;

    private static SKTypeface Load()
    {
        using Stream stream = typeof(PlotFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing in this build.");
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
