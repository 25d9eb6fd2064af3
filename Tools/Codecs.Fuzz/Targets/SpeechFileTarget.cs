using Codecs.Audio;
using Codecs.Formats.Container;

namespace Codecs.Fuzz.Targets;

/// <summary>A coded speech file, every index of it, with the shipped weights; no torch, no sound.</summary>
internal sealed class SpeechFileTarget : FuzzTarget
{
    private const int Fewest = 3;

    // A hostile file may ask for much metadata; fuzzing wants speed.
    private static readonly AudioCodecOptions s_options = new()
    {
        Threads = 1,
        Limits = NcfLimits.Default with { MaxMetadataTotalBytes = 4 << 20, MaxDecompressedBytes = 1 << 20 },
    };

    private readonly Lazy<AudioCodec> _codec = new(() => AudioCodec.Open("language-codec", s_options));

    internal override string Name => "speech-file";

    internal override string Description => "a coded speech file: tokens, tokens of fewer codebooks, the file of the tokens";

    // Indices of a unit, and what the coder starts every payload from.
    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (32L << 20) + (4096L * inputBytes);

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach ((int frames, int codebooks) in ((int, int)[])[(1, 3), (9, 8), (40, 5), (760, 3)])
        {
            byte[] bytes = SampleFiles.Bytes(frames * codebooks);
            yield return _codec.Value.EncodeTokens(
                new AudioTokens(16000, frames * 640 / 3, 0.3, codebooks, Array.ConvertAll(bytes, b => (short)(b * 4))), new AudioEncoderOptions { Archive = frames == 40 });
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        AudioCodec codec = _codec.Value;
        AudioTokens tokens = codec.DecodeTokens(input);
        AudioTokens back = codec.DecodeTokens(codec.EncodeTokens(tokens));
        Require(back.Values.AsSpan().SequenceEqual(tokens.Values), "tokens changed on the way through a file");
        Require((back.SampleRate, back.SampleCount, back.Codebooks) == (tokens.SampleRate, tokens.SampleCount, tokens.Codebooks), "what belongs to the tokens changed");

        using var stream = new MemoryStream(input.ToArray());
        using var smaller = new MemoryStream();
        codec.Truncate(stream, smaller, Fewest);
        AudioTokens few = codec.DecodeTokens(smaller.ToArray());
        Require(few.Codebooks == Fewest && few.Frames == tokens.Frames, "a smaller file has other frames");
        for (int i = 0; i < few.Values.Length; i++)
        {
            Require(few.Values[i] == tokens.Values[(i / Fewest * tokens.Codebooks) + (i % Fewest)], "a smaller file has other tokens");
        }
    }
}
