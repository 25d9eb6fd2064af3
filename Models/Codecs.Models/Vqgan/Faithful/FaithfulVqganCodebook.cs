using System.Numerics;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.Vqgan.Faithful;

/// <summary>The code vectors of a VQGAN. If their numbers are a tree, the first bits of an index are one of a coarser codebook, whose vectors are the means of the codes below.</summary>
/// <remarks>Needs no torch. Not thread-safe: coarser codebooks are made when first asked for.</remarks>
internal sealed class FaithfulVqganCodebook
{
    private readonly int _dimensions;
    private readonly float[]?[] _vectors; // by bits of an index

    /// <exception cref="ModelMismatchException">The file has no codebook of this size.</exception>
    /// <exception cref="InvalidBitstreamException">Its elements are no floats.</exception>
    internal FaithfulVqganCodebook(SafetensorsFile file, FaithfulVqganConfig config)
    {
        _dimensions = config.CodeDimensions;
        Codes = config.Codes;
        MostBits = config.IndexBits;
        FewestBits = config.IsTree ? Math.Min(BitOperations.Log2(VqganReduction.MinCodes), MostBits) : MostBits;
        _vectors = new float[]?[MostBits + 1];
        _vectors[MostBits] = WeightLoader.Floats(file, VqganNames.Codebook, Codes * _dimensions);
    }

    /// <summary>Code vectors with indices of <see cref="MostBits"/>; less than 2^<see cref="MostBits"/> if that is no power of two.</summary>
    internal int Codes { get; }

    /// <summary>Fewest bits of an index that a picture can be made of.</summary>
    internal int FewestBits { get; }

    /// <summary>Most bits of an index.</summary>
    internal int MostBits { get; }

    /// <summary>All vectors of indices of so many bits, [codes, dimensions]; not to be changed.</summary>
    /// <param name="bits"><see cref="FewestBits"/> to <see cref="MostBits"/>.</param>
    internal float[] Vectors(int bits) => _vectors[bits] ??= Means(Vectors(bits + 1));

    /// <summary>The vector of an index.</summary>
    internal ReadOnlySpan<float> Vector(int bits, int index) => Vectors(bits).AsSpan(index * _dimensions, _dimensions);

    // Pairs that differ in their last bit.
    private float[] Means(float[] vectors)
    {
        float[] means = new float[vectors.Length / 2];
        for (int i = 0; i < means.Length; i++)
        {
            int first = (2 * i) - (i % _dimensions);
            means[i] = (vectors[first] + vectors[first + _dimensions]) / 2;
        }

        return means;
    }
}
