namespace Codecs.Evaluation;

/// <summary>A video codec that can be measured. What it decodes has as many frames of the same size, of whatever planes.</summary>
public interface IVideoContender : IMediaContender<VideoClip>;
