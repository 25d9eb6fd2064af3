using Codecs.Cli.Packets;
using Codecs.Evaluation;
using Codecs.Images;

namespace Codecs.Cli.Commands.Eval;

/// <summary>eval of pictures in packets that get lost.</summary>
internal static class PacketEval
{
    /// <returns>results.json.</returns>
    internal static byte[] Run(EvalRequest request, Session session)
    {
        if (request.Against is not null || request.Baseline is not null || request.Cache || request.EqualBytes || request.Qualities is { Length: > 1 })
        {
            throw new UsageException("--packets measures one model at one quality: no --against, --baseline, --cache or --equal-bytes, and one number for --qualities.");
        }

        Directory.CreateDirectory(request.Folder);
        using var codec = ImageCodec.Open(request.Model ?? PacketShelf.DefaultModel, request.Codec);
        PacketShelf.Of(codec);
        var evaluation = new PacketEvaluation(codec, request.Qualities?[0] ?? ImageEncoderOptions.Default.Quality);
        PacketEvaluationResult result = EvalSteps.Measure<PacketEvaluationResult>(
            session, (progress, warn) => evaluation.Run(request.DataSet, request.Files, progress, warn, session.Cancellation));
        EvalSteps.Finish(EvaluationFiles.Write(result, request.Folder), output => PacketReport.Write(result, output), session);
        return EvaluationJson.ToBytes(result);
    }
}
