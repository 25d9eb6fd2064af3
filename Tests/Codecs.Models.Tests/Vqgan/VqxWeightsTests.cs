using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Vqgan;

namespace Codecs.Models.Tests.Vqgan;

/// <summary>Weight files that lack something, or have it in another shape, are refused by the tensor's name.</summary>
public sealed class VqxWeightsTests
{
    private const string Bits = ModelWeights.EntropyPrefix + VqxRates.BitsTensor;

    [Fact]
    public void TheLadderIsReadAndEveryDepthHasARate()
    {
        VqxRates rates = VqxWeights.FromFile(RandomVqx.Weights).Rates;
        Assert.Equal(RandomVqx.Rates.Length - 1, rates.Max);
        Assert.Equal(RandomVqx.Rates, Enumerable.Range(0, rates.Max + 1).Select(r => ((byte)rates.Bits(r), rates.Lambda(r))));
        Assert.Equal((0, 2, 4), (rates.RateOf(3), rates.RateOf(6), rates.RateOf(12)));
        for (int bits = VqxShape.FewestBits; bits <= VqxShape.Depth; bits++)
        {
            Assert.Equal(bits, rates.Bits(rates.RateOf(bits)));
        }
    }

    [Theory]
    [InlineData(2, 0.1f)]
    [InlineData(13, 0.1f)]
    [InlineData(5, -0.1f)]
    [InlineData(5, float.NaN)]
    [InlineData(5, float.PositiveInfinity)]
    public void RatesOutOfRangeAreRefused(byte bits, float lambda)
    {
        SafetensorsTensor[] tensors = [.. RandomVqx.Changed(Bits, SafetensorsTensor.Create<byte>(Bits, [1], [bits])).Tensors.Where(t => t.Name != VqxRates.LambdaTensor)];
        Assert.Contains("rates", Assert.Throws<ModelMismatchException>(() => Open([.. tensors, SafetensorsTensor.Create<float>(VqxRates.LambdaTensor, [1], [lambda])])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RatesOfAnotherNumberOrTypeAreRefused()
    {
        byte[] enough = [.. Enumerable.Repeat((byte)5, 300)];
        Refused(Bits, SafetensorsTensor.Create<byte>(Bits, [3], enough.AsSpan(0, 3).ToArray()));
        Refused(Bits, SafetensorsTensor.Create<float>(Bits, [RandomVqx.Rates.Length], new float[RandomVqx.Rates.Length]));
        Refused(Bits, null);
        Refused(VqxRates.LambdaTensor, null);
        Refused(VqxRates.LambdaTensor, SafetensorsTensor.Create<float>(VqxRates.LambdaTensor, [0], Array.Empty<float>()));
        Refused(VqxRates.LambdaTensor, SafetensorsTensor.Create<float>(VqxRates.LambdaTensor, [300], new float[300]));

        static void Refused(string name, SafetensorsTensor? instead) => Assert.Throws<ModelMismatchException>(() => VqxWeights.FromFile(RandomVqx.Changed(name, instead)));
    }

    [Theory]
    [InlineData("encoder.klt.weight")]
    [InlineData("encoder.coarse.3.e.bias")]
    [InlineData("decoder.gain")]
    [InlineData("decoder.fine.0.dw.weight")]
    [InlineData("nodes")]
    [InlineData("concealer.embedding")]
    [InlineData("concealer.blocks.3.norm2.weight")]
    public void ATensorThatIsMissingOrOfAnotherShapeIsRefusedByItsName(string name)
    {
        Assert.True(RandomVqx.Weights.TryGet(name, out SafetensorsTensor? tensor));
        SafetensorsTensor smaller = SafetensorsTensor.Create<float>(name, [tensor.Count - 1], new float[tensor.Count - 1]);
        foreach (SafetensorsFile file in (SafetensorsFile[])[RandomVqx.Changed(name, null), RandomVqx.Changed(name, smaller)])
        {
            Assert.Contains($"'{name}'", Assert.Throws<ModelMismatchException>(() => Load(file)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OtherNetworksAreRefused() => Assert.Contains("mlicv2", Assert.Throws<ModelMismatchException>(() => VqxWeights.FromFile(
        SafetensorsFile.Read(SafetensorsWriter.ToArray(RandomVqx.Weights.Tensors, ModelWeights.MetadataOf("mlicv2-l20"))))).Message, StringComparison.Ordinal);

    [Fact]
    public void FingerprintsTellWhatDecidesParsingFromWhatDecidesPixels()
    {
        VqxWeights weights = VqxWeights.FromFile(RandomVqx.Weights), rates = VqxWeights.FromFile(RandomVqx.Changed(Bits, Ladder(4))), lambdas = VqxWeights.FromFile(
            RandomVqx.Changed(VqxRates.LambdaTensor, SafetensorsTensor.Create<float>(VqxRates.LambdaTensor, [RandomVqx.Rates.Length], new float[RandomVqx.Rates.Length])));
        VqxWeights nodes = VqxWeights.FromFile(RandomVqx.Changed("nodes", SafetensorsTensor.Create<float>("nodes", [8192, 24], new float[8192 * 24])));
        Assert.Equal((weights.EntropyFingerprint, weights.SynthesisFingerprint), (lambdas.EntropyFingerprint, lambdas.SynthesisFingerprint));
        Assert.NotEqual(weights.EntropyFingerprint, rates.EntropyFingerprint);
        Assert.Equal((weights.EntropyFingerprint, rates.SynthesisFingerprint), (nodes.EntropyFingerprint, weights.SynthesisFingerprint));
        Assert.NotEqual(weights.SynthesisFingerprint, nodes.SynthesisFingerprint);
    }

    private static SafetensorsTensor Ladder(byte bits) =>
        SafetensorsTensor.Create<byte>(Bits, [RandomVqx.Rates.Length], [.. Enumerable.Repeat(bits, RandomVqx.Rates.Length)]);

    private static VqxWeights Open(SafetensorsTensor[] tensors) =>
        VqxWeights.FromFile(SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors, ModelWeights.MetadataOf(VqxWeights.Architecture))));

    private static void Load(SafetensorsFile file)
    {
        var codebook = new VqxCodebook(file);
        new VqxTransforms(file, ComputeDevice.Cpu, threads: 1).Dispose();
        new MapConcealer(file, codebook.Nodes, VqxShape.Depth, ComputeDevice.Cpu).Dispose();
    }
}
