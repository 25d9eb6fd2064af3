using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>A picture codec that can be measured. It gets RGB pictures without metadata.</summary>
public interface IImageContender : IMediaContender<Image>;
