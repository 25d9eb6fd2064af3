using Codecs.Evaluation;
using Codecs.Formats.Media;

namespace Codecs.Cli.Commands.Eval;

/// <summary>eval on pictures.</summary>
internal static class PictureEval
{
    internal const string DefaultModel = "mlicv2", Anchors = "jpeg, webp, avif, avif-slow, jxl";

    /// <summary>Pictures that are written for looking at when the user does not say.</summary>
    internal const int EqualBytesSamples = 3;

    /// <returns>results.json.</returns>
    internal static byte[] Run(EvalRequest request, Session session)
    {
        ClassicalCodec[] anchors = EvalSteps.ReadAnchors(
            request.Against, ClassicalCodec.All, ClassicalCodec.Find, c => (c.Name, c.IsAvailable), Anchors, session.Terminal);
        EvaluationResult? earlier = EvalSteps.ReadBaseline(request.Baseline, (bytes, name) => EvaluationJson.FromBytes(bytes, name));

        // The output folder is tried before hours of work, not after.
        Directory.CreateDirectory(request.Folder);
        using var shelf = new ModelShelf(request.Codec, request.Video.Workers);
        ClassicalContender[] classical = [.. anchors.Select(a => new ClassicalContender(a))];
        IImageContender[] neural = [.. NamesOf(request.Model ?? DefaultModel).Select(name => Open(name, shelf, request))];
        List<IImageContender> contenders = [.. neural, .. classical];
        EvalSteps.CheckContenders(contenders);
        if (request.EqualBytes && (neural.Length != 1 || classical.Length == 0))
        {
            throw new UsageException("--equal-bytes compares one model with classical codecs: it needs both.");
        }

        if (request.Fitting is { } fitting && !neural.Any(n => n is FittedPictureContender))
        {
            throw new UsageException($"{fitting} is for models that are fitted to the picture, such as {EncodeCommand.VideoModel}.");
        }

        IReadOnlyList<ViewingSheet> sheets = [];
        EvaluationResult evaluation = EvalSteps.Measure<PictureMeasurement, EvaluationResult>(
            request.Cache ? Path.Combine(request.Folder, EvaluationFiles.Cache) : null, session, (cache, progress, warn) =>
            {
                EvaluationResult result = new ImageEvaluation(contenders, cache).Run(request.DataSet, request.Files, progress, warn, session.Cancellation);
                if (request.EqualBytes)
                {
                    (result, sheets) = new EqualBytesEvaluation(neural[0], classical).Run(
                        result, request.Files, request.Samples ?? EqualBytesSamples, request.Folder, progress, session.Cancellation);
                }

                return result;
            });
        IReadOnlyList<ContenderResult> baselines = [];
        if (earlier is not null)
        {
            (evaluation, baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(evaluation, earlier);
            EvalSteps.Warn(warnings, session.Terminal);
        }

        EvalSteps.Finish(EvaluationFiles.Write(evaluation, request.Folder, baselines, sheets), output => TextReport.Write(evaluation, output), session);
        return EvaluationJson.ToBytes(evaluation);
    }

    // A path may have commas in it.
    private static string[] NamesOf(string models) => models == EvalCommand.None ? []
        : File.Exists(models) ? [models]
        : models.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IImageContender Open(string model, ModelShelf shelf, EvalRequest request) => shelf.Videos.TryOpen(model) is { } clips
        ? new FittedPictureContender(clips, request.Qualities, request.Video.Encoding)
        : new NeuralContender(shelf.Open(model), request.Qualities);
}
