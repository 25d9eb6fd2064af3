namespace Codecs.Evaluation;

/// <summary>One codec in a comparison at equal bytes: means over the pictures, and these.</summary>
/// <param name="Name">Short name; "(reduced)" after it means that the picture might be reduced before and enlarged after.</param>
/// <param name="MeanBytes">Mean size of the files.</param>
/// <param name="BitsPerPixel">Mean of 8 x file bytes / pixels of the original.</param>
/// <param name="TooLarge">Pictures for which even the smallest file was larger than that of the codec under test, and was taken all the same.</param>
/// <param name="PsnrDb">Mean PSNR, dB; null when a picture came back exactly.</param>
/// <param name="MsSsim">Mean MS-SSIM, 0..1.</param>
/// <param name="Scores">Means of the other measures.</param>
/// <param name="Wins">Pictures for which the codec under test is better than this one; null for itself.</param>
/// <param name="Files">The files, in the order of <see cref="EvaluationResult.Pictures"/>.</param>
public sealed record EqualBytesEntry(
    string Name,
    double MeanBytes,
    double BitsPerPixel,
    int TooLarge,
    double? PsnrDb,
    double MsSsim,
    PictureScores? Scores,
    PictureWins? Wins,
    IReadOnlyList<EqualBytesFile> Files) : IPictureQuality;

/// <summary>One picture of an <see cref="EqualBytesEntry"/>.</summary>
/// <param name="Setting">Value of the codec's knob.</param>
/// <param name="Reduction">Width and height were divided by this before encoding; 1 for none.</param>
/// <param name="Measurement">Size and scores; no times where the setting had to be searched.</param>
public sealed record EqualBytesFile(double Setting, int Reduction, PictureMeasurement Measurement);
