using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Nirvana;
using Codecs.Video.Nirvana;
using Codecs.Video.NirvanaFaithful;

namespace Codecs.Video;

/// <summary>The video codecs of this version: those that need no weight file by name, the others by the architecture that their weight files state.</summary>
internal static class ClipCodecs
{
    /// <summary>Codecs whose start values come from a seed.</summary>
    private static readonly Dictionary<string, Func<VideoCodecOptions, IClipCodec>> s_withoutWeights = new(StringComparer.Ordinal)
    {
        [VideoCodec.Published] = options => new NirvanaFaithfulCodec(options.Limits),
    };

    /// <summary>Names of the codecs that need no weight file, sorted.</summary>
    internal static IReadOnlyList<string> WithoutWeights => [.. s_withoutWeights.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Opens a codec.</summary>
    /// <param name="model">One of <see cref="WithoutWeights"/>, a name in the zoo, or the path of a weight file.</param>
    /// <param name="options">How it runs.</param>
    /// <exception cref="ModelMismatchException">There are no such weights, they are damaged, or they are for other media.</exception>
    internal static IClipCodec Open(string model, VideoCodecOptions options)
    {
        if (s_withoutWeights.TryGetValue(model, out Func<VideoCodecOptions, IClipCodec>? create))
        {
            return create(options);
        }

        string path = ModelZoo.Find(model);
        SafetensorsFile file = ModelWeights.ReadFile(path);
        return ModelWeights.ArchitectureOf(file) switch
        {
            NirvanaWeights.Architecture => new NirvanaClipCodec(NirvanaWeights.FromFile(file)),
            var other => throw new ModelMismatchException($"'{path}' holds weights of '{other ?? "an unnamed network"}', which is no video codec of this version."),
        };
    }
}
