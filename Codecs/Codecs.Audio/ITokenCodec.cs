using Codecs.Formats.Container;

namespace Codecs.Audio;

/// <summary>A sound codec whose units are codebook indices, the coarse ones first.</summary>
internal interface ITokenCodec : ISoundCodec
{
    /// <summary>Numbers of codebooks that make a sound.</summary>
    (int Fewest, int Most) Codebooks { get; }

    /// <summary>The most codebooks whose indices, before entropy coding, fit a bitrate.</summary>
    /// <exception cref="TargetUnreachableException">The fewest need more.</exception>
    int CodebooksOf(double kilobitsPerSecond);

    /// <summary>A unit with fewer codebooks, without decoding it. One that has no more stays as it is.</summary>
    DataUnit Truncate(DataUnit unit, int codebooks);
}
