using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;

namespace Codecs.Images;

/// <summary>Rewrites files where the container alone cannot: it knows neither the whole model reference nor the symbols.</summary>
internal static class PictureRewriting
{
    internal static byte[] Rewrite(ParsedPicture picture, NcfRewriteOptions options, IPictureCodec codec, NcfLimits limits, CodecWatch watch)
    {
        NcfFile file = picture.File;
        options = options with
        {
            Coder = codec.Coder,
            Model = options.Model ?? ModelReference.Create(codec.EntropyFingerprint, codec.SynthesisFingerprint, DeterminismClass.IntegerExact),
        };

        // The rANS state starts from the check, so another check means other bytes. Nothing else keeps such a picture from being Tiny
        // if its twin with the short check could be.
        return options.Profile == NcfProfile.Tiny && file.Profile == NcfProfile.Full && picture.Check == CheckMode.Check31
            && NcfRewriter.WhyNotTiny(file, options) is not null && !file.Chunks.Any(c => !c.IsUnderstood)
            ? NcfRewriter.Rewrite(WithShortCheck(picture, codec, limits, watch), options)
            : NcfRewriter.Rewrite(file, options);
    }

    private static NcfFile WithShortCheck(ParsedPicture picture, IPictureCodec codec, NcfLimits limits, CodecWatch watch)
    {
        NcfFile file = picture.File;
        ImageLatent latent = picture.DecodeLatent(codec, watch);
        var payload = new ArrayBufferWriter<byte>();
        codec.Encode(latent, picture.Context(codec), CheckMode.Check16, payload, watch);
        byte[] twin = NcfWriter.WriteFull(new NcfDraft
        {
            Kind = file.Kind,
            Tracks = file.Tracks,
            Models = file.Models,
            Layers = file.Header.Layers,
            Metadata = file.Metadata,
            IccProfile = file.IccProfile,
            Units = [.. file.Units.Select(u => u == picture.Unit ? u with { Check = ContentCheck.Short, Payloads = [payload.WrittenMemory] } : u)],
            WithDigest = file.Digest is not null,
        });
        return NcfFile.Parse(twin, limits);
    }
}
