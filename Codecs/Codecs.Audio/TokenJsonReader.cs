using System.Globalization;
using System.Text;
using System.Text.Json;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Reads the JSON form of codebook indices token by token, so that a hostile file costs no more than its own size; every error says where.</summary>
internal ref struct TokenJsonReader
{
    private const int LongestKey = 32, FewestDigits = 16, MostDigits = 2 * Fingerprint.Length;
    private readonly List<short> _values = [];
    private Utf8JsonReader _json;
    private int _width;

    private TokenJsonReader(ReadOnlySpan<byte> file) => _json = new Utf8JsonReader(file);

    /// <exception cref="InvalidBitstreamException">No JSON, or not of this form.</exception>
    internal static AudioTokens Read(ReadOnlySpan<byte> file)
    {
        var reader = new TokenJsonReader(file);
        try
        {
            return reader.ReadObject();
        }
        catch (JsonException e)
        {
            throw new InvalidBitstreamException($"The token file is no good JSON: {e.Message.TrimEnd('.')}", reader._json.BytesConsumed, e);
        }
    }

    private AudioTokens ReadObject()
    {
        string? model = null;
        FingerprintPrefix? weights = null;
        long? sampleRate = null, samples = null, framesPerSecond = null, codebookSize = null, codebooks = null;
        double? peak = null;
        Expect(JsonTokenType.StartObject, "an object");
        while (Next() == JsonTokenType.PropertyName)
        {
            string key = ReadKey();
            Next();
            switch (key)
            {
                case TokenJson.Model when model is null:
                    model = ReadText();
                    break;
                case TokenJson.Fingerprint when weights is null:
                    weights = ReadFingerprint();
                    break;
                case TokenJson.SampleRate when sampleRate is null:
                    sampleRate = ReadNumber(1, Waveform.MaxSampleRate);
                    break;
                case TokenJson.Samples when samples is null:
                    samples = ReadNumber(1, long.MaxValue);
                    break;
                case TokenJson.Peak when peak is null:
                    peak = _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out double number) ? number : throw Fault("a number was expected");
                    break;
                case TokenJson.FramesPerSecond when framesPerSecond is null:
                    framesPerSecond = ReadNumber(AudioTokens.FramesPerSecond, AudioTokens.FramesPerSecond);
                    break;
                case TokenJson.CodebookSize when codebookSize is null:
                    codebookSize = ReadNumber(AudioTokens.CodebookSize, AudioTokens.CodebookSize);
                    break;
                case TokenJson.Codebooks when codebooks is null:
                    codebooks = ReadNumber(AudioTokens.FewestCodebooks, AudioTokens.MostCodebooks);
                    break;
                case TokenJson.Tokens when _width == 0:
                    ReadRows();
                    break;
                default:
                    throw Fault($"the key '{key}' is unknown or comes twice");
            }
        }

        // Nothing but blanks may follow: the reader throws otherwise.
        _json.Read();
        string? missing = sampleRate is null ? TokenJson.SampleRate : samples is null ? TokenJson.Samples : peak is null ? TokenJson.Peak
            : framesPerSecond is null ? TokenJson.FramesPerSecond : codebookSize is null ? TokenJson.CodebookSize : codebooks is null ? TokenJson.Codebooks
            : _width == 0 ? TokenJson.Tokens : null;
        if (missing is not null)
        {
            throw Fault($"the key '{missing}' is missing");
        }

        return _width == codebooks
            ? new AudioTokens((int)sampleRate!, samples!.Value, peak!.Value, _width, [.. _values]) { Model = model ?? "", Weights = weights ?? default }
            : throw Fault($"'{TokenJson.Codebooks}' is {codebooks}, but the frames have {_width} indices");
    }

    private void ReadRows()
    {
        Require(JsonTokenType.StartArray, "an array of frames");
        while (Next() != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartArray, "a frame, an array of indices,");
            int count = 0;
            for (; Next() != JsonTokenType.EndArray; count++)
            {
                _values.Add((short)ReadNumber(0, AudioTokens.CodebookSize - 1));
            }

            _width = _width == 0 ? count : _width;
            if (count == 0 || count != _width)
            {
                throw Fault($"a frame has {count} indices, the first one {_width}");
            }
        }

        if (_width == 0)
        {
            throw Fault("there is no frame");
        }
    }

    private readonly string ReadKey() => !_json.ValueIsEscaped && _json.ValueSpan.Length <= LongestKey
        ? Encoding.UTF8.GetString(_json.ValueSpan)
        : throw Fault("a key is unknown");

    private readonly long ReadNumber(long least, long most)
    {
        if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number))
        {
            throw Fault("a whole number was expected");
        }

        return number >= least && number <= most
            ? number
            : throw Fault(least == most ? $"{number} was found, {least} is the only number that is understood" : $"{number} is outside {least}..{most}");
    }

    private readonly string ReadText()
    {
        try
        {
            return _json.TokenType == JsonTokenType.String ? _json.GetString()! : throw Fault("a text was expected");
        }
        catch (InvalidOperationException e)
        {
            // What GetString throws for bytes and escapes that are no Unicode.
            throw new InvalidBitstreamException("A text in the token file is no Unicode", _json.TokenStartIndex, e);
        }
    }

    private readonly FingerprintPrefix ReadFingerprint()
    {
        string text = ReadText();
        return text.Length is >= FewestDigits and <= MostDigits && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)
            ? FingerprintPrefix.FromBytes(Convert.FromHexString(text))
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"a fingerprint is {FewestDigits} to {MostDigits} hexadecimal digits"));
    }

    // At the end of the bytes inside an object the reader itself throws.
    private JsonTokenType Next()
    {
        _json.Read();
        return _json.TokenType;
    }

    private void Expect(JsonTokenType type, string what)
    {
        Next();
        Require(type, what);
    }

    private readonly void Require(JsonTokenType type, string what)
    {
        if (_json.TokenType != type)
        {
            throw Fault($"{what} was expected");
        }
    }

    private readonly InvalidBitstreamException Fault(string message) => new($"The token file: {message}", _json.TokenStartIndex);
}
