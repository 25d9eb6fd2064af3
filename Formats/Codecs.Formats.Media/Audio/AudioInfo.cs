namespace Codecs.Formats.Media;

/// <summary>What the header of a sound file says; no sample was decoded.</summary>
/// <param name="Codec">ffmpeg's name of the codec, such as "flac", "mp3" or "pcm_s16le".</param>
/// <param name="SampleRate">Samples per second and channel, in hertz.</param>
/// <param name="ChannelCount">Number of channels.</param>
/// <param name="ChannelLayout">ffmpeg's name of the arrangement, such as "mono", "stereo" or "5.1"; "unknown" when the file does not say.</param>
/// <param name="SampleCount">
/// Samples of each channel, or null when the header does not tell. Exact for most WAV and FLAC files; in others it is an estimate, so nothing may be
/// allocated or indexed by it without a check.
/// </param>
/// <param name="BitDepth">Bits of each sample as stored, or null when the codec has no such thing.</param>
public sealed record AudioInfo(string Codec, int SampleRate, int ChannelCount, string ChannelLayout, long? SampleCount, int? BitDepth)
{
    /// <summary>How long the sound is according to <see cref="SampleCount"/>, or null.</summary>
    public TimeSpan? Duration => SampleCount is { } count ? TimeSpan.FromSeconds((double)count / SampleRate) : null;
}
