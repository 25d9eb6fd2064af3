using Codecs.Models.Walloc;

namespace Codecs.Audio;

/// <summary>How a sound is cut up: rates, pairs of channels, frames, units.</summary>
internal static class SoundShape
{
    /// <summary>Samples of a frame at the model's rate.</summary>
    internal const int FrameSamples = AudioWalloc.Stride;

    /// <summary>Frames of a unit, 5.9 s at 44.1 kHz; the last unit may have fewer.</summary>
    internal const int UnitFrames = 1024;

    internal const long UnitSamples = (long)UnitFrames * FrameSamples;

    private const int LowRate = 44100, HighRate = 48000;

    /// <summary>The rate at which the model works on a sound: 44.1 and 48 kHz and what lies between as they are, the family of 11.025 kHz at 44.1, all
    /// others at 48.</summary>
    internal static int ModelRate(int sampleRate) =>
        sampleRate is >= LowRate and <= HighRate ? sampleRate : sampleRate % (LowRate / 4) == 0 ? LowRate : HighRate;

    /// <summary>Channels are coded in pairs, left and right; the last of an odd number alone.</summary>
    internal static int Pairs(int channels) => (channels + 1) / 2;

    /// <summary>Channels of a pair.</summary>
    internal static int ChannelsOf(int pair, int channels) => Math.Min(2, channels - (2 * pair));
}
