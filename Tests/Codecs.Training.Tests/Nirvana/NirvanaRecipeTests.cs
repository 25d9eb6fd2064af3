using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Nirvana;
using Codecs.Training.Nirvana;
using Codecs.Video;
using Codecs.Video.Nirvana;

namespace Codecs.Training.Tests.Nirvana;

/// <summary>The whole road of the recipe on one photograph and one clip.</summary>
[Trait("needs", "ffmpeg")]
public sealed class NirvanaRecipeTests
{
    [Fact]
    public void AFewStepsTrainResumeExportAndCompressVideo()
    {
        using var folder = new TempFolder();
        TestMedia.CopyTo(folder);
        File.WriteAllText(Path.Combine(folder.Data, "broken.mp4"), "not a video");
        var log = new List<string>();
        new NirvanaRecipe(folder.Options with { Minutes = 0.03 }, log.Add).Run(TestContext.Current.CancellationToken);
        Assert.Contains(log, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.Contains("broken.mp4", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.StartsWith("resumed", StringComparison.Ordinal));
        Assert.Contains("video cache: 1 clips, 12 frames", log);

        new NirvanaRecipe(folder.Options with { Minutes = 0.05, Resume = true }, log.Add).Run(TestContext.Current.CancellationToken);
        Assert.Contains(log, line => line.StartsWith("resumed at step", StringComparison.Ordinal));

        NirvanaRelease.Export(folder.Options, folder.At("zoo"), log.Add);
        Assert.Contains($"\"name\": \"{NirvanaRecipe.Model}\"", File.ReadAllText(Path.Combine(folder.At("zoo"), ModelZoo.CardFile)), StringComparison.Ordinal);
        AssertCompresses(Path.Combine(folder.At("zoo"), ModelZoo.WeightFile));
    }

    // Residuals are coded whatever the networks say, so even these decode to what was meant.
    private static void AssertCompresses(string weights)
    {
        var frames = new List<VideoFrame>();
        using (VideoReader reader = VideoReader.Open(TestMedia.Clip, new VideoReadOptions { MaxFrames = 5 }))
        {
            while (reader.Read() is { } frame)
            {
                frames.Add(frame);
            }
        }

        using var codec = new NirvanaClipCodec(NirvanaWeights.FromFile(SafetensorsFile.Read(weights)));
        using IChunkEncoder encoder = codec.CreateEncoder(frames[0].Format, new ChunkOptions { Quality = 60 });
        using IChunkDecoder decoder = codec.CreateDecoder(frames[0].Format);
        foreach (VideoFrame[] group in (VideoFrame[][])[[frames[0]], [.. frames.Skip(1)]])
        {
            EncodedGroup encoded = encoder.Encode(group, null, TestContext.Current.CancellationToken);
            VideoFrame[] decoded = decoder.Decode(encoded.Payloads, group.Length, TestContext.Current.CancellationToken);
            Assert.Equal(encoded.PsnrDb, GroupPsnr.Of(group, decoded), 1e-9);
            Assert.InRange(encoded.PsnrDb, 30, 60);
            Assert.InRange(encoded.Payloads.Sum(p => p.Length), 1, group.Length * frames[0].Samples.Length / 3);
        }
    }
}
