using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Plain;
using Codecs.Models.Tests.Wavelets;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec;

/// <summary>Analysis and synthesis in plain code: what the trained network does, and the same to the bit whether a sound comes whole or in pieces.</summary>
public sealed class SpeechHalvesTests
{
    private const int Frames = 107;
    // Made outside of any test's scope, which would dispose of it.
    private static readonly Lazy<(SpeechNetwork Network, SafetensorsFile File)> s_trained = new(() => SpeechFiles.Export(seed: 7));

    private static SafetensorsFile File => s_trained.Value.File;

    [Fact]
    public void AnalysisIsTheEncoder()
    {
        (SpeechNetwork network, SafetensorsFile file) = s_trained.Value;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        float[] padded = Padded();

        FrameMap latents = new SpeechAnalysis(file).Transform(padded);

        Tensor sound = tensor(padded[SpeechShape.Lead..^SpeechShape.Lead], [1, Frames * SpeechShape.Hop]);
        AssertNear(network.encoder.Forward(network.Features(sound)), SpeechFiles.Vectors(latents));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void SynthesisIsTheDecoder(int codebooks)
    {
        (SpeechNetwork network, SafetensorsFile file) = s_trained.Value;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        short[] codes = Codes(codebooks);
        float[] output = new float[Frames * SpeechShape.Hop];

        new SpeechSynthesis(file, new SpeechCodebooks(file)).Synthesize(codes, codebooks, 0, output);

        Tensor sum = zeros(Frames, SpeechShape.Latent);
        for (int q = 0; q < codebooks; q++)
        {
            long[] indices = [.. Enumerable.Range(0, Frames).Select(t => (long)codes[(t * SpeechShape.Codebooks) + q])];
            sum = sum + network.codebooks.embed[q].index_select(0, tensor(indices));
        }

        AssertNear(network.Samples(network.decoder.Forward(sum.reshape(1, 1, Frames, -1), tensor(new long[] { codebooks }))), output);
    }

    [Fact]
    public void TheNumberOfCodebooksChoosesItsOwnTables()
    {
        short[] silent = new short[40 * SpeechShape.Codebooks];
        SafetensorsFile file = SpeechFiles.Read(File.Tensors.Where(t => t.Name != SpeechCodebooks.Tensor).Append(
            SafetensorsTensor.Create<float>(SpeechCodebooks.Tensor, File[SpeechCodebooks.Tensor].Shape, new float[File[SpeechCodebooks.Tensor].Count])));
        var synthesis = new SpeechSynthesis(file, new SpeechCodebooks(file));
        var outputs = new HashSet<float>();
        for (int codebooks = SpeechShape.FewestCodebooks; codebooks <= SpeechShape.Codebooks; codebooks++)
        {
            float[] output = new float[SpeechShape.Hop];
            synthesis.Synthesize(silent, codebooks, 20, output);
            Assert.True(outputs.Add(output[0]));
        }
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(5, 26)]
    [InlineData(30, 31)]
    [InlineData(50, 1)]
    [InlineData(90, 17)]
    [InlineData(106, 1)]
    public void AnalysisOfAPieceWithContextIsThatOfTheWhole(int first, int count)
    {
        var analysis = new SpeechAnalysis(File);
        float[] padded = Padded(), whole = SpeechFiles.Vectors(analysis.Transform(padded));
        int from = Math.Max(0, first - SpeechShape.EncoderReach), end = Math.Min(Frames, first + count + SpeechShape.EncoderReach);

        float[] piece = SpeechFiles.Vectors(analysis.Transform(padded.AsSpan(from * SpeechShape.Hop, ((end - from) * SpeechShape.Hop) + (2 * SpeechShape.Lead))));

        Assert.Equal(
            whole.AsSpan(first * SpeechShape.Latent, count * SpeechShape.Latent).ToArray(),
            piece.AsSpan((first - from) * SpeechShape.Latent, count * SpeechShape.Latent).ToArray());
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 1)]
    [InlineData(5, 26)]
    [InlineData(30, 31)]
    [InlineData(50, 1)]
    [InlineData(90, 17)]
    [InlineData(106, 1)]
    public void SynthesisOfAPieceWithContextIsThatOfTheWhole(int first, int count)
    {
        var synthesis = new SpeechSynthesis(File, new SpeechCodebooks(File));
        short[] codes = Codes(6);
        float[] whole = new float[Frames * SpeechShape.Hop], piece = new float[count * SpeechShape.Hop];
        synthesis.Synthesize(codes, 6, 0, whole);
        int from = Math.Max(0, first - SpeechSynthesis.Context), end = Math.Min(Frames, first + count + SpeechSynthesis.Context);

        synthesis.Synthesize(codes.AsSpan(from * SpeechShape.Codebooks, (end - from) * SpeechShape.Codebooks), 6, first - from, piece);

        Assert.Equal(whole.AsSpan(first * SpeechShape.Hop, count * SpeechShape.Hop).ToArray(), piece);
    }

    [Fact]
    public void AMissingTensorIsOurError()
    {
        foreach (string name in (string[])["encoder.blocks.5.pw2.bias", "decoder.blocks.7.gamma", SpeechCodebooks.Tensor])
        {
            SafetensorsFile damaged = SpeechFiles.Read(File.Tensors.Where(t => t.Name != name));
            ModelMismatchException error = Assert.Throws<ModelMismatchException>(() =>
            {
                _ = new SpeechAnalysis(damaged);
                _ = new SpeechSynthesis(damaged, new SpeechCodebooks(damaged));
            });
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnExportPutsCodesIntoTheOrderAskedFor()
    {
        SpeechNetwork network = s_trained.Value.Network;
        int[] order = [.. Enumerable.Range(0, SpeechShape.CodebookSize).Select(i => (i * 5) % SpeechShape.CodebookSize)];
        var sorted = new SpeechCodebooks(SpeechFiles.Read(SpeechTensors.Export(network, [.. Enumerable.Repeat(order, SpeechShape.Codebooks)])));
        var plain = new SpeechCodebooks(File);
        for (int q = 0; q < SpeechShape.Codebooks; q++)
        {
            Assert.Equal(plain.Vector(q, order[77]), sorted.Vector(q, 77));
        }
    }

    private static float[] Padded()
    {
        float[] padded = new float[(Frames * SpeechShape.Hop) + (2 * SpeechShape.Lead)];
        Signals.Random(Frames * SpeechShape.Hop, seed: 1).CopyTo(padded, SpeechShape.Lead);
        return padded;
    }

    private static short[] Codes(int codebooks)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Frames * SpeechShape.Codebooks).Select(i =>
            i % SpeechShape.Codebooks < codebooks ? (short)random.Next(SpeechShape.CodebookSize) : SpeechShape.NoCode)];
    }

    // In other orders of sums, so not to the bit.
    private static void AssertNear(Tensor expected, float[] actual)
    {
        double[] values = [.. expected.to(ScalarType.Float64).data<double>()];
        double largest = values.Max(Math.Abs);
        Assert.InRange(largest, 0.01, 100);
        Signals.AssertNear(values, actual, 1e-4 * largest);
    }
}
