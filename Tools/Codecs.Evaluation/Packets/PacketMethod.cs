using Codecs.Images;

namespace Codecs.Evaluation;

/// <summary>A way to live with lost packets.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Concealment">What is shown where nothing arrived.</param>
/// <param name="Protection">Parity packets per data packet; the indices are so much coarser that all packets together are no larger.</param>
internal sealed record PacketMethod(string Name, LossConcealment Concealment, double Protection)
{
    public static IReadOnlyList<PacketMethod> All { get; } =
    [
        new("predict", LossConcealment.Predict, 0),
        new("neighbours", LossConcealment.Neighbours, 0),
        new("none", LossConcealment.None, 0),
        new("parity 25 % and predict", LossConcealment.Predict, 0.25),
    ];
}
