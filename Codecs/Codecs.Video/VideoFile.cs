using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>What a video file states before its units, checked and matched with the codec's weights.</summary>
internal sealed class VideoFile
{
    private VideoFile(NcfHeader header, PictureTrack track, VideoFormat format) => (Header, Track, Format) = (header, track, format);

    internal NcfHeader Header { get; }

    /// <summary>The track of the pictures.</summary>
    internal PictureTrack Track { get; }

    /// <summary>What its frames are.</summary>
    internal VideoFormat Format { get; }

    /// <summary>The unit of its frames' timestamps; of a picture, which has none, 1 second.</summary>
    internal FrameClock Clock => Header.TickRate.IsNone ? new FrameClock(1, 1) : new FrameClock(Header.TickRate.Numerator, Header.TickRate.Denominator);

    /// <exception cref="UnsupportedBitstreamException">The file holds no pictures, or of another kind.</exception>
    /// <exception cref="ModelMismatchException">The file was made with other weights.</exception>
    internal static VideoFile Match(NcfHeader header, IClipCodec codec)
    {
        VideoFile file = Match(header);
        ModelReference model = header.ModelOf(file.Track) ?? throw new InvalidBitstreamException("The file names no model for its pictures.");
        return model.Entropy.Matches(codec.EntropyFingerprint) ? file : throw new ModelMismatchException(
            $"The file was made with weights {model.Describe()}; these are {codec.EntropyFingerprint}. Install the weights it names, or use the version that wrote it.");
    }

    /// <exception cref="UnsupportedBitstreamException">The file holds no pictures, or of another kind.</exception>
    internal static VideoFile Match(NcfHeader header) =>
        header.Kind is MediaKind.Video or MediaKind.AudioVideo or MediaKind.Still && header.LeadTrack is PictureTrack { Role: TrackRole.Colour } track
            ? new VideoFile(header, track, VideoHeader.Format(track))
            : throw new UnsupportedBitstreamException($"The file holds {header.Kind}, no video; 'codecs info' tells what it is.");

    /// <summary>What the user should know.</summary>
    internal IEnumerable<string> Warnings(IClipCodec codec)
    {
        ModelReference model = Header.ModelOf(Track)!;
        if (!model.Synthesis.IsEmpty && !model.Synthesis.Matches(codec.SynthesisFingerprint))
        {
            yield return $"The file was made for synthesis weights {model.Synthesis}; these are {codec.SynthesisFingerprint}. It may look different.";
        }
    }
}
