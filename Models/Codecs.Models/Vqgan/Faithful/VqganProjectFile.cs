using System.Globalization;
using Codecs.Models.Faithful;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>The YAML or JSON file beside an official checkpoint: <c>model.params</c> with <c>embed_dim</c> and <c>n_embed</c>, and <c>ddconfig</c>
/// in it; or the flat object that weight files of ours hold.</summary>
/// <remarks>Read event by event with a limit to depth, so that no file can exhaust the stack; aliases are passed over, not expanded. JSON is YAML.</remarks>
internal static class VqganProjectFile
{
    private const int MaxBytes = 1 << 20, MaxDepth = 32;
    private const string Parameters = "model.params.", Network = Parameters + "ddconfig.";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidBitstreamException">No such file, or a field is missing or of the wrong kind.</exception>
    /// <exception cref="UnsupportedBitstreamException">A value outside what these networks allow.</exception>
    /// <exception cref="LimitExceededException">Too large, or nested too deeply.</exception>
    internal static FaithfulVqganConfig Parse(ReadOnlyMemory<byte> text)
    {
        if (text.Length > MaxBytes)
        {
            throw new LimitExceededException($"The configuration has {text.Length} bytes, at most {MaxBytes} are read.");
        }

        Dictionary<string, object?> all = new(StringComparer.Ordinal);
        try
        {
            using StreamReader reader = new(new MemoryStream(text.ToArray()));
            Read(new Parser(reader), all);
        }
        catch (Exception error) when (error is YamlException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidBitstreamException($"The configuration is neither YAML nor JSON: {error.Message}", inner: error);
        }

        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        bool isProject = all.Keys.Any(k => k.StartsWith(Parameters, StringComparison.Ordinal));
        foreach ((string path, object? value) in all)
        {
            string name = isProject && path.StartsWith(Network, StringComparison.Ordinal) ? path[Network.Length..]
                : isProject && path.StartsWith(Parameters, StringComparison.Ordinal) ? path[Parameters.Length..] : path;
            fields[name] = value;
        }

        if (fields.TryGetValue("attn_type", out object? kind) && kind is not (null or "vanilla"))
        {
            throw new UnsupportedBitstreamException($"The configuration has attn_type = {kind}, expected vanilla.");
        }

        return FaithfulVqganConfig.FromFields(new ConfigurationFields(fields));
    }

    // Every scalar, and every list of integers, under the names that lead to it.
    private static void Read(Parser parser, Dictionary<string, object?> fields)
    {
        Stack<string> prefixes = new();
        string prefix = "", key = "";
        bool isKeyNext = false;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart:
                    Enter();
                    isKeyNext = true;
                    break;
                case MappingEnd:
                    Leave();
                    break;
                case SequenceStart:
                    fields[prefix + key] = ReadList(parser);
                    isKeyNext = true;
                    break;
                case Scalar scalar when isKeyNext:
                    (key, isKeyNext) = (scalar.Value, false);
                    break;
                case Scalar scalar:
                    fields[prefix + key] = ReadValue(scalar);
                    isKeyNext = true;
                    break;
                case AnchorAlias:
                    isKeyNext = !isKeyNext;
                    break;
            }
        }

        void Enter()
        {
            prefixes.Push(prefix);
            prefix = prefixes.Count == 1 ? "" : $"{prefix}{key}.";
            if (prefixes.Count > MaxDepth)
            {
                throw TooDeep();
            }
        }

        void Leave()
        {
            prefix = prefixes.Pop();
            isKeyNext = true;
        }
    }

    // The integers of a list; null when there is anything else in it.
    private static long[]? ReadList(Parser parser)
    {
        List<long> numbers = [];
        bool isPlain = true;
        for (int depth = 1; depth > 0 && parser.MoveNext();)
        {
            object? value = parser.Current is Scalar scalar ? ReadValue(scalar) : null;
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth)
            {
                throw TooDeep();
            }

            if (value is long number)
            {
                numbers.Add(number);
            }
            else if (depth > 0)
            {
                isPlain = false;
            }
        }

        return isPlain ? [.. numbers] : null;
    }

    private static object? ReadValue(Scalar scalar) => scalar.Style is not ScalarStyle.Plain ? scalar.Value : scalar.Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        "" or "~" or "null" or "Null" or "NULL" => null,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        string text => text,
    };

    private static LimitExceededException TooDeep() => new($"The configuration is nested deeper than {MaxDepth}.");
}
