using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Fuzz.Targets;

/// <summary>A picture of ours, every symbol of it, with the shipped weights; no torch.</summary>
/// <param name="name">Name of the target.</param>
/// <param name="model">Name of the model.</param>
internal sealed class ImageVerifyTarget(string name, string model) : FuzzTarget
{
    // Small pictures only: a hostile header may ask for a thousand times the work of its file, and fuzzing wants speed.
    private static readonly ImageCodecOptions s_options = new()
    {
        Threads = 1,
        Limits = NcfLimits.Default with { MaxPixels = 1 << 16, MaxMetadataTotalBytes = 4 << 20, MaxDecompressedBytes = 1 << 20 },
    };

    private readonly Lazy<ImageCodec> _codec = new(() => ImageCodec.Open(model, s_options));

    internal override string Name => name;

    internal override string Description => $"a picture coded with {model}: container, model, every symbol";

    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (s_options.Limits.MaxPixels * 64) + (8 << 20);

    internal override IEnumerable<byte[]> Seeds()
    {
        var image = new Image(32, 24, ImageLayout.Rgb, SampleFiles.Bytes(32 * 24 * 3));
        var clear = new Image(32, 24, ImageLayout.Rgba, SampleFiles.Bytes(32 * 24 * 4));
        yield return _codec.Value.Encode(image, new ImageEncoderOptions { Quality = 20 });
        yield return _codec.Value.Encode(clear, new ImageEncoderOptions { Quality = 70, Archive = true });
    }

    internal override void Run(ReadOnlyMemory<byte> input) => _codec.Value.Verify(input);
}
