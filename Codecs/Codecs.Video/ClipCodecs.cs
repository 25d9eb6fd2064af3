using Codecs.Formats.Weights;
using Codecs.Models;

namespace Codecs.Video;

/// <summary>The video codecs of this version, by the architecture that their weight files name.</summary>
internal static class ClipCodecs
{
    /// <summary>Opens a codec.</summary>
    /// <param name="model">Name in the zoo or path of a weight file.</param>
    /// <param name="options">How it runs.</param>
    /// <exception cref="ModelMismatchException">There are no such weights, they are damaged, or they are for other media.</exception>
    internal static IClipCodec Open(string model, VideoCodecOptions options)
    {
        string path = ModelZoo.Find(model);
        SafetensorsFile file = ModelWeights.ReadFile(path);
        return ModelWeights.ArchitectureOf(file) switch
        {
            var other => throw new ModelMismatchException($"'{path}' holds weights of '{other ?? "an unnamed network"}', which is no video codec of this version."),
        };
    }
}
