namespace Codecs.Geometry.Colour;

/// <summary>How colours of a surface are carried; the first byte of a carrier.</summary>
internal enum ColourCarrierKind
{
    /// <summary>One colour.</summary>
    None = 0,

    /// <summary>A volume of colours by its cosine transform.</summary>
    Volume = 1,

    /// <summary>Six views as one picture.</summary>
    SixViews = 2,

    /// <summary>Six views, and a volume for what they do not see.</summary>
    SixViewsAndVolume = 3,
}
