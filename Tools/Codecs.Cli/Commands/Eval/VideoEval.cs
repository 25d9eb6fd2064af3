using Codecs.Evaluation;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Commands.Eval;

/// <summary>eval on videos.</summary>
internal static class VideoEval
{
    internal const string Anchors = "x264, x265, svt-av1";

    /// <summary>Videos of which samples are written for watching when the user does not say.</summary>
    internal const int Samples = 1;

    /// <returns>results.json.</returns>
    internal static byte[] Run(EvalRequest request, Session session)
    {
        VideoEvalRequest video = request.Video;
        ClassicalVideoContender[] anchors = EvalSteps.ReadAnchors(
            request.Against,
            [.. ClassicalVideoCodec.All.Select(codec => new ClassicalVideoContender(codec))],
            ClassicalVideoContender.Find,
            c => (c.Name, c.IsAvailable),
            $"{Anchors}, each with a preset if wanted, such as x264:veryslow,",
            session.Terminal);
        VideoEvaluationResult? earlier = EvalSteps.ReadBaseline(request.Baseline, (bytes, name) => EvaluationJson.VideoFromBytes(bytes, name));

        // The output folder is tried before hours of work, not after.
        Directory.CreateDirectory(request.Folder);
        using VideoCodec? codec = (request.Model ?? EncodeCommand.VideoModel) is var model && model == EvalCommand.None
            ? null
            : VideoCodec.Open(model, new VideoCodecOptions { Workers = video.Workers ?? request.Codec.Threads });
        List<IVideoContender> contenders = [.. codec is null ? (IVideoContender[])[] : [new NeuralVideoContender(codec, request.Qualities, video.Encoding)], .. anchors];
        EvalSteps.CheckContenders(contenders);
        IReadOnlyList<WatchingSheet> sheets = [];
        VideoEvaluationResult evaluation = EvalSteps.Measure<VideoMeasurement, VideoEvaluationResult>(
            request.Cache ? Path.Combine(request.Folder, EvaluationFiles.VideoCache) : null, session, (cache, progress, warn) =>
            {
                var measuring = new VideoEvaluation(contenders, video.Measuring, cache);
                VideoEvaluationResult result = measuring.Run(request.DataSet, request.Files, progress, warn, session.Cancellation);
                int samples = request.Samples ?? Samples;
                sheets = samples > 0 ? measuring.WriteSamples(result, request.Files, samples, request.Folder, progress, session.Cancellation) : [];
                return result;
            });
        IReadOnlyList<VideoContenderResult> baselines = [];
        if (earlier is not null)
        {
            (evaluation, baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(evaluation, earlier);
            EvalSteps.Warn(warnings, session.Terminal);
        }

        EvalSteps.Finish(EvaluationFiles.Write(evaluation, request.Folder, baselines, sheets), output => VideoTextReport.Write(evaluation, output), session);
        return EvaluationJson.ToBytes(evaluation);
    }
}
