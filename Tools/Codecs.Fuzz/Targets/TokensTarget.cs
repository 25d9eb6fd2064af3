using Codecs.Audio;

namespace Codecs.Fuzz.Targets;

/// <summary>Codebook indices of speech, as an array or as JSON.</summary>
internal sealed class TokensTarget : FuzzTarget
{
    internal override string Name => "tokens";

    internal override string Description => "codebook indices of speech: .npy or JSON";

    internal override IEnumerable<byte[]> Seeds()
    {
        var tokens = new AudioTokens(16_000, 500, 0.25, 4, [0, 1023, 5, 6, 7, 8, 9, 10, 400, 300, 200, 100]) { Model = "language-codec" };
        yield return AudioTokensFile.ToJson(tokens);
        yield return AudioTokensFile.ToNpy(tokens);
        yield return """
            { "codebookSize": 1024, "framesPerSecond": 75, "samples": 1, "sampleRate": 8000, "peak": 1e-3, "fingerprint": "00112233445566778899",
              "tokens": [ [ 1, 2, 3 ] ], "codebooks": 3 }
            """u8.ToArray();
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        AudioTokens tokens = AudioTokensFile.Read(input.Span), again = AudioTokensFile.FromJson(AudioTokensFile.ToJson(tokens));
        Require(
            again with { Values = tokens.Values } == tokens && again.Values.AsSpan().SequenceEqual(tokens.Values), "tokens changed on the way through the writer");
        Require(tokens.Values.All(v => v is >= 0 and < AudioTokens.CodebookSize), "an index outside its codebook was read");
    }
}
