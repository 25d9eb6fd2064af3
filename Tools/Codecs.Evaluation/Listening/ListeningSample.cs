namespace Codecs.Evaluation;

/// <summary>What one codec at one setting made of a sound.</summary>
/// <param name="Codec">Short name of the codec.</param>
/// <param name="SettingName">What its knob is called.</param>
/// <param name="Setting">Value of the knob.</param>
/// <param name="KbitPerSecond">True rate of this very sample's file.</param>
/// <param name="File">The decoded sound, relative to the page, with slashes.</param>
public sealed record ListeningSample(string Codec, string SettingName, double Setting, double KbitPerSecond, string File);
