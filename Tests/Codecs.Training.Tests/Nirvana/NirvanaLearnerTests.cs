using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Training.Data;
using Codecs.Training.Nirvana;

namespace Codecs.Training.Tests.Nirvana;

[Trait("needs", "ffmpeg")]
public sealed class NirvanaLearnerTests : IDisposable
{
    private const double Rate = 3e-3;
    private readonly TempFolder _folder = new();
    private readonly PhotoCache _photos;
    private readonly VideoCache _videos;

    public NirvanaLearnerTests()
    {
        TestMedia.CopyTo(_folder);
        _photos = PhotoCache.Open(_folder.Options, static _ => { });
        _videos = VideoCache.Open(_folder.Options, static _ => { });
    }

    public void Dispose()
    {
        _photos.Dispose();
        _videos.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void TheLossFalls()
    {
        NirvanaLearner learner = Create(1);
        double before = LossOfNewSequences(learner);
        for (int i = 0; i < 30; i++)
        {
            Loss(learner);
        }

        Assert.InRange(LossOfNewSequences(learner), 0, before * 0.9);
    }

    [Fact]
    public void AResumedLearnerDrawsAndAnswersAsIfItHadNeverStopped()
    {
        NirvanaLearner first = Create(1), second = Create(1, seed: 2);
        for (int i = 0; i < 3; i++)
        {
            Loss(first);
        }

        string path = _folder.At("work/a.safetensors");
        first.Save(path, 1.5);
        (long steps, double minutes) = second.Load(path);
        second.Save(path + "2", 1.5);

        Assert.Equal((3L, 1.5), (steps, minutes));
        Assert.All(SafetensorsFile.Read(path).Tensors.Zip(SafetensorsFile.Read(path + "2").Tensors), p => Assert.Equal(p.First.ToFloats(), p.Second.ToFloats()));
        var resumed = Create(1);
        resumed.Load(path);
        Assert.Equal(Loss(first), Loss(resumed));
    }

    [Fact]
    public void ThreadsDoNotChangeWhatIsLearned()
    {
        NirvanaLearner first = Create(3), second = Create(3);

        // Not to the last bit: sums in vectors may change when the runtime compiles a method anew.
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Equal(1, Loss(first) / Loss(second), 1e-5));
    }

    [Fact]
    public void ACheckpointOfAnotherNetworkIsOurError()
    {
        string path = _folder.At("work/a.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsTensor.Create<float>("parameters", [2], [1, 2])]);

        Assert.Throws<InvalidBitstreamException>(() => Create(1).Load(path));
    }

    private static double Loss(NirvanaLearner learner) => learner.Step(Rate, 0).First(n => n.Name == "loss").Value;

    private double LossOfNewSequences(NirvanaLearner learner)
    {
        string path = _folder.At("work/loss.safetensors");
        learner.Save(path, 0);
        (SplitNetworks networks, _) = NirvanaState.Load(path, new NetworkFitting());
        var random = new Random(3);
        var sampler = new SequenceSampler(_photos, _videos);
        var recorder = new SampleRecorder();
        for (int i = 0; i < 8; i++)
        {
            new SequenceCoder(networks, LaplaceTables.Create(), random, recorder).Run(sampler.Draw(random));
        }

        var fitting = new NetworkFitting();
        recorder.CopyTo(fitting);
        return fitting.Step(new ResidualLoss(PyramidCoder.UsualBitPrice), rate: 0) / recorder.Positions;
    }

    private NirvanaLearner Create(int threads, int seed = 1) => new(new SequenceSampler(_photos, _videos), start: null, seed, threads, static _ => { });
}
