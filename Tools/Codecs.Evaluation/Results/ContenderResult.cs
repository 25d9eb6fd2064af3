namespace Codecs.Evaluation;

/// <summary>The curve of one codec.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Description">Codec and fixed settings.</param>
/// <param name="SettingName">What the knob is called.</param>
/// <param name="IsAnchor">True for the codecs that the others are compared with.</param>
/// <param name="Points">One for each setting, in the order of the ladder.</param>
/// <param name="PsnrAtRates">The curve read at round rates.</param>
public sealed record ContenderResult(
    string Name,
    string Description,
    string SettingName,
    bool IsAnchor,
    IReadOnlyList<RatePoint> Points,
    IReadOnlyList<QualityAtRate> PsnrAtRates) : ICodecCurve;
