using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>The encoder for a signal that goes through piece by piece, with the result of the whole: convolutions see some of the neighbouring pieces,
/// the LSTM carries its state over.</summary>
internal sealed class PiecewiseEncoder(SeanetEncoder encoder, Device device) : IDisposable
{
    /// <summary>Fewest frames of a piece that is not the last.</summary>
    internal const int LeastFrames = 2 * BackReach;

    // The layers before the LSTM reach less than 320 samples beyond a frame. Further frames keep the mirroring at a signal's true end,
    // up to 440 samples in the layer with stride 8, inside the piece.
    private const int FrontReach = 4;

    // Kernel 7 after the LSTM.
    private const int BackReach = 3;

    private const int Hop = FaithfulLanguageCodecConfig.Hop;

    private readonly LstmState _state = encoder.Recurrent.NewState(device);
    private Tensor? _carried;

    /// <summary>Latents of the next frames; three of them come with the piece after, because they depend on it.</summary>
    /// <param name="samples">The whole signal.</param>
    /// <param name="first">First frame of this piece, where the one before it ended.</param>
    /// <param name="end">One after its last frame.</param>
    /// <returns>[1, latent channels, frames].</returns>
    internal Tensor Next(ReadOnlySpan<float> samples, int first, int end)
    {
        bool isLast = end == FaithfulLanguageCodecConfig.Frames(samples.Length);
        using var scope = NewDisposeScope();
        Tensor recurrent = encoder.Recurrent.Forward(Front(samples, first, end), _state);
        Tensor joined = _carried is null ? recurrent : cat([_carried, recurrent], 2);
        int begin = _carried is null ? 0 : BackReach;
        long length = joined.shape[2] - begin - (isLast ? 0 : BackReach);
        _carried?.Dispose();
        _carried = isLast ? null : joined.narrow(2, joined.shape[2] - LeastFrames, LeastFrames).clone().DetachFromDisposeScope();
        return encoder.Back.Forward(joined).narrow(2, begin, length).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _carried?.Dispose();
        _state.Dispose();
    }

    private Tensor Front(ReadOnlySpan<float> samples, int first, int end)
    {
        int firstSeen = Math.Max(0, first - FrontReach), start = firstSeen * Hop;
        int stop = (int)Math.Min(samples.Length, (long)(end + FrontReach) * Hop);
        Tensor signal = tensor(samples[start..stop].ToArray(), [1, 1, stop - start], device: device);
        return encoder.Front.Forward(signal).narrow(2, first - firstSeen, end - first);
    }
}
