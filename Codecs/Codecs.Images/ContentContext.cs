using Codecs.Formats.Container;

namespace Codecs.Images;

/// <summary>What a payload's content check covers besides its symbols: the picture's shape, the rate point, the weights' whole fingerprint.</summary>
/// <remarks>
/// The same in Tiny and Full files, so that one can be rewritten as the other. A flipped bit in a Tiny header, or weights that share
/// only the stored start of the fingerprint, fail the check instead of giving a wrong picture.
/// </remarks>
internal static class ContentContext
{
    internal static byte[] Of(PictureTrack track, byte ratePoint, Fingerprint entropy)
    {
        byte[] context = new byte[PictureTrack.ContentContextLength + Fingerprint.Length];
        track.WriteContentContext(context, ratePoint);
        entropy.CopyTo(context.AsSpan(PictureTrack.ContentContextLength));
        return context;
    }
}
