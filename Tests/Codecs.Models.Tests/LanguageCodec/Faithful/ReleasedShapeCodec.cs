using Codecs.Models.LanguageCodec.Faithful;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

/// <summary>A codec with the sizes of the released checkpoint, made once for a class of tests.</summary>
public sealed class ReleasedShapeCodec : IDisposable
{
    public FaithfulLanguageCodec Codec { get; } = SyntheticSpeechWeights.Open(FaithfulLanguageCodecConfig.Released);

    public void Dispose() => Codec.Dispose();
}
