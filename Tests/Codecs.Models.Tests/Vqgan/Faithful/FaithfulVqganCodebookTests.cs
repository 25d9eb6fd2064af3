using Codecs.Formats.Weights;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class FaithfulVqganCodebookTests
{
    [Fact]
    public void AVectorOfFewerBitsIsTheMeanOfThoseBelow()
    {
        SafetensorsFile file = Write(SyntheticVqganWeights.Deep with { Codes = 32, IsTree = true });
        FaithfulVqganCodebook codebook = FaithfulVqganWeights.FromFile(file).Codebook;
        float[][] codes = [.. file[VqganNames.Codebook].ToFloats().Chunk(5)];

        Assert.Equal((3, 5, 32), (codebook.FewestBits, codebook.MostBits, codebook.Codes));
        Assert.Equal(codes[19], codebook.Vector(5, 19).ToArray());
        for (int index = 0; index < 8; index++)
        {
            for (int d = 0; d < 5; d++)
            {
                Assert.Equal(codes[(4 * index)..(4 * (index + 1))].Average(c => (double)c[d]), codebook.Vector(3, index)[d], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(32, false, 5, 5)]
    [InlineData(20, false, 5, 5)]
    [InlineData(8, true, 3, 3)]
    [InlineData(4, true, 2, 2)]
    public void OnlyATreeHasFewerBits(int codes, bool isTree, int fewest, int most)
    {
        FaithfulVqganCodebook codebook = FaithfulVqganWeights.FromFile(Write(SyntheticVqganWeights.Deep with { Codes = codes, IsTree = isTree })).Codebook;
        Assert.Equal((fewest, most), (codebook.FewestBits, codebook.MostBits));
    }

    // Whatever would make indices mean something else is another entropy fingerprint; whatever only looks different another one of synthesis.
    [Fact]
    public void FingerprintsCoverWhatFilesDependOn()
    {
        FaithfulVqganConfig config = SyntheticVqganWeights.Deep;
        FaithfulVqganWeights weights = FaithfulVqganWeights.FromFile(Write(config));

        Assert.Equal(weights.EntropyFingerprint, With("encoder.conv_in.bias").EntropyFingerprint);
        Assert.Equal(weights.SynthesisFingerprint, With("encoder.conv_in.bias").SynthesisFingerprint);
        Assert.Equal(weights.EntropyFingerprint, With("decoder.conv_in.bias").EntropyFingerprint);
        Assert.NotEqual(weights.SynthesisFingerprint, With("decoder.conv_in.bias").SynthesisFingerprint);
        Assert.NotEqual(weights.SynthesisFingerprint, With("post_quant_conv.bias").SynthesisFingerprint);
        Assert.NotEqual(weights.EntropyFingerprint, With(VqganNames.Codebook).EntropyFingerprint);
        Assert.NotEqual(weights.SynthesisFingerprint, With(VqganNames.Codebook).SynthesisFingerprint);
        config = config with { Codes = 32 };
        Assert.NotEqual(With().EntropyFingerprint, FaithfulVqganWeights.FromFile(Write(config with { IsTree = true })).EntropyFingerprint);

        FaithfulVqganWeights With(string? changed = null) => FaithfulVqganWeights.FromFile(Write(config, changed));
    }

    [Fact]
    public void WhatDoesNotFitItsConfigurationIsRefused()
    {
        SafetensorsTensor[] tensors = [.. SyntheticVqganWeights.Create(SyntheticVqganWeights.Deep).Values];
        SafetensorsTensor integers = SafetensorsTensor.Create<int>(VqganNames.Codebook, [8, 5], new int[40]);

        Assert.Throws<ModelMismatchException>(() => Open([.. tensors.Where(t => t.Name != VqganNames.Codebook)], SyntheticVqganWeights.Deep.ToJson()));
        Assert.Throws<ModelMismatchException>(() => Open([.. tensors.Where(t => t.Name != VqganNames.Codebook), integers], SyntheticVqganWeights.Deep.ToJson()));
        Assert.Throws<ModelMismatchException>(() => Open(tensors, (SyntheticVqganWeights.Deep with { Codes = 16 }).ToJson()));
        Assert.Throws<ModelMismatchException>(() => Open(tensors, "{}"));

        static void Open(SafetensorsTensor[] tensors, string json) => FaithfulVqganWeights.FromFile(SafetensorsFile.Read(SafetensorsWriter.ToArray(
            tensors, new Dictionary<string, string> { ["architecture"] = FaithfulVqganImport.Architecture, ["config"] = json })));
    }

    private static SafetensorsFile Write(FaithfulVqganConfig config, string? changed = null)
    {
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(config);
        if (changed is not null)
        {
            float[] values = state[changed].ToFloats();
            values[^1] += 1;
            state[changed] = SafetensorsTensor.Create<float>(changed, state[changed].Shape, values);
        }

        ImportedModel import = FaithfulVqganImport.Create(config, state.Values, "synthetic.ckpt");
        return SafetensorsFile.Read(SafetensorsWriter.ToArray(import.Tensors, import.Metadata));
    }
}
