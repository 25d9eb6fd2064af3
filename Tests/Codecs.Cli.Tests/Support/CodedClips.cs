using Codecs.Formats.Media;

namespace Codecs.Cli.Tests.Support;

/// <summary>A short clip with sound and its coded file, made by the command itself when first asked for.</summary>
public sealed class CodedClips
{
    /// <summary>Frames, at <see cref="Rate"/> frames a second.</summary>
    public const int Frames = 15, Rate = 12, Width = 34, Height = 18;

    private readonly Lazy<byte[]> _coded = new(Encode);

    /// <summary>The coded clip, key groups every quarter of a second.</summary>
    public byte[] Coded => _coded.Value;

    /// <summary>The published network as it is fitted fastest.</summary>
    internal static string[] Fast { get; } = ["--preset", "nirvana", "--effort", "1", "--keyint", "0.25"];

    /// <summary>Writes the clip in the format that its name says, with sound where that holds any.</summary>
    internal static void Write(TempFolder folder, string name)
    {
        bool hasSound = Path.GetExtension(name) != ".y4m";
        if (hasSound)
        {
            var sound = new Waveform(8000, 1, 8000 * Frames / Rate);
            for (int i = 0; i < sound.SampleCount; i++)
            {
                sound.Channel(0)[i] = 0.3f * MathF.Sin(0.3f * i);
            }

            AudioFile.Write(folder.At("tone.flac"), sound);
        }

        var format = new VideoFormat(Width, Height, ChromaFormat.Yuv444) { Matrix = 6, Primaries = 6, Transfer = 6 };
        var options = new VideoWriteOptions { Lossless = true, Tracks = hasSound ? [TrackInput.FromFile(folder.At("tone.flac"))] : [] };
        using VideoWriter writer = VideoWriter.Create(folder.At(name), format, new FrameClock(Rate, 1), options);
        for (int f = 0; f < Frames; f++)
        {
            byte[] samples = [.. Enumerable.Range(0, Width * Height * 3).Select(i => (byte)(i < Width * Height ? 60 + (4 * (i % Width)) + (2 * f) : 128))];
            writer.Write(new VideoFrame(format, samples, f));
        }

        writer.Complete();
    }

    private static byte[] Encode()
    {
        using var folder = new TempFolder();
        Write(folder, "clip.mkv");
        Command.Run(folder, ["encode", "clip.mkv", .. Fast]).Expect(0);
        return folder.Read("clip.ncf");
    }
}
