namespace Codecs.Evaluation;

/// <summary>A file with which a codec answers a number of bytes.</summary>
/// <param name="Setting">Value of the codec's knob.</param>
/// <param name="Reduction">Width and height were divided by this before encoding.</param>
/// <param name="File">The file.</param>
/// <param name="Measurement">Its size and the scores of the picture that comes back, enlarged again; no times.</param>
internal sealed record RivalFile(double Setting, int Reduction, byte[] File, PictureMeasurement Measurement);
