using Codecs.Formats.Weights;
using Codecs.Models.Tests.Faithful;
using Codecs.Models.Walloc.Faithful;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc.Faithful;

public sealed class FaithfulWallocTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(29, 18)]
    [InlineData(16, 12)]
    public void PicturesOfAnySizeKeepIt(int width, int height)
    {
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallImage);
        byte[] rgb = [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * 7))];

        FaithfulImageLatent latent = codec.AnalyzeImage(rgb, width, height);
        float[] back = codec.SynthesizeImage(latent);

        Assert.Equal((width + 3) / 4, latent.Columns);
        Assert.Equal((height + 3) / 4, latent.Rows);
        Assert.Equal(4 * latent.Columns * latent.Rows, latent.Values.Length);
        Assert.All(latent.Values.ToArray(), v => Assert.InRange(v, -31, 31));
        Assert.Equal(rgb.Length, back.Length);
        Assert.All(back, v => Assert.InRange(v, 0, 1));
        Assert.Equal(Array.ConvertAll(back, v => (byte)MathF.Round(v * 255)), codec.SynthesizeImageBytes(latent));
    }

    [Fact]
    public void PicturesAreMirroredAroundTheirCentre()
    {
        float[] row = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f];
        float[] rgb = [.. row.SelectMany(v => new[] { v, v, v })];

        (float[] planes, int rows, int columns) = SignalPreparation.PadImage(rgb, 5, 1, 8);

        Assert.Equal((8, 8), (rows, columns));
        float[] expected = [0.2f, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.4f, 0.3f];
        Assert.Equal(expected.Select(v => v - 0.5f), planes[..8]);
        Assert.Equal(planes[..8], planes[^8..]);
    }

    [Fact]
    public void SoundKeepsItsLengthAndIsAnalysedNormalised()
    {
        using var scope = NewDisposeScope();
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallAudio);
        float[] left = [.. Enumerable.Range(0, 1000).Select(i => 100 + (3000 * MathF.Sin(i * 0.05f)))];
        float[] right = [.. Enumerable.Range(0, 1000).Select(i => 100 + (1000 * MathF.Cos(i * 0.11f)))];

        FaithfulAudioLatent latent = codec.AnalyzeAudio(left, right);
        (float[] leftBack, float[] rightBack) = codec.SynthesizeAudio(latent);

        double mean = (left.Sum(v => (double)v) + right.Sum(v => (double)v)) / 2000;
        double peak = left.Concat(right).Max(v => Math.Abs(v - mean));
        Assert.Equal(mean, latent.Offset, 1e-3);
        Assert.Equal(2 * peak, latent.Gain, 1e-2);
        Assert.Equal((65536 / 8) + 2, latent.Frames);

        float[] normalized = new float[2 * 65536];
        for (int i = 0; i < 1000; i++)
        {
            normalized[i] = (float)((left[i] - mean) / peak / 2);
            normalized[65536 + i] = (float)((right[i] - mean) / peak / 2);
        }

        using var inference = inference_mode();
        Tensor q = codec.Network.Analyze(tensor(normalized, [1, 2, 65536]));
        Assert.InRange(q.ne(tensor(latent.Values.ToArray(), q.shape)).sum().item<long>(), 0, 3); // ties between two roundings
        Tensor x = codec.Network.Synthesize(tensor(latent.Values.ToArray(), q.shape).to(ScalarType.Float32)).clamp(-0.5, 0.5);
        Assert.Equal(1000, leftBack.Length);
        Near.Equal([.. leftBack.Select(v => (v - latent.Offset) / (double)latent.Gain)], x[0, 0, ..1000], 1e-3);
        Near.Equal([.. rightBack.Select(v => (v - latent.Offset) / (double)latent.Gain)], x[0, 1, ..1000], 1e-3);
    }

    [Fact]
    public void SilenceIsHarmless()
    {
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallAudio);

        (float[] left, float[] right) = codec.SynthesizeAudio(codec.AnalyzeAudio(new float[10], new float[10]));

        Assert.All(left.Concat(right), v => Assert.InRange(v, -1e-7f, 1e-7f));
    }

    [Fact]
    public void TheWrongMediumAndWrongSizesAreTheCallersMistakes()
    {
        using FaithfulWalloc image = SyntheticWeights.Open(SyntheticWeights.SmallImage), audio = SyntheticWeights.Open(SyntheticWeights.SmallAudio);
        FaithfulImageLatent latent = image.AnalyzeImage(new byte[48], 4, 4);

        Assert.Throws<InvalidOperationException>(() => image.AnalyzeAudio([1f], [1f]));
        Assert.Throws<InvalidOperationException>(() => audio.SynthesizeImage(latent));
        Assert.Throws<ArgumentException>(() => image.AnalyzeImage(new byte[47], 4, 4));
        Assert.Throws<ArgumentException>(() => audio.AnalyzeAudio([1f, 2f], [1f]));
        Assert.Throws<ArgumentException>(() => image.SynthesizeImage(latent with { Width = 5 }));
        Assert.Throws<ArgumentException>(() => image.SynthesizeImage(latent with { Values = new sbyte[3] }));
        Assert.Throws<ArgumentException>(() => audio.SynthesizeAudio(new FaithfulAudioLatent(100, 1, 0, 5, new sbyte[30])));
    }

    [Fact]
    public void NothingIsLeftBehindWhenACodecIsClosed()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallAudio))
        {
            codec.SynthesizeAudio(codec.AnalyzeAudio(new float[10], new float[10]));
        }

        using (FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallImage))
        {
            codec.SynthesizeImage(codec.AnalyzeImage(new byte[3 * 20], 5, 4));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void WeightsThatDoNotFitAreNamed()
    {
        SafetensorsTensor[] tensors =
        [
            .. SyntheticWeights.Create(SyntheticWeights.SmallAudio).Where(t => t.Name is not ("post.bias" or "encoder.0.bias")),
            SafetensorsTensor.Create<float>("extra", [1], [0]),
            SafetensorsTensor.Create<float>("encoder.0.bias", [5], new float[5]),
        ];

        string message = Assert.Throws<ModelMismatchException>(
            () => FaithfulWallocImport.Create(SyntheticWeights.SmallAudio, tensors, "x.pth")).Message;

        Assert.Contains("1 missing: post.bias", message, StringComparison.Ordinal);
        Assert.Contains("1 unexpected: extra", message, StringComparison.Ordinal);
        Assert.Contains("encoder.0.bias F32 [5], expected floats [6]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherWaveletsAreRefused()
    {
        SafetensorsTensor[] tensors = [.. SyntheticWeights.Create(SyntheticWeights.SmallAudio)
            .Select(t => t.Name == "wt.h0" ? SafetensorsTensor.Create<float>(t.Name, t.Shape, t.ToFloats().Reverse().ToArray()) : t)];
        ImportedModel import = FaithfulWallocImport.Create(SyntheticWeights.SmallAudio, SyntheticWeights.Create(SyntheticWeights.SmallAudio).ToArray(), "x.pth");

        Assert.Contains("wt.h0", Assert.Throws<ModelMismatchException>(
            () => FaithfulWallocImport.Create(SyntheticWeights.SmallAudio, tensors, "x.pth")).Message, StringComparison.Ordinal);
        Assert.Contains("wt.h0", Assert.Throws<ModelMismatchException>(
            () => FaithfulWalloc.Create(SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors, import.Metadata)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherNetworksAreRefused() => Assert.Contains("mlicv2", Assert.Throws<ModelMismatchException>(() => FaithfulWalloc.Create(
        SafetensorsFile.Read(SafetensorsWriter.ToArray([], new Dictionary<string, string> { ["architecture"] = "mlicv2-l20" })))).Message, StringComparison.Ordinal);
}
