using System.Buffers;
using System.Text.Json;

namespace Codecs.Audio;

/// <summary>The JSON form of codebook indices: its keys, and how it is written.</summary>
internal static class TokenJson
{
    internal const string Model = "model", Fingerprint = "fingerprint", SampleRate = "sampleRate", Samples = "samples", Peak = "peak",
        FramesPerSecond = "framesPerSecond", CodebookSize = "codebookSize", Codebooks = "codebooks", Tokens = "tokens";

    private const int LongestRow = 64; // a line feed, brackets, eight numbers of four digits with commas

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>A file without the byte order mark that some editors write.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> file) => file.StartsWith(Mark) ? file[Mark.Length..] : file;

    internal static bool Detect(ReadOnlySpan<byte> start) => WithoutMark(start).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    internal static byte[] Write(AudioTokens tokens)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (tokens.Model.Length > 0)
            {
                json.WriteString(Model, tokens.Model);
            }

            if (!tokens.Weights.IsEmpty)
            {
                json.WriteString(Fingerprint, tokens.Weights.ToString());
            }

            json.WriteNumber(SampleRate, tokens.SampleRate);
            json.WriteNumber(Samples, tokens.SampleCount);
            json.WriteNumber(Peak, tokens.Peak);
            json.WriteNumber(FramesPerSecond, AudioTokens.FramesPerSecond);
            json.WriteNumber(CodebookSize, AudioTokens.CodebookSize);
            json.WriteNumber(Codebooks, tokens.Codebooks);
            json.WriteStartArray(Tokens);
            Span<byte> row = stackalloc byte[LongestRow];
            for (int t = 0; t < tokens.Frames; t++)
            {
                int length = WriteRow(row, tokens.Values.AsSpan(t * tokens.Codebooks, tokens.Codebooks));
                json.WriteRawValue(row[..length], skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private static int WriteRow(Span<byte> row, ReadOnlySpan<short> indices)
    {
        "\n["u8.CopyTo(row);
        int length = 2;
        foreach (short index in indices)
        {
            index.TryFormat(row[length..], out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
            length += digits;
            row[length++] = (byte)',';
        }

        row[length - 1] = (byte)']';
        return length;
    }
}
