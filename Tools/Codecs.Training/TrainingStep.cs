using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>What one batch gives: the loss to descend, and numbers for the log by name.</summary>
internal readonly record struct TrainingStep(Tensor Loss, params (string Name, double Value)[] Numbers);
