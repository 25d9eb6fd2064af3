namespace Codecs.Models.Nirvana;

/// <summary>All networks of a codec: for each kind of picture, plane, step of the pyramid and phase one small perceptron.</summary>
internal sealed class SplitNetworks
{
    /// <summary>Steps with networks of their own; coarser ones use the last of their direction.</summary>
    internal const int Steps = 14;

    /// <summary>Kinds of pictures.</summary>
    internal const int Kinds = 4;

    /// <summary>Planes of a picture.</summary>
    internal const int Planes = 3;

    /// <summary>Phases of a step.</summary>
    internal const int Phases = 2;

    private static readonly Feature[][] s_features =
        [.. Enumerable.Range(0, 8).Select(i => FeatureLayout.Of(luma: (i & 1) != 0, inter: (i & 2) != 0, phase: i >> 2))];

    private readonly Network[] _networks;

    /// <param name="parameters">Parameters of each network, by <see cref="IndexOf"/>.</param>
    internal SplitNetworks(Func<int, short[]> parameters) =>
        _networks = [.. Enumerable.Range(0, Kinds * Planes * Steps * Phases).Select(i => new Network(i, FeaturesOf(i), ShapeOf(i), parameters(i)))];

    private SplitNetworks(Network[] networks) => _networks = networks;

    /// <summary>Parameters of all networks.</summary>
    internal static int ParameterCount => Enumerable.Range(0, Kinds * Planes * Steps * Phases).Sum(i => ShapeOf(i).ParameterCount);

    /// <summary>How many networks there are.</summary>
    internal int Count => _networks.Length;

    /// <summary>A network by number.</summary>
    internal Network this[int index] => _networks[index];

    /// <summary>The number of a network.</summary>
    internal static int IndexOf(PictureKind kind, int plane, int step, int phase)
    {
        int last = Steps - 2 + (step & 1);
        return (((((int)kind * Planes) + plane) * Steps) + Math.Min(step, last)) * Phases + phase;
    }

    /// <summary>Layers of a network.</summary>
    internal static PerceptronShape ShapeOf(int index)
    {
        bool luma = index / (Steps * Phases) % Planes == 0, inter = IsInter(index);
        int inputs = FeaturesOf(index).Length + FeatureLayout.ScalarsOf(inter);
        return luma ? new PerceptronShape(inputs, inter ? 32 : 56, inter ? 16 : 24) : new PerceptronShape(inputs, inter ? 16 : 24, inter ? 12 : 16);
    }

    /// <summary>Inputs of a network.</summary>
    internal static Feature[] FeaturesOf(int index)
    {
        bool luma = index / (Steps * Phases) % Planes == 0, inter = IsInter(index);
        return s_features[(luma ? 1 : 0) | (inter ? 2 : 0) | (index % Phases * 4)];
    }

    /// <summary>True for networks of pictures that are predicted from others.</summary>
    private static bool IsInter(int index) => (PictureKind)(index / (Steps * Phases * Planes)) is PictureKind.Anchor or PictureKind.Between;

    /// <summary>The network of a step.</summary>
    internal Network Get(PictureKind kind, int plane, int step, int phase) => _networks[IndexOf(kind, plane, step, phase)];

    /// <summary>The same networks but for some.</summary>
    internal SplitNetworks With(IEnumerable<(int Index, short[] Parameters)> changes)
    {
        Network[] networks = [.. _networks];
        foreach ((int index, short[] parameters) in changes)
        {
            networks[index] = new Network(index, networks[index].Features, networks[index].Shape, parameters);
        }

        return new SplitNetworks(networks);
    }

    /// <summary>One network.</summary>
    internal sealed class Network(int index, Feature[] features, PerceptronShape shape, short[] parameters)
    {
        /// <summary>Its number.</summary>
        internal int Index => index;

        /// <summary>Its inputs, but for the scalars.</summary>
        internal Feature[] Features => features;

        /// <summary>Its layers.</summary>
        internal PerceptronShape Shape => shape;

        /// <summary>Its integer parameters.</summary>
        internal short[] Parameters => parameters;

        /// <summary>What runs.</summary>
        internal ExactPerceptron Exact { get; } = new(shape, parameters);
    }
}
