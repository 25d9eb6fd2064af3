using Codecs.Formats.Weights;
using Codecs.Models.Faithful;
using Codecs.Models.Tests.Faithful;
using Codecs.Models.Vqgan.Faithful;
using Codecs.Models.Vqgan.Faithful.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class VqganNetworkTests
{
    [Theory]
    [InlineData("taming-f16-1024", 29_298_176, 42_449_795, 131_584, 262_144, 343, 144, 194)]
    [InlineData("taming-f16-16384", 29_298_176, 42_449_795, 131_584, 4_194_304, 343, 144, 194)]
    [InlineData("ldm-f16", 28_155_144, 41_307_011, 144, 131_072, 343, 144, 194)]
    [InlineData("ldm-f8", 27_397_764, 40_253_955, 40, 65_536, 299, 126, 168)]
    [InlineData("ldm-f8-n256", 27_397_764, 40_253_955, 40, 1_024, 299, 126, 168)]
    [InlineData("ldm-f4", 22_337_411, 32_960_771, 24, 24_576, 205, 88, 112)]
    public void PublishedShapesHaveTheirNumberOfParametersAndTensors(
        string name, long encoder, long decoder, long pointwise, long codebook, int tensors, int encoderTensors, int decoderTensors)
    {
        FaithfulVqganConfig config = FaithfulVqganConfig.Published[name];
        IReadOnlyDictionary<string, long[]> shapes = VqganNetwork.Shapes(config);

        Assert.Equal(encoder, ShapeRecorder.Count(shapes, IsIn("encoder.")));
        Assert.Equal(decoder, ShapeRecorder.Count(shapes, IsIn("decoder.")));
        Assert.Equal(pointwise, ShapeRecorder.Count(shapes, n => IsIn("quant_conv.")(n) || IsIn("post_quant_conv.")(n)));
        Assert.Equal(codebook, ShapeRecorder.Count(shapes, IsIn("quantize.embedding.weight")));
        Assert.Equal(encoder + decoder + pointwise + codebook, FaithfulVqgan.CountParameters(config));
        Assert.Equal(tensors, shapes.Count);
        Assert.Equal(encoderTensors, shapes.Keys.Count(k => IsIn("encoder.")(k)));
        Assert.Equal(decoderTensors, shapes.Keys.Count(k => IsIn("decoder.")(k)));

        static Func<string, bool> IsIn(string prefix) => name => name.StartsWith(prefix, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLargeOneHas76MillionParameters() => Assert.Equal(76_073_859, FaithfulVqgan.CountParameters(FaithfulVqganConfig.Published["taming-f16-16384"]));

    [Fact]
    public void TensorsHaveTheirOfficialNames()
    {
        IReadOnlyDictionary<string, long[]> shapes = VqganNetwork.Shapes(FaithfulVqganConfig.Published["taming-f16-16384"]);

        Assert.Equal([128, 3, 3, 3], shapes["encoder.conv_in.weight"]);
        Assert.Equal([256, 128, 1, 1], shapes["encoder.down.2.block.0.nin_shortcut.weight"]);
        Assert.Equal([256, 256, 3, 3], shapes["encoder.down.3.downsample.conv.weight"]);
        Assert.DoesNotContain("encoder.down.4.downsample.conv.weight", shapes.Keys);
        Assert.Equal([512, 512, 1, 1], shapes["encoder.down.4.attn.1.proj_out.weight"]);
        Assert.DoesNotContain("encoder.down.4.attn.2.q.weight", shapes.Keys);
        Assert.Equal([512], shapes["encoder.mid.attn_1.norm.bias"]);
        Assert.Equal([512], shapes["decoder.mid.block_2.norm2.weight"]);
        Assert.Equal([512, 512, 1, 1], shapes["decoder.up.4.attn.2.k.weight"]);
        Assert.Equal([128, 256, 3, 3], shapes["decoder.up.1.block.0.conv1.weight"]);
        Assert.DoesNotContain("decoder.up.0.upsample.conv.weight", shapes.Keys);
        Assert.Equal([512, 512, 3, 3], shapes["decoder.up.4.upsample.conv.weight"]);
        Assert.Equal([3, 128, 3, 3], shapes["decoder.conv_out.weight"]);
        Assert.Equal([256, 256, 1, 1], shapes["post_quant_conv.weight"]);
        Assert.Equal([16384, 256], shapes["quantize.embedding.weight"]);
    }

    [Fact]
    public void ABlockIsAsItsDefinition()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        FaithfulVqganConfig config = SyntheticVqganWeights.Small;
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(config);
        PlainVqgan plain = new(state);
        PlainMap x = Noise(32, 6, 4, 1), wide = Noise(64, 3, 5, 2);

        Check(plain.Residual("encoder.down.0.block.0.", x), new ResidualBlock(At(state, "encoder.down.0.block.0."), 32, 32), x);
        Check(plain.Residual("encoder.down.1.block.0.", x), new ResidualBlock(At(state, "encoder.down.1.block.0."), 32, 64), x);
        Check(plain.Attention("encoder.mid.attn_1.", wide), new AttentionBlock(At(state, "encoder.mid.attn_1."), 64), wide);
        Check(plain.Halve("encoder.down.0.downsample.conv", x), new HalvingLayer(At(state, "encoder.down.0.downsample."), 32), x);
        Check(
            wide.Repeat().Convolve(state["decoder.up.1.upsample.conv.weight"], state["decoder.up.1.upsample.conv.bias"], 1, 1, 6, 10),
            new DoublingLayer(At(state, "decoder.up.1.upsample."), 64), wide);
        Check(x.Normalize(state["encoder.down.0.block.0.norm1.weight"], state["encoder.down.0.block.0.norm1.bias"]), new GroupNormalization(At(state, "encoder.down.0.block.0.norm1."), 32), x);
    }

    // A second handle to a map would hold its memory until the whole network is through.
    [Fact]
    public void ALayerLeavesNothingButItsResult()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        Tensor x = ToTensor(Noise(32, 4, 4, 7)), wide = ToTensor(Noise(64, 4, 4, 8));
        (ILayer Layer, Tensor Input)[] layers =
        [
            (new NormalizedSwish(At(state, "encoder.down.0.block.0.norm1."), 32), x), (new ResidualBlock(At(state, "encoder.down.0.block.0."), 32, 32), x),
            (new ResidualBlock(At(state, "encoder.down.1.block.0."), 32, 64), x), (new HalvingLayer(At(state, "encoder.down.0.downsample."), 32), x),
            (new DoublingLayer(At(state, "decoder.up.1.upsample."), 64), wide), (new AttentionBlock(At(state, "encoder.mid.attn_1."), 64), wide),
        ];
        foreach ((ILayer layer, Tensor input) in layers)
        {
            long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using Tensor result = layer.Forward(input);
            Assert.True(DisposeScopeManager.Statistics.ThreadTotalLiveCount == before + 1, layer.ToString());
        }
    }

    // 1e-5, the default elsewhere, would make a third of it.
    [Fact]
    public void NormalisationAddsAMillionth()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        PlainMap faint = Noise(32, 4, 4, 3) is var map ? map with { Values = [.. map.Values.Select(v => v * 1e-3)] } : null!;

        Check(faint.Normalize(state["encoder.down.0.block.0.norm1.weight"], state["encoder.down.0.block.0.norm1.bias"]), new GroupNormalization(At(state, "encoder.down.0.block.0.norm1."), 32), faint);
    }

    [Fact]
    public void OnlyTheRightAndBottomEdgeArePaddedBeforeHalving()
    {
        using var scope = NewDisposeScope();
        float[] corner = new float[32 * 32 * 9];
        corner[0] = 1; // output 0 from input 0, upper left of the kernel
        float[] x = new float[32 * 4 * 4];
        Array.Copy(Enumerable.Range(1, 16).Select(i => (float)i).ToArray(), x, 16);
        Dictionary<string, SafetensorsTensor> state = new()
        {
            ["conv.weight"] = SafetensorsTensor.Create<float>("conv.weight", [32, 32, 3, 3], corner),
            ["conv.bias"] = SafetensorsTensor.Create<float>("conv.bias", [32], new float[32]),
        };

        Tensor y = new HalvingLayer(At(state, ""), 32).Forward(tensor(x, [1, 32, 4, 4]));

        Assert.Equal([1, 32, 2, 2], y.shape);
        Near.Equal([1, 3, 9, 11], y[0, 0].flatten(), 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(40)]
    [InlineData(224)]
    public void AttentionDoesNotDependOnHowManyQueriesGoTogether(int scores)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        Tensor x = ToTensor(Noise(64, 3, 5, 4));

        Tensor whole = new AttentionBlock(At(state, "decoder.mid.attn_1."), 64).Forward(x);
        Tensor parts = new AttentionBlock(At(state, "decoder.mid.attn_1."), 64, scores).Forward(x);

        Assert.InRange(Near.MaxDifference(whole, parts), 0, 1e-5);
    }

    [Fact]
    public void WholeNetworksAreAsTheirDefinition()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        foreach ((FaithfulVqganConfig config, int rows, int columns) in new[] { (SyntheticVqganWeights.Small, 6, 10), (SyntheticVqganWeights.Deep, 12, 8) })
        {
            Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(config);
            using FaithfulVqgan codec = SyntheticVqganWeights.Open(config, state);
            PlainVqgan plain = new(state);
            PlainMap picture = Noise(3, rows, columns, 5);

            PlainMap codes = plain.Encode(picture);
            Tensor found = codec.Network.Analyze(ToTensor(picture));
            Assert.Equal([1, config.CodeDimensions, rows / config.Stride, columns / config.Stride], found.shape);
            Near.Equal(codes.Values, found.flatten(), 2e-4, 2e-4);

            PlainMap back = plain.Decode(codes);
            Tensor synthesized = codec.Network.Synthesize(ToTensor(codes));
            Assert.Equal([1, 3, rows, columns], synthesized.shape);
            Near.Equal(back.Values, synthesized.flatten(), 3e-4, 3e-4);
            Assert.True(back.Values.Max() - back.Values.Min() > 0.1, "a picture that says nothing");
        }
    }

    [Fact]
    public void TheNearestVectorIsFoundWhateverGoesTogether()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Deep);
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Deep, state);
        PlainMap codes = Noise(5, 7, 9, 6);
        Tensor z = ToTensor(codes).squeeze(0).flatten(1).t();

        long[] expected = [.. Enumerable.Range(0, 63).Select(i => (long)new PlainVqgan(state).Nearest(codes, i / 9, i % 9))];

        Assert.True(expected.Distinct().Count() > 4);
        foreach (int distances in new[] { 1, 50, 1000 })
        {
            Assert.Equal(expected, codec.Network.Quantizer.Nearest(z, distances).data<long>().ToArray());
        }
    }

    [Fact]
    public void OfTwoEqualVectorsTheFirstIsTaken()
    {
        using var scope = NewDisposeScope();
        float[] vectors = [5, 5, 1, 2, 1, 2, 1, 2, -7, 0, 1, 2, 3, 3, 1, 2, 9, 9];
        Dictionary<string, SafetensorsTensor> state = new() { ["embedding.weight"] = SafetensorsTensor.Create<float>("embedding.weight", [9, 2], vectors) };

        Assert.Equal([1, 1, 6], new VectorQuantizer(At(state, ""), 9, 2).Nearest(tensor([1f, 2, 1.1f, 2.1f, 3, 3], [3, 2])).data<long>().ToArray());
    }

    private static void Check(PlainMap expected, ILayer layer, PlainMap input)
    {
        Tensor found = layer.Forward(ToTensor(input));
        Assert.Equal([1, expected.Channels, expected.Rows, expected.Columns], found.shape);
        Near.Equal(expected.Values, found.flatten(), 1e-4, 1e-4);
    }

    private static PlainMap Noise(int channels, int rows, int columns, int seed)
    {
        Random random = new(seed);
        return PlainMap.Fill(channels, rows, columns, (_, _, _) => (float)((2 * random.NextDouble()) - 1));
    }

    private static Tensor ToTensor(PlainMap map) => tensor(map.Values, [1, map.Channels, map.Rows, map.Columns]).to(ScalarType.Float32);

    private static WeightScope At(Dictionary<string, SafetensorsTensor> state, string prefix) => new(new Fixed(state), prefix);

    private sealed class Fixed(Dictionary<string, SafetensorsTensor> state) : IWeightSource
    {
        public Tensor Take(string name, long[] shape)
        {
            Assert.Equal(state[name].Shape, shape);
            return tensor(state[name].ToFloats(), shape);
        }

        public void Keep(Tensor tensor)
        {
        }
    }
}
