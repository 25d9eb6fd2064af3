using ScottPlot;

namespace Codecs.Evaluation;

/// <summary>How a codec's curve is drawn: the codec under test strong and on top, well-known anchors in colours that stay the same.</summary>
internal readonly record struct CurveStyle(Color Color, MarkerShape Marker, float LineWidth)
{
    private const float Strong = 3, Normal = 1.8f;

    // Colours that people with the common kinds of colour blindness can tell apart (M. Okabe, K. Ito, 2008); marker shapes help as well.
    private static readonly Color s_vermilion = Color.FromHex("#D55E00");
    private static readonly Color s_faded = Color.FromHex("#E69F00");
    private static readonly Color s_black = Color.FromHex("#222222");
    private static readonly (string Name, string Color, MarkerShape Marker)[] s_anchors =
    [
        ("jpeg", "#7F7F7F", MarkerShape.FilledSquare),
        ("webp", "#009E73", MarkerShape.FilledTriangleUp),
        ("avif", "#0072B2", MarkerShape.FilledDiamond),
        ("avif-slow", "#56B4E9", MarkerShape.FilledDiamond),
        ("jxl", "#CC79A7", MarkerShape.FilledTriangleDown),
        ("opus", "#0072B2", MarkerShape.FilledDiamond),
        ("mp3", "#7F7F7F", MarkerShape.FilledSquare),
        ("aac", "#009E73", MarkerShape.FilledTriangleUp),
        ("vorbis", "#CC79A7", MarkerShape.FilledTriangleDown),
        ("codec2", "#7F7F7F", MarkerShape.FilledSquare),
        ("speex", "#009E73", MarkerShape.FilledTriangleUp),
        ("speex-wide", "#CC79A7", MarkerShape.FilledTriangleDown),
        ("x264", "#7F7F7F", MarkerShape.FilledSquare),
        ("x265", "#009E73", MarkerShape.FilledTriangleUp),
        ("svt-av1", "#0072B2", MarkerShape.FilledDiamond),
    ];

    public static CurveStyle Of(PlotCurve curve, int index)
    {
        if (!curve.IsAnchor)
        {
            // No dashes: Skia's SVG writer does not know them.
            return curve.IsBaseline ? new(s_faded, MarkerShape.OpenCircle, Normal) : new(index == 0 ? s_vermilion : s_black, MarkerShape.FilledCircle, Strong);
        }

        int known = Array.FindIndex(s_anchors, a => a.Name == curve.Name);
        (_, string color, MarkerShape marker) = s_anchors[known >= 0 ? known : index % s_anchors.Length];
        return new(Color.FromHex(color), marker, Normal);
    }
}
