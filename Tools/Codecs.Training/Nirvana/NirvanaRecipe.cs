using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Nirvana;
using Codecs.Training.Data;

namespace Codecs.Training.Nirvana;

/// <summary>Trains <c>nirvana</c>: the small networks that every chunk of a video starts from.</summary>
/// <remarks>
/// Pictures are coded as the encoder codes them, with the integer networks of the moment, and the networks learn from what they saw then: squared error plus the
/// price of bits. Adam, a cosine over all of the time. Plain vector code: no torch.
/// </remarks>
internal sealed class NirvanaRecipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "nirvana";
    private const double PeakRate = 3e-3, StartedPeakRate = 1.5e-3;

    /// <summary>Runs until the time is used up or the token says stop.</summary>
    internal void Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.WorkFolder);
        using PhotoCache photos = PhotoCache.Open(options, log);
        using VideoCache videos = VideoCache.Open(options, log);
        SplitNetworks? start = options.Start is { } weights ? NirvanaWeights.FromFile(SafetensorsFile.Read(ModelZoo.Find(weights))).Networks : null;
        var learner = new NirvanaLearner(new SequenceSampler(photos, videos), start, options.Seed, options.Threads ?? 1, log);
        var training = new TimedTraining(options with { DecayShare = 1 }, TrainingLoop.CheckpointPath(options, Model), log);
        training.Resume(learner.Load);
        training.Run(learner, start is null ? PeakRate : StartedPeakRate, cancellation);
    }
}
