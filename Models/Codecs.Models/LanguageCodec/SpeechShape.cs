namespace Codecs.Models.LanguageCodec;

/// <summary>The numbers of the shipped <c>language-codec</c> ("LC-S").</summary>
internal static class SpeechShape
{
    /// <summary>Samples per second of the model's sound, one channel.</summary>
    internal const int SampleRate = 24000;

    /// <summary>Samples per frame: 75 frames a second.</summary>
    internal const int Hop = 320;

    /// <summary>Samples under a frame's window; frame t begins <see cref="Lead"/> samples before sample 320 t.</summary>
    internal const int Window = 4 * Hop;

    /// <summary>Samples of a window on each side of its own hop.</summary>
    internal const int Lead = (Window - Hop) / 2;

    /// <summary>Bins of a frame's spectrum.</summary>
    internal const int Bins = (Window / 2) + 1;

    /// <summary>Elements of a latent vector.</summary>
    internal const int Latent = 128;

    /// <summary>Codebooks: three on a third of the latent each, then five on what is left of all of it.</summary>
    internal const int Codebooks = 8;

    /// <summary>The fewest codebooks that carry speech: all thirds of the latent.</summary>
    internal const int FewestCodebooks = 3;

    /// <summary>Entries of a codebook.</summary>
    internal const int CodebookSize = 1024;

    /// <summary>Stands where a frame has no index of a codebook.</summary>
    internal const short NoCode = -1;

    /// <summary>Bits of an index before entropy coding.</summary>
    internal const int IndexBits = 10;

    /// <summary>Channels of encoder and decoder.</summary>
    internal const int Width = 256;

    /// <summary>Channels inside a block.</summary>
    internal const int Hidden = 3 * Width;

    /// <summary>Frames under a depthwise filter.</summary>
    internal const int Taps = 7;

    /// <summary>Frames under the filters at the encoder's two ends.</summary>
    internal const int EndTaps = 3;

    /// <summary>Blocks of the encoder.</summary>
    internal const int EncoderBlocks = 6;

    /// <summary>Blocks of the decoder.</summary>
    internal const int DecoderBlocks = 8;

    /// <summary>Bins that the encoder sees with their phase, from bin 1 on: up to 4.8 kHz, where phase still matters at these rates.</summary>
    internal const int PhaseBins = 256;

    /// <summary>Mel bands that the encoder sees, 0 to 12 kHz.</summary>
    internal const int MelBands = 80;

    /// <summary>Numbers that the encoder sees of a frame.</summary>
    internal const int Features = (2 * PhaseBins) + MelBands;

    /// <summary>Frames on each side that a frame's code depends on.</summary>
    internal const int EncoderReach = (2 * (EndTaps / 2)) + (EncoderBlocks * (Taps / 2));

    /// <summary>Frames on each side that a frame's spectrum depends on.</summary>
    internal const int DecoderReach = (1 + DecoderBlocks) * (Taps / 2);

    /// <summary>Where a codebook's part of the latent begins and ends; all of it from the fourth codebook on.</summary>
    internal static (int Start, int End) PartOf(int codebook) => codebook < FewestCodebooks
        ? (Latent * codebook / FewestCodebooks, Latent * (codebook + 1) / FewestCodebooks)
        : (0, Latent);
}
