namespace Codecs.Evaluation;

/// <summary>One setting of a video codec: means of the values of the single videos, and these.</summary>
/// <param name="Setting">Value of the codec's knob.</param>
/// <param name="BitsPerPixel">Mean of 8 x file bytes / (width x height x frames).</param>
/// <param name="KbitPerSecond">Mean of 8 x file bytes / seconds / 1000.</param>
/// <param name="PsnrYuvDb">Mean PSNR-YUV 6:1:1, dB.</param>
/// <param name="PsnrYDb">Mean PSNR of luma, dB.</param>
/// <param name="PsnrRgbDb">Mean PSNR over RGB, dB.</param>
/// <param name="MsSsim">Mean MS-SSIM, 0..1.</param>
/// <param name="EncodeSecondsPerFrame">Wall time of encoding all videos over all their frames.</param>
/// <param name="DecodeSecondsPerFrame">The same for decoding.</param>
/// <param name="Clips">The measurements, in the order of <see cref="VideoEvaluationResult.Clips"/>.</param>
public sealed record VideoRatePoint(
    double Setting,
    double BitsPerPixel,
    double KbitPerSecond,
    double PsnrYuvDb,
    double PsnrYDb,
    double PsnrRgbDb,
    double MsSsim,
    double EncodeSecondsPerFrame,
    double DecodeSecondsPerFrame,
    IReadOnlyList<VideoMeasurement> Clips) : IVideoQuality;
