using Codecs.Audio;
using Codecs.Evaluation;

namespace Codecs.Cli.Commands.Eval;

/// <summary>eval on sounds.</summary>
internal static class AudioEval
{
    internal const string Anchors = "opus, mp3, aac, vorbis";

    /// <returns>results.json.</returns>
    internal static byte[] Run(EvalRequest request, Session session)
    {
        string model = request.Model ?? EncodeCommand.SoundModel;
        using AudioCodec? codec = model == EvalCommand.None
            ? null
            : AudioCodec.Open(model, new AudioCodecOptions { Device = request.Codec.Device, Threads = request.Codec.Threads });
        ClassicalAudioContender[] anchors = EvalSteps.ReadAnchors(
            request.Against,
            ClassicalAudioContender.Usual,
            name => ClassicalAudioContender.All.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
            c => (c.Name, c.IsAvailable),
            Anchors,
            session.Terminal);
        AudioEvaluationResult? earlier = EvalSteps.ReadBaseline(request.Baseline, (bytes, name) => EvaluationJson.AudioFromBytes(bytes, name));

        // The output folder is tried before hours of work, not after.
        Directory.CreateDirectory(request.Folder);
        List<IAudioContender> contenders = [.. codec is null ? (IAudioContender[])[] : [new NeuralAudioContender(codec, request.Qualities)], .. anchors];
        EvalSteps.CheckContenders(contenders);
        AudioEvaluationResult evaluation = EvalSteps.Measure<SoundMeasurement, AudioEvaluationResult>(
            request.Cache ? Path.Combine(request.Folder, EvaluationFiles.AudioCache) : null, session, (cache, progress, warn) =>
                new AudioEvaluation(contenders, request.Audio, cache).Run(request.DataSet, request.Files, progress, warn, session.Cancellation));
        IReadOnlyList<AudioContenderResult> baselines = [];
        if (earlier is not null)
        {
            (evaluation, baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(evaluation, earlier);
            EvalSteps.Warn(warnings, session.Terminal);
        }

        EvalSteps.Finish(EvaluationFiles.Write(evaluation, request.Folder, baselines), output => AudioTextReport.Write(evaluation, output), session);
        return EvaluationJson.ToBytes(evaluation);
    }
}
