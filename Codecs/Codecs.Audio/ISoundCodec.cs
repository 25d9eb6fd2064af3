using Codecs.Formats.Container;

namespace Codecs.Audio;

/// <summary>What a network codec does with a group of channels; container, sample rates, level, tags and lost units are the stream classes'.</summary>
internal interface ISoundCodec : IDisposable
{
    /// <summary>Identity of the weights that decide parsing.</summary>
    Fingerprint EntropyFingerprint { get; }

    /// <summary>Identity of the synthesis weights.</summary>
    Fingerprint SynthesisFingerprint { get; }

    /// <summary>How it cuts up a sound.</summary>
    SoundShape Shape { get; }

    /// <summary>Elements of a frame's latent.</summary>
    int LatentChannels { get; }

    /// <summary>The encoder's network for one track.</summary>
    ISoundAnalyzer CreateAnalyzer();

    /// <summary>The decoder's network for one track.</summary>
    /// <param name="options">What it may add.</param>
    ISoundRenderer CreateRenderer(AudioDecoderOptions options);

    /// <summary>How options choose the rate index of each unit.</summary>
    /// <exception cref="TargetUnreachableException">The codec has no rate that is low enough.</exception>
    RateControl CreateRateControl(AudioEncoderOptions options, int modelRate);

    /// <summary>A latent as files and <see cref="AudioLatent"/> scale it, not yet rounded.</summary>
    /// <param name="latent">[frames, latent channels] from an analyzer.</param>
    /// <param name="rate">Rate index.</param>
    float[] Scale(float[] latent, byte rate);

    /// <summary>The latent that a unit stands for.</summary>
    /// <returns>[frames, latent channels].</returns>
    float[] ToLatent(SoundUnit unit);

    /// <summary>The unit of a latent.</summary>
    /// <param name="latent">[frames, latent channels] from an analyzer.</param>
    /// <param name="rate">Rate index.</param>
    /// <param name="total">In the last unit: samples per channel of the whole sound at its own rate.</param>
    SoundUnit Quantize(float[] latent, byte rate, long? total);

    /// <summary>Entropy-codes a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="track">Its track.</param>
    /// <param name="number">Its number.</param>
    DataUnit Encode(SoundUnit unit, Track track, long number);

    /// <summary>Reads a unit back; exact on every machine.</summary>
    /// <exception cref="InvalidBitstreamException">The payload is damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">The unit is coded in another way.</exception>
    SoundUnit Decode(DataUnit unit, Track track);

    /// <summary>The unit that stands for a lost one.</summary>
    SoundUnit Silence(int frames, byte rate, long? total);
}

/// <summary>A growing sound on its way through the encoder's network, as if it had been transformed at once.</summary>
internal interface ISoundAnalyzer
{
    /// <summary>Appends what is ready of the track's channels; the caller clears them.</summary>
    void Push(ReadOnlySpan<ChannelInput> channels);

    /// <summary>True when a whole unit can be taken, with the context that follows it.</summary>
    bool HasUnit { get; }

    /// <summary>Frames that can still be taken at the end of the sound.</summary>
    int RemainingFrames { get; }

    /// <summary>The sound is over.</summary>
    void End();

    /// <summary>The latents of the next frames, [frames, latent channels].</summary>
    float[] Take(int frames);
}

/// <summary>Frames to samples.</summary>
internal interface ISoundRenderer
{
    /// <summary>Frames of context on each side from which on a frame's samples are those of the whole sound.</summary>
    int Context { get; }

    /// <summary>The samples of successive frames at the model's rate, peak 1/2.</summary>
    /// <param name="values">[frames, values of a frame], with up to <see cref="Context"/> frames around the wanted ones.</param>
    /// <param name="rates">Rate index of each frame.</param>
    /// <param name="skip">Frames before the wanted ones.</param>
    /// <param name="count">Wanted frames.</param>
    /// <param name="firstFrame">Number of the first wanted frame in its sound.</param>
    /// <returns>One array for each channel of the track at most; a lone channel takes the first.</returns>
    float[][] Render(short[] values, byte[] rates, int skip, int count, long firstFrame);
}
