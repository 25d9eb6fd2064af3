namespace Codecs.Evaluation;

/// <summary>A picture for looking at: the original and what codecs make of it in about the same number of bytes.</summary>
/// <param name="Name">File name of the picture without its folder.</param>
/// <param name="Original">The original as PNG, relative to the page, with slashes.</param>
/// <param name="Points">One for each setting of the codec under test.</param>
public sealed record ViewingSheet(string Name, string Original, IReadOnlyList<ViewingPoint> Points);

/// <summary>What codecs make of as many bytes as the codec under test needs at one of its settings.</summary>
/// <param name="SettingName">What the knob of the codec under test is called.</param>
/// <param name="Setting">Value of the knob.</param>
/// <param name="Samples">The codec under test, then the others.</param>
public sealed record ViewingPoint(string SettingName, double Setting, IReadOnlyList<ViewingSample> Samples);

/// <summary>What one codec makes of a picture.</summary>
/// <param name="Codec">Name of the codec.</param>
/// <param name="Picture">Setting, size and scores.</param>
/// <param name="File">The decoded picture as PNG, relative to the page, with slashes.</param>
public sealed record ViewingSample(string Codec, EqualBytesFile Picture, string File);
