namespace Codecs.Evaluation;

/// <summary>A codec that can be measured: bytes in, bytes out, one knob.</summary>
/// <typeparam name="TMedia">What it compresses.</typeparam>
public interface IMediaContender<TMedia> : IContender
{
    /// <summary>Encodes a medium.</summary>
    /// <param name="media">The medium.</param>
    /// <param name="setting">An entry of <see cref="IContender.Ladder"/>.</param>
    /// <param name="cancellation">Stops early where the codec can.</param>
    /// <returns>The file as it would lie on a disk.</returns>
    /// <exception cref="CodecException">The codec cannot hold this medium.</exception>
    byte[] Encode(TMedia media, double setting, CancellationToken cancellation);

    /// <summary>Decodes what <see cref="Encode"/> made.</summary>
    /// <param name="file">The encoded file.</param>
    /// <param name="cancellation">Stops early where the codec can.</param>
    TMedia Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation);
}
