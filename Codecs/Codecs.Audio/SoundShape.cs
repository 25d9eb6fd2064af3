namespace Codecs.Audio;

/// <summary>How a codec cuts up a sound: rates, groups of channels, frames, units.</summary>
/// <param name="FrameSamples">Samples of a frame at the model's rate.</param>
/// <param name="UnitFrames">Frames of a unit; the last one may have fewer.</param>
/// <param name="FrameValues">Numbers of a frame in a unit.</param>
/// <param name="Mono">Channels are mixed into one; else they are coded in pairs, left and right, the last of an odd number alone.</param>
/// <param name="ModelRate">The rate at which the model works on a sound of a rate.</param>
internal sealed record SoundShape(int FrameSamples, int UnitFrames, int FrameValues, bool Mono, Func<int, int> ModelRate)
{
    internal long UnitSamples => (long)UnitFrames * FrameSamples;

    /// <summary>Channels that a file has of a sound's.</summary>
    internal int Coded(int channels) => Mono ? 1 : channels;

    /// <summary>Tracks for coded channels.</summary>
    internal static int Tracks(int coded) => (coded + 1) / 2;

    /// <summary>Channels of a track.</summary>
    internal static int ChannelsOf(int track, int coded) => Math.Min(2, coded - (2 * track));
}
