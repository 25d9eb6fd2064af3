namespace Codecs.Evaluation;

/// <summary>The curves of one sound codec.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Description">Codec and fixed settings.</param>
/// <param name="SettingName">What the knob is called.</param>
/// <param name="IsAnchor">True for the codecs that the others are compared with.</param>
/// <param name="Points">One for each setting, in the order of the ladder.</param>
/// <param name="ScoresAtRates">The curves read at round rates.</param>
public sealed record AudioContenderResult(
    string Name,
    string Description,
    string SettingName,
    bool IsAnchor,
    IReadOnlyList<AudioRatePoint> Points,
    IReadOnlyList<ScoresAtRate> ScoresAtRates) : ICodecCurve;
