using System.Text.Json;
using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class JsonTests(CodedSamples samples)
{
    [Fact]
    public void EncodeHasItsKeys()
    {
        JsonElement run = JsonDocument.Parse(samples.Report).RootElement;

        Assert.Equal(["schema", "command", "exitCode", "files", "summary"], Keys(run));
        Assert.Equal(1, run.GetProperty("schema").GetInt32());
        Assert.Equal("encode", run.GetProperty("command").GetString());
        Assert.Equal(
            ["input", "output", "status", "inputBytes", "outputBytes", "width", "height", "bitsPerPixel", "ratio", "model", "ratePoint", "format", "seconds", "warnings"],
            Keys(run.GetProperty("files")[0]));
        Assert.Equal(["files", "done", "skipped", "failed", "inputBytes", "outputBytes", "seconds"], Keys(run.GetProperty("summary")));
    }

    [Fact]
    public void InfoHasItsKeysAndItsPartsAddUp()
    {
        using var folder = new TempFolder();
        folder.Write("a.ncf", samples.Alpha);

        JsonElement file = Command.Run(folder, "info", "a.ncf", "--json").Expect(0).Json.GetProperty("files")[0];

        Assert.Equal(["input", "status", "inputBytes", "width", "height", "bitsPerPixel", "ratePoint", "seconds", "ncf"], Keys(file));
        JsonElement ncf = file.GetProperty("ncf");
        Assert.Equal(["profile", "kind", "layout", "bitDepth", "alpha", "orientation", "units", "segments", "model", "bytes", "metadata"], Keys(ncf));
        Assert.Equal(["name", "entropyFingerprint", "synthesisFingerprint", "determinism", "installedAs"], Keys(ncf.GetProperty("model")));
        Assert.Equal(["header", "colour", "alpha", "metadata", "profile"], Keys(ncf.GetProperty("bytes")));
        Assert.Equal(samples.Alpha.Length, ncf.GetProperty("bytes").EnumerateObject().Sum(p => p.Value.GetInt32()));
        Assert.Equal((96, 64), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));
    }

    [Fact]
    public void ErrorsAreObjectsToo()
    {
        using var folder = new TempFolder();
        folder.Write("cut.ncf", samples.Alpha.AsSpan(0, samples.Alpha.Length / 2));

        JsonElement usage = Command.Run(folder, "decode", "--json").Expect(2).Json;
        JsonElement damaged = Command.Run(folder, "decode", "cut.ncf", "--json").Expect(3).Json.GetProperty("files")[0];

        Assert.Equal(["schema", "command", "exitCode", "error"], Keys(usage));
        Assert.Equal(["code", "message", "hint"], Keys(usage.GetProperty("error")));
        Assert.Equal(["input", "output", "status", "error"], Keys(damaged));
        Assert.Equal("failed", damaged.GetProperty("status").GetString());
        Assert.Equal(["code", "message", "offset"], Keys(damaged.GetProperty("error")));
        Assert.Equal("invalid-bitstream", damaged.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void JsonAndAPictureDoNotShareStandardOutput()
    {
        using var folder = new TempFolder();

        CliResult result = Command.Run(folder, samples.Lake, "decode", "-", "-o", "-", "--json").Expect(2);

        Assert.Contains("--report", result.Error, StringComparison.Ordinal);
        Assert.Equal("usage", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
