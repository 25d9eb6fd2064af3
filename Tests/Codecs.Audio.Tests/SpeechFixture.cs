using Codecs.Audio.Tests;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.LanguageCodec;
using Codecs.Models.Tests.LanguageCodec;
using Codecs.Models.Tests.LanguageCodec.Indices;

[assembly: AssemblyFixture(typeof(SpeechFixture))]

namespace Codecs.Audio.Tests;

/// <summary>The speech codec with made-up weights, which are the same on every machine, and with the shipped ones. Test classes that use it are in one
/// collection: a codec is one thread's.</summary>
public sealed class SpeechFixture : IDisposable
{
    internal const string Collection = "speech";

    private readonly Lazy<AudioCodec> _codec;
    private readonly Lazy<AudioCodec> _trained = new(() => AudioCodec.Open("language-codec"));
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("codecs-speech-").FullName, "made-up.safetensors");

    public SpeechFixture() => _codec = new(() =>
    {
        NativeBackend.EnsureLoaded(); // for the names of the tensors
        SafetensorsWriter.Write(
            _path, [.. SpeechFiles.FromIntegers().Tensors, .. RandomIndexModel.Tensors(seed: 1).Values], ModelWeights.MetadataOf(SpeechWeights.Architecture));
        return AudioCodec.Open(_path);
    });

    /// <summary>Made-up weights: for all that does not depend on what the networks learnt.</summary>
    public AudioCodec Codec => _codec.Value;

    /// <summary>The weights of <see cref="Codec"/>.</summary>
    internal SpeechWeights Weights => SpeechWeights.FromFile(ModelWeights.ReadFile(Codec.Name));

    /// <summary>The shipped weights.</summary>
    public AudioCodec Trained => _trained.Value;

    public void Dispose()
    {
        foreach (Lazy<AudioCodec> codec in (Lazy<AudioCodec>[])[_codec, _trained])
        {
            if (codec.IsValueCreated)
            {
                codec.Value.Dispose();
            }
        }

        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }
}
