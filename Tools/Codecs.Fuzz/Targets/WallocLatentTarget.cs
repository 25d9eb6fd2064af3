using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Walloc;

namespace Codecs.Fuzz.Targets;

/// <summary>A WaLLoC latent payload, with a small context model made of fixed numbers.</summary>
/// <remarks>Bytes: 0 check mode and rate, 1 rows and 2 columns (modulo 24), the rest is the payload.</remarks>
internal sealed class WallocLatentTarget : FuzzTarget
{
    private const int HeaderBytes = 3, Channels = 5, MaxSide = 24;
    private static readonly (int Dy, int Dx)[] s_neighbours = [(0, -1), (-1, 0), (-1, 1)];
    private static readonly ExactLatentModel s_model = CreateModel();

    internal override string Name => "walloc-latent";

    internal override string Description => "a WaLLoC latent payload behind three bytes that choose check, rate and size";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int pattern = 0; pattern < 9; pattern++)
        {
            byte[] header = [(byte)(pattern * 29), (byte)(pattern * 2), (byte)((pattern * 3) + 1)];
            (int rows, int columns, int rate, CheckMode check) = Parse(header);
            yield return [.. header, .. Encode(PayloadScript.Symbols(rows * columns * Channels), rows, columns, rate, check)];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        if (input.Length < HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        (int rows, int columns, int rate, CheckMode check) = Parse(input.Span);
        short[] values = LatentCoding.Decode(s_model, input[HeaderBytes..], HeaderBytes, rows, columns, Channels, rate, [], check);
        byte[] other = Encode([.. values], rows, columns, rate, check);
        short[] again = LatentCoding.Decode(s_model, other, 0, rows, columns, Channels, rate, [], check);
        Require(again.AsSpan().SequenceEqual(values), "latents changed on the way through the coder");
    }

    private static (int Rows, int Columns, int Rate, CheckMode Check) Parse(ReadOnlySpan<byte> header) =>
        (header[1] % MaxSide, header[2] % MaxSide, header[0] * WallocRates.MaxRate / byte.MaxValue, (CheckMode)(header[0] % 3));

    private static byte[] Encode(short[] values, int rows, int columns, int rate, CheckMode check)
    {
        var payload = new ArrayBufferWriter<byte>();
        LatentCoding.Encode(s_model, values, rows, columns, rate, [], check, payload);
        return payload.WrittenSpan.ToArray();
    }

    // Weights of every size, spreads from silent to wide, contexts that start fresh and primed.
    private static ExactLatentModel CreateModel()
    {
        const int inputs = (3 + 1) * Channels, own = 3 * Channels;
        short[] mean = new short[Channels * inputs], spread = new short[mean.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            // A channel sees the channels before it, no others of its own position.
            bool isDecoded = i % inputs < own + (i / inputs);
            mean[i] = (short)(isDecoded ? ((i * 37) % 301) - 150 : 0);
            spread[i] = (short)(isDecoded ? (i * 53) % 211 : 0);
        }

        short[] start = new short[(WallocRates.MaxRate + 1) * Channels], contexts = new short[ResidualModel.Contexts];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = (short)(20 << (i % 7));
        }

        for (int i = 0; i < contexts.Length; i++)
        {
            contexts[i] = (short)(i % 3 == 0 ? 0 : (i * 4099) % short.MaxValue);
        }

        SafetensorsFile file = SafetensorsFile.Read(SafetensorsWriter.ToArray(
        [
            SafetensorsTensor.Create<short>("mean", [mean.Length], mean),
            SafetensorsTensor.Create<short>("spread", [spread.Length], spread),
            SafetensorsTensor.Create<short>("base", [start.Length], start),
            SafetensorsTensor.Create<short>("start", [contexts.Length], contexts),
        ]));
        return new ExactLatentModel(new IntegerWeights(file, prefix: ""), Channels, s_neighbours);
    }
}
