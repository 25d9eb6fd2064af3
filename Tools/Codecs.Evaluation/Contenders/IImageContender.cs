using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>A picture codec that can be measured: bytes in, bytes out, one knob.</summary>
public interface IImageContender
{
    /// <summary>Short name for tables and result files, unique in a run.</summary>
    string Name { get; }

    /// <summary>Codec and fixed settings in one line.</summary>
    string Description { get; }

    /// <summary>What the knob is called, such as "quality" or "distance".</summary>
    string SettingName { get; }

    /// <summary>The settings to measure; the curve goes through all of them.</summary>
    IReadOnlyList<double> Ladder { get; }

    /// <summary>True for the codecs that the others are compared with.</summary>
    bool IsAnchor { get; }

    /// <summary>Names everything that decides the result besides picture and setting, so that results can be kept; null when they must not be.</summary>
    string? CacheKey { get; }

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">An RGB picture without metadata.</param>
    /// <param name="setting">An entry of <see cref="Ladder"/>.</param>
    /// <param name="cancellation">Stops early where the codec can.</param>
    /// <returns>The file as it would lie on a disk.</returns>
    /// <exception cref="CodecException">The codec cannot hold this picture.</exception>
    byte[] Encode(Image image, double setting, CancellationToken cancellation);

    /// <summary>Decodes what <see cref="Encode"/> made.</summary>
    /// <param name="file">The encoded file.</param>
    /// <param name="cancellation">Stops early where the codec can.</param>
    Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation);
}
