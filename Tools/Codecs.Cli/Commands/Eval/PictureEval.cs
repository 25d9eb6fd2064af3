using Codecs.Evaluation;
using Codecs.Formats.Media;
using Codecs.Images;

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
        using ImageCodec? codec = (request.Model ?? DefaultModel) is var model && model != EvalCommand.None ? ImageCodec.Open(model, request.Codec) : null;
        ClassicalContender[] classical = [.. anchors.Select(a => new ClassicalContender(a))];
        NeuralContender? neural = codec is null ? null : new NeuralContender(codec, request.Qualities);
        List<IImageContender> contenders = [.. neural is null ? (IImageContender[])[] : [neural], .. classical];
        EvalSteps.CheckContenders(contenders);
        if (request.EqualBytes && (neural is null || classical.Length == 0))
        {
            throw new UsageException("--equal-bytes compares a model with classical codecs: it needs both.");
        }

        IReadOnlyList<ViewingSheet> sheets = [];
        EvaluationResult evaluation = EvalSteps.Measure<PictureMeasurement, EvaluationResult>(
            request.Cache ? Path.Combine(request.Folder, EvaluationFiles.Cache) : null, session, (cache, progress, warn) =>
            {
                EvaluationResult result = new ImageEvaluation(contenders, cache).Run(request.DataSet, request.Files, progress, warn, session.Cancellation);
                if (request.EqualBytes)
                {
                    (result, sheets) = new EqualBytesEvaluation(neural!, classical).Run(
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
}
