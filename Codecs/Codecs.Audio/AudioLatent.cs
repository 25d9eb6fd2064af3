namespace Codecs.Audio;

/// <summary>The latent of a sound: the compressed domain.</summary>
public sealed class AudioLatent
{
    internal AudioLatent(int sampleRate, int pairs, int frames, int channels, int rate, float[] values) =>
        (SampleRate, Pairs, Frames, Channels, Rate, Values) = (sampleRate, pairs, frames, channels, rate, values);

    /// <summary>Rate at which the model worked, in Hz; a frame is 256 samples of it for <c>walloc-audio</c>, 320 for <c>language-codec</c>.</summary>
    public int SampleRate { get; }

    /// <summary>Pairs of sound channels; a mono sound is one, and so is what <c>language-codec</c> makes of any.</summary>
    public int Pairs { get; }

    /// <summary>Frames in time.</summary>
    public int Frames { get; }

    /// <summary>Channels of the latent.</summary>
    public int Channels { get; }

    /// <summary>Rate index of the model; it scales the latent, or is its number of codebooks. -1 when it differs between the segments of a file.</summary>
    public int Rate { get; }

    /// <summary>The latent, float32 [Pairs, Frames, Channels]: in quantiser steps, or for codecs with codebooks as sums of code vectors.</summary>
    public float[] Values { get; }
}
