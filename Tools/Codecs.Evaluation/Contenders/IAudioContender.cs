using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>A sound codec that can be measured. What it decodes may have another sample rate, a constant delay and some samples more or fewer.</summary>
public interface IAudioContender : IMediaContender<Waveform>;
