using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Weights;

namespace Codecs.Cli.Tests;

public sealed class LatentsTests(CodedSamples samples)
{
    [Fact]
    public void TheLatentOfAFileIsWrittenAsCodedInBothForms()
    {
        using var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);

        JsonElement report = Command.Run(folder, "latents", "lake.ncf", "--json").Expect(0).Json.GetProperty("files")[0];
        Command.Run(folder, "latents", "lake.ncf", "-o", "lake.npy").Expect(0);

        SafetensorsFile file = SafetensorsFile.Read(folder.At("lake.safetensors"));
        SafetensorsTensor latent = Assert.Single(file.Tensors);
        float[] values = latent.ToFloats();
        Assert.Equal("latent", latent.Name);
        Assert.Equal(("mlicv2", "96", "64", "true"), (file.Metadata["model"], file.Metadata["width"], file.Metadata["height"], file.Metadata["rounded"]));
        Assert.Equal(file.Metadata["channels"], latent.Shape[2].ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(values, v => Assert.True(IsCoded(v), $"{v} is no integer around a mean"));
        Assert.Contains(values, v => v != 0);
        Assert.Equal(latent.Shape, report.GetProperty("latent").GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()));
        Assert.Equal(file.Metadata["rate"], report.GetProperty("ratePoint").ToString());
        Assert.Equal((96, "safetensors", true), (report.GetProperty("width").GetInt32(), report.GetProperty("format").GetString(), report.GetProperty("latent").GetProperty("rounded").GetBoolean()));

        NpyFile npy = NpyFile.Read(folder.Read("lake.npy"));
        Assert.Equal(latent.Shape, npy.Shape);
        Assert.Equal(values, npy.ToFloats());
    }

    [Fact]
    public void ThePictureItselfGivesTheSameLatentBeforeRounding()
    {
        using var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);

        byte[] coded = Command.Run(folder, samples.Lake, "latents", "-", "-o", "-", "--format", "npy").Expect(0).Output;
        Command.Run(folder, "latents", TestPictures.PathOf(TestPictures.Lake), "--codec", "mlicv2", "-q", "70", "-o", "lake.npy").Expect(0);

        NpyFile rounded = NpyFile.Read(coded), exact = NpyFile.Read(folder.Read("lake.npy"));
        Assert.Equal(rounded.Shape, exact.Shape);
        Assert.Contains(exact.ToFloats(), v => !IsCoded(v));

        // The coder rounds around its predicted means and drops what hardly pays: most latents are the nearest integer or a neighbour.
        double far = exact.ToFloats().Zip(rounded.ToFloats(), (e, r) => Math.Abs(e - r)).Count(d => d > 1.01) / (double)exact.ToFloats().Length;
        Assert.True(far < 0.05, $"{far:P1} of the latents are more than one step away");
    }

    [Fact]
    public void AFolderOfBothKindsKeepsItsTree()
    {
        using var folder = new TempFolder();
        folder.Write("in/a/coded.ncf", samples.Lake);
        folder.Write("in/b/picture.png", TestPictures.Bytes(TestPictures.Lake));
        folder.Write("in/b/broken.ncf", samples.Lake.AsSpan(0, 40));
        folder.Write("in/notes.txt", [1, 2, 3]);

        CliResult result = Command.Run(folder, "latents", "in", "--out-dir", "out", "--format", "npy").Expect(3);

        Assert.Contains("3 files: 2 done", result.Error, StringComparison.Ordinal);
        Assert.Equal(["out/a/coded.npy", "out/b/picture.npy"], folder.Files().Where(f => f.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatExistsStaysAndAMissingModelIsSaid()
    {
        using var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);
        folder.Write("lake.safetensors", [1]);

        Command.Run(folder, "latents", "lake.ncf").Expect(4);
        Assert.Equal([1], folder.Read("lake.safetensors"));
        Command.Run(folder, "latents", "lake.ncf", "--force").Expect(0);
        Command.Run(folder, "latents", TestPictures.PathOf(TestPictures.Lake), "--codec", "nothing", "-o", "x.npy").Expect(5);
    }

    // MLICv2 rounds around means that it predicts in 1/64.
    private static bool IsCoded(float value) => float.IsInteger(value * 64);
}
