using System.Text;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Models.Walloc.Faithful;

namespace Codecs.Models.Tests.Walloc.Faithful;

public sealed class FaithfulWallocImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codecs-models-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnImportedCodecDoesWhatTheDirectlyFilledOneDoes()
    {
        string checkpoint = Path.Combine(_folder, "small.pth"), weights = Path.Combine(_folder, "small.safetensors");
        File.WriteAllBytes(checkpoint, CheckpointBuilder.Save(
            [.. SyntheticWeights.Create(SyntheticWeights.SmallAudio).Select(t => (t.Name, t.Shape.ToArray(), t.ToFloats()))]));
        File.WriteAllText(Path.Combine(_folder, "small.json"), SyntheticWeights.SmallAudio.ToJson());
        float[] left = [.. Enumerable.Range(0, 500).Select(i => MathF.Sin(i * 0.07f))], right = [.. left.Reverse()];

        ImportedModel import = CheckpointImport.Read(checkpoint);
        import.Save(weights);
        using FaithfulWalloc imported = FaithfulWalloc.Load(weights), filled = SyntheticWeights.Open(SyntheticWeights.SmallAudio);
        FaithfulAudioLatent latent = imported.AnalyzeAudio(left, right), direct = filled.AnalyzeAudio(left, right);

        Assert.Equal(19_398, import.ParameterCount);
        Assert.Equal(SyntheticWeights.SmallAudio, imported.Config);
        Assert.Equal(direct.Values.ToArray(), latent.Values.ToArray());
        Assert.Contains(latent.Values.ToArray(), v => v != 0);
        Assert.Equal(filled.SynthesizeAudio(direct), imported.SynthesizeAudio(latent), (a, b) => a.Left.SequenceEqual(b.Left) && a.Right.SequenceEqual(b.Right));
    }

    [Fact]
    public void DamagedWeightsAreAMismatch()
    {
        string weights = Path.Combine(_folder, "bad.safetensors");
        File.WriteAllBytes(weights, Encoding.UTF8.GetBytes("hello, this is no weight file"));

        Assert.Contains("bad.safetensors", Assert.Throws<ModelMismatchException>(() => FaithfulWalloc.Load(weights)).Message, StringComparison.Ordinal);
    }
}
