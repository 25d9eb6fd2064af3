namespace Codecs.Evaluation;

/// <summary>One video at one setting; qualities are means over its frames.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="BitsPerPixel">8 x bytes / (width x height x frames).</param>
/// <param name="PsnrYuvDb">PSNR-YUV 6:1:1 of 8-bit 4:2:0, dB; a plane counts 60 dB at most.</param>
/// <param name="PsnrYDb">PSNR of luma, dB.</param>
/// <param name="PsnrRgbDb">PSNR over 8-bit RGB, dB.</param>
/// <param name="MsSsim">MS-SSIM, 0..1, mean of the three channels of RGB.</param>
/// <param name="EncodeSeconds">Wall time from frames to file; of a classical codec with the start of its process.</param>
/// <param name="DecodeSeconds">Wall time from file to frames, likewise.</param>
public sealed record VideoMeasurement(
    long Bytes, double BitsPerPixel, double PsnrYuvDb, double PsnrYDb, double PsnrRgbDb, double MsSsim, double EncodeSeconds, double DecodeSeconds) : IVideoQuality;
