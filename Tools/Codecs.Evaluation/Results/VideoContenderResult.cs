namespace Codecs.Evaluation;

/// <summary>The curves of one video codec.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Description">Codec and fixed settings.</param>
/// <param name="SettingName">What the knob is called.</param>
/// <param name="IsAnchor">True for the codecs that the others are compared with.</param>
/// <param name="Points">One for each setting, in the order of the ladder.</param>
public sealed record VideoContenderResult(string Name, string Description, string SettingName, bool IsAnchor, IReadOnlyList<VideoRatePoint> Points) : ICodecCurve;
