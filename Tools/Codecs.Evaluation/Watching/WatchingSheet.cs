namespace Codecs.Evaluation;

/// <summary>A video for watching: the original and what codecs make of it in about the same number of bytes.</summary>
/// <param name="Name">File name of the video without its folder.</param>
/// <param name="Original">The original's sample, relative to the page, with slashes.</param>
/// <param name="Points">One for each setting of the leading codec.</param>
public sealed record WatchingSheet(string Name, string Original, IReadOnlyList<WatchingPoint> Points);

/// <summary>What codecs make of about as many bytes as the leading codec needs at one of its settings.</summary>
/// <param name="SettingName">What the knob of the leading codec is called.</param>
/// <param name="Setting">Value of the knob.</param>
/// <param name="Samples">The leading codec, then the others.</param>
public sealed record WatchingPoint(string SettingName, double Setting, IReadOnlyList<WatchingSample> Samples);

/// <summary>What one codec at one setting makes of a video.</summary>
/// <param name="Codec">Short name of the codec.</param>
/// <param name="SettingName">What its knob is called.</param>
/// <param name="Setting">Value of the knob.</param>
/// <param name="Measurement">Size and scores of the whole video.</param>
/// <param name="File">The decoded video, relative to the page, with slashes.</param>
public sealed record WatchingSample(string Codec, string SettingName, double Setting, VideoMeasurement Measurement, string File);
