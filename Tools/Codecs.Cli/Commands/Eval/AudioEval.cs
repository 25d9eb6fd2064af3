using Codecs.Audio;
using Codecs.Evaluation;
using Codecs.Models;

namespace Codecs.Cli.Commands.Eval;

/// <summary>eval on sounds.</summary>
internal static class AudioEval
{
    internal const string Anchors = "opus, mp3, aac, vorbis", SpeechAnchors = "opus, codec2, speex, speex-wide, mp3, aac, vorbis";

    /// <summary>The model for speech when none is named.</summary>
    internal const string SpeechModel = "language-codec";

    /// <summary>Sounds of which speech is written for listening when the user does not say.</summary>
    internal const int SpeechSamples = 3;

    /// <returns>results.json.</returns>
    internal static byte[] Run(EvalRequest request, Session session)
    {
        bool speech = request.Audio.Speech;
        string model = request.Model ?? DefaultModel(speech, session);
        using AudioCodec? codec = model == EvalCommand.None
            ? null
            : AudioCodec.Open(model, new AudioCodecOptions { Device = request.Codec.Device, Threads = request.Codec.Threads });
        IReadOnlyList<ClassicalAudioContender> known = speech ? ClassicalAudioContender.AllForSpeech : ClassicalAudioContender.All;
        ClassicalAudioContender[] anchors = EvalSteps.ReadAnchors(
            request.Against,
            speech ? ClassicalAudioContender.UsualForSpeech : ClassicalAudioContender.Usual,
            name => known.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
            c => (c.Name, c.IsAvailable),
            speech ? SpeechAnchors : Anchors,
            session.Terminal);
        AudioEvaluationResult? earlier = EvalSteps.ReadBaseline(request.Baseline, (bytes, name) => EvaluationJson.AudioFromBytes(bytes, name));

        // The output folder is tried before hours of work, not after.
        Directory.CreateDirectory(request.Folder);
        AudioLadder? ladder = request.Qualities is null ? null : AudioLadder.Qualities(request.Qualities);
        List<IAudioContender> contenders = [.. codec is null ? (IAudioContender[])[] : [new NeuralAudioContender(codec, ladder)], .. anchors];
        EvalSteps.CheckContenders(contenders);
        IReadOnlyList<ListeningClip> clips = [];
        AudioEvaluationResult evaluation = EvalSteps.Measure<SoundMeasurement, AudioEvaluationResult>(
            request.Cache ? Path.Combine(request.Folder, EvaluationFiles.AudioCache) : null, session, (cache, progress, warn) =>
            {
                var measuring = new AudioEvaluation(contenders, request.Audio, cache);
                AudioEvaluationResult result = measuring.Run(request.DataSet, request.Files, progress, warn, session.Cancellation);
                int samples = request.Samples ?? (speech ? SpeechSamples : 0);
                clips = samples > 0 ? measuring.WriteSamples(result, request.Files, samples, request.Folder, progress, session.Cancellation) : [];
                return result;
            });
        IReadOnlyList<AudioContenderResult> baselines = [];
        if (earlier is not null)
        {
            (evaluation, baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(evaluation, earlier);
            EvalSteps.Warn(warnings, session.Terminal);
        }

        EvalSteps.Finish(EvaluationFiles.Write(evaluation, request.Folder, baselines, clips), output => AudioTextReport.Write(evaluation, output), session);
        return EvaluationJson.ToBytes(evaluation);
    }

    private static string DefaultModel(bool speech, Session session)
    {
        if (!speech || ModelZoo.Names.Contains(SpeechModel))
        {
            return speech ? SpeechModel : EncodeCommand.SoundModel;
        }

        EvalSteps.Warn([$"{SpeechModel} is not installed; {EncodeCommand.SoundModel} is measured instead."], session.Terminal);
        return EncodeCommand.SoundModel;
    }
}
