namespace Codecs.Evaluation;

/// <summary>One setting of the codec under test, and what the classical codecs make of as many bytes, picture by picture.</summary>
/// <param name="Codec">The codec under test.</param>
/// <param name="SettingName">What its knob is called.</param>
/// <param name="Setting">Value of the knob.</param>
/// <param name="Entries">The codec under test, then the others.</param>
public sealed record EqualBytesPoint(string Codec, string SettingName, double Setting, IReadOnlyList<EqualBytesEntry> Entries);
