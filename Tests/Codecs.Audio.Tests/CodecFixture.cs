using Codecs.Audio.Tests;

[assembly: AssemblyFixture(typeof(CodecFixture))]

namespace Codecs.Audio.Tests;

/// <summary>One opened codec for all tests: loading torch and weights takes longer than most of them.</summary>
public sealed class CodecFixture : IDisposable
{
    public AudioCodec Codec { get; } = AudioCodec.Open("walloc-audio");

    public void Dispose() => Codec.Dispose();
}
