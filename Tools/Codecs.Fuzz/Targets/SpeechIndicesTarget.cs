using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;

namespace Codecs.Fuzz.Targets;

/// <summary>One payload of a speech unit, with the shipped index model.</summary>
/// <remarks>Bytes: 0 check mode and which payload, 1 frames (modulo 48), the rest is the payload. Codebooks of earlier payloads have made-up indices.</remarks>
internal sealed class SpeechIndicesTarget : FuzzTarget
{
    private const int HeaderBytes = 2, MaxFrames = 48, Books = SpeechShape.Codebooks;
    private readonly Lazy<IndexCoder> _coder = new(() =>
        SpeechWeights.FromFile(ModelWeights.ReadFile(ModelZoo.Find("language-codec"))).CreateIndexModel().CreateCoder());

    internal override string Name => "speech-indices";

    internal override string Description => "a payload of codebook indices behind two bytes that choose check, payload and frames";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int pattern = 0; pattern < 3 * IndexShape.Payloads; pattern += 2)
        {
            byte[] header = [(byte)pattern, (byte)(pattern * 5)];
            (int frames, int payload, CheckMode check) = Parse(header);
            yield return [.. header, .. Encode(Known(frames), payload, check)];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        if (input.Length < HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        (int frames, int payload, CheckMode check) = Parse(input.Span);
        short[] codes = Decode(input[HeaderBytes..], frames, payload, check);
        short[] again = Decode(Encode(codes, payload, check), frames, payload, check);
        Require(again.AsSpan().SequenceEqual(codes), "indices changed on the way through the coder");
    }

    private static (int Frames, int Payload, CheckMode Check) Parse(ReadOnlySpan<byte> header) =>
        (header[1] % MaxFrames, header[0] / 3 % IndexShape.Payloads, (CheckMode)(header[0] % 3));

    // Every third frame is that of before.
    private static short[] Known(int frames)
    {
        short[] codes = new short[frames * Books];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = i >= Books && i / Books % 3 == 0 ? codes[i - Books] : (short)(i * 397 % SpeechShape.CodebookSize);
        }

        return codes;
    }

    private short[] Decode(ReadOnlyMemory<byte> bytes, int frames, int payload, CheckMode check)
    {
        short[] codes = Known(frames);
        var decoder = new RangeDecoder(bytes, check);
        _coder.Value.Decode(decoder, codes, payload);
        decoder.Finish().ThrowIfFailed("speech indices", HeaderBytes);
        return codes;
    }

    private byte[] Encode(short[] codes, int payload, CheckMode check)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(bytes);
        _coder.Value.Encode(encoder, codes, payload);
        encoder.Finish(check);
        return bytes.WrittenSpan.ToArray();
    }
}
