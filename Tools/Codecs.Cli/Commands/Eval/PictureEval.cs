using Codecs.Evaluation;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Commands.Eval;

/// <summary>eval on pictures.</summary>
internal static class PictureEval
{
    internal const string DefaultModel = "mlicv2", Anchors = "jpeg, webp, avif, avif-slow, jxl";

    /// <returns>results.json.</returns>
    internal static byte[] Run(EvalRequest request, Session session)
    {
        ClassicalCodec[] anchors = EvalSteps.ReadAnchors(
            request.Against, ClassicalCodec.All, ClassicalCodec.Find, c => (c.Name, c.IsAvailable), Anchors, session.Terminal);
        EvaluationResult? earlier = EvalSteps.ReadBaseline(request.Baseline, (bytes, name) => EvaluationJson.FromBytes(bytes, name));

        // The output folder is tried before hours of work, not after.
        Directory.CreateDirectory(request.Folder);
        using ImageCodec? codec = (request.Model ?? DefaultModel) is var model && model != EvalCommand.None ? ImageCodec.Open(model, request.Codec) : null;
        List<IImageContender> contenders = [.. anchors.Select(a => new ClassicalContender(a))];
        if (codec is not null)
        {
            contenders.Insert(0, new NeuralContender(codec, request.Qualities));
        }

        EvalSteps.CheckContenders(contenders);
        EvaluationResult evaluation = EvalSteps.Measure<PictureMeasurement, EvaluationResult>(
            request.Cache ? Path.Combine(request.Folder, EvaluationFiles.Cache) : null, session, (cache, progress, warn) =>
                new ImageEvaluation(contenders, cache).Run(request.DataSet, request.Files, progress, warn, session.Cancellation));
        IReadOnlyList<ContenderResult> baselines = [];
        if (earlier is not null)
        {
            (evaluation, baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(evaluation, earlier);
            EvalSteps.Warn(warnings, session.Terminal);
        }

        EvalSteps.Finish(EvaluationFiles.Write(evaluation, request.Folder, baselines), output => TextReport.Write(evaluation, output), session);
        return EvaluationJson.ToBytes(evaluation);
    }
}
