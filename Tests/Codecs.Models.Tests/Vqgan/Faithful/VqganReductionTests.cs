using Codecs.Formats.Weights;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class VqganReductionTests : IDisposable
{
    private static readonly FaithfulVqganConfig s_config = SyntheticVqganWeights.Small with { Codes = 64 };
    private readonly string _folder = Directory.CreateTempSubdirectory("codecs-models-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RowsBecomeFewerAndAllElseStays()
    {
        Dictionary<string, SafetensorsTensor> state = Import("all.safetensors");

        ImportedModel reduced = VqganReduction.Open(At("all.safetensors"), 8).FromRows();
        reduced.Save(At("few.safetensors"));
        using FaithfulVqgan codec = FaithfulVqgan.Load(At("few.safetensors"));
        byte[] picture = SyntheticVqganWeights.Picture(30, 20);
        FaithfulVqganCodes codes = codec.Encode(picture, 30, 20);

        Assert.Equal(s_config with { Codes = 8, IsTree = true }, codec.Config);
        Assert.Equal("synthetic.ckpt", reduced.Source);
        Assert.Equal(state.Count, reduced.Tensors.Count);
        Assert.All(reduced.Tensors.Where(t => t.Name != VqganNames.Codebook), t => Assert.Equal(state[t.Name].ToFloats(), t.ToFloats()));
        Assert.All(codes.Values.ToArray(), v => Assert.InRange(v, 0, 7));
        Assert.Equal(picture.Length, codec.Decode(codes).Length);

        // Means of rows lie among the rows.
        float[] rows = state[VqganNames.Codebook].ToFloats(), means = Codebook(reduced);
        Assert.All(means.Chunk(2), m => Assert.True(Math.Sqrt(rows.Chunk(2).Min(r => Squared(r, m))) < 0.4));
        Assert.True(Distance(rows, means) < 0.2 * Distance(rows, [rows.Where((_, i) => i % 2 == 0).Average(), rows.Where((_, i) => i % 2 == 1).Average()]));
    }

    // Half of the clusters have the first bit in common, and so on.
    [Fact]
    public void TheFirstBitsOfANumberNameACoarserCluster()
    {
        Import("all.safetensors");

        float[][] means = [.. Codebook(VqganReduction.Open(At("all.safetensors"), 16).FromRows()).Chunk(2)];

        double before = Within(16);
        foreach (int group in new[] { 8, 4, 2 })
        {
            Assert.True(Within(group) < 0.8 * before);
            before = Within(group);
        }

        double Within(int group) => means.Chunk(group).Sum(g => g.Sum(m => Squared(m, [g.Average(v => v[0]), g.Average(v => v[1])])));
    }

    [Fact]
    public void ClustersOfPicturesFitPicturesBetter()
    {
        Import("all.safetensors");
        List<CodecProgress> steps = [];
        byte[] picture = SyntheticVqganWeights.Picture(48, 40);
        using FaithfulVqgan codec = FaithfulVqgan.Load(At("all.safetensors"));
        float[] vectors = codec.Analyze(picture, 48, 40).Vectors;

        ImportedModel ofRows = VqganReduction.Open(At("all.safetensors"), 8).FromRows();
        ImportedModel ofPictures = VqganReduction.Open(At("all.safetensors"), 8).FromPictures([(picture, 48, 40)], progress: new Collect(steps));

        Assert.True(Distance(vectors, Codebook(ofPictures)) < 0.7 * Distance(vectors, Codebook(ofRows)));
        Assert.Equal(new CodecProgress("encoding pictures", 1, 0), steps[0]);
        Assert.Equal("clustering", steps[^1].Stage);
        Assert.Equal(1, steps[^1].Fraction);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(64)]
    [InlineData(128)]
    public void OtherNumbersAreRefused(int codes)
    {
        Import("all.safetensors");
        Assert.Contains("64", Assert.Throws<ModelMismatchException>(() => VqganReduction.Open(At("all.safetensors"), codes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewPicturesAndOtherModelsAreRefused()
    {
        Import("all.safetensors");
        SafetensorsWriter.Write(At("other.safetensors"), [SafetensorsTensor.Create<float>("w", [1], [1])]);

        Assert.Contains("4 vectors", Assert.Throws<ModelMismatchException>(
            () => VqganReduction.Open(At("all.safetensors"), 8).FromPictures([(new byte[48], 4, 4)])).Message, StringComparison.Ordinal);
        Assert.Throws<ModelMismatchException>(() => VqganReduction.Open(At("other.safetensors"), 8));
    }

    private Dictionary<string, SafetensorsTensor> Import(string name)
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(s_config);
        FaithfulVqganImport.Create(s_config, state.Values, "synthetic.ckpt").Save(At(name));
        return state;
    }

    private static float[] Codebook(ImportedModel model) => model.Tensors.Single(t => t.Name == VqganNames.Codebook).ToFloats();

    private static double Distance(float[] vectors, float[] means) => vectors.Chunk(2).Average(v => means.Chunk(2).Min(m => Squared(v, m)));

    private static double Squared(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();

    private string At(string name) => Path.Combine(_folder, name);

    private sealed class Collect(List<CodecProgress> steps) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value) => steps.Add(value);
    }
}
