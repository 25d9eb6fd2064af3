using Codecs.Evaluation;
using Codecs.Images;

namespace Codecs.Cli.Commands.Eval;

/// <summary>What eval was asked for.</summary>
/// <param name="DataSet">What to call the files together.</param>
/// <param name="Files">The pictures, sounds or videos.</param>
/// <param name="Model">The model, of pictures several separated by commas, <see cref="EvalCommand.None"/> for none, or null when the user did not say.</param>
/// <param name="Against">The list of classical codecs as the user wrote it, or null.</param>
/// <param name="Qualities">Qualities of the model, or null for its usual ones.</param>
/// <param name="Folder">The output folder.</param>
/// <param name="Cache">Whether measurements are kept.</param>
/// <param name="Baseline">An earlier results.json, or null.</param>
/// <param name="Audio">What is measured of sounds.</param>
/// <param name="EqualBytes">Whether pictures are compared at equal bytes too.</param>
/// <param name="Packets">Whether pictures in packets are measured instead.</param>
/// <param name="Samples">Of so many files samples are written for the page, or null for the usual number.</param>
/// <param name="Video">What is measured of videos.</param>
/// <param name="Fitting">The option that said how long to fit, or null when none did.</param>
/// <param name="Codec">Device and threads.</param>
internal sealed record EvalRequest(
    string DataSet,
    IReadOnlyList<string> Files,
    string? Model,
    string? Against,
    double[]? Qualities,
    string Folder,
    bool Cache,
    string? Baseline,
    AudioEvaluationOptions Audio,
    bool EqualBytes,
    bool Packets,
    int? Samples,
    VideoEvalRequest Video,
    string? Fitting,
    ImageCodecOptions Codec);
