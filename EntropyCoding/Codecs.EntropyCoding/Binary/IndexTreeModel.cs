using System.Numerics;

namespace Codecs.EntropyCoding;

/// <summary>Codes codebook indices with a binary tree of adaptive probabilities: learns the whole distribution, ships no table.</summary>
/// <remarks>
/// The bits of the index, ceil(log2(size)) of them, most significant first; the context of a bit is the class and the bits before it. A bit that could only
/// be 0, because 1 would lead to indices of at least the size, is not coded, so every payload decodes to valid indices. Memory: 6 bytes times
/// 2^ceil(log2(size)) for each class. Encoder and decoder each need a model of their own with equal parameters.
/// </remarks>
public sealed class IndexTreeModel
{
    /// <summary>Largest codebook.</summary>
    public const int MaxSize = 16384;

    private const int MaxNodes = 1 << 24;

    private readonly BinaryContext _fresh;
    private readonly BinaryContext[] _nodes;
    private readonly int _contexts;
    private readonly int _depth;

    /// <summary>Creates a model that has learned nothing yet.</summary>
    /// <param name="size">Entries of the codebook, 2..16384.</param>
    /// <param name="contexts">Number of context classes with statistics of their own, such as the quantiser's stage; at most 2^24 nodes in all.</param>
    /// <param name="fast">Rate of the quick estimate, see <see cref="BinaryContext"/>.</param>
    /// <param name="slow">Rate of the slow estimate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public IndexTreeModel(int size, int contexts = 1, int fast = 5, int slow = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        _depth = BitOperations.Log2((uint)size - 1) + 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(contexts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contexts, MaxNodes >> _depth);
        _fresh = new BinaryContext(fast, slow);
        _nodes = new BinaryContext[contexts << _depth];
        _contexts = contexts;
        Size = size;
        Reset();
    }

    /// <summary>Entries of the codebook.</summary>
    public int Size { get; }

    /// <summary>Encodes an index.</summary>
    /// <param name="encoder">Where it goes.</param>
    /// <param name="index">0..<see cref="Size"/> - 1.</param>
    /// <param name="context">Context class.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index or the class is out of range.</exception>
    public void Encode(RangeEncoder encoder, int index, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        Span<BinaryContext> nodes = Nodes(context);
        int node = 1;
        for (int level = _depth - 1; level >= 0; level--)
        {
            int bit = index >> level & 1;
            if (CanBeOne(node, level))
            {
                encoder.PushBit(ref nodes[node], bit);
            }

            node = node << 1 | bit;
        }
    }

    /// <summary>Decodes an index.</summary>
    /// <param name="decoder">Where it comes from.</param>
    /// <param name="context">Context class.</param>
    /// <returns>0..<see cref="Size"/> - 1; 0 after a fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public int Decode(RangeDecoder decoder, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Span<BinaryContext> nodes = Nodes(context);
        int node = 1;
        for (int level = _depth - 1; level >= 0; level--)
        {
            int bit = CanBeOne(node, level) ? decoder.Bit(ref nodes[node]) : 0;
            node = node << 1 | bit;
        }

        return node - (1 << _depth);
    }

    /// <summary>Forgets everything learned. For the start of a chunk.</summary>
    public void Reset() => Array.Fill(_nodes, _fresh);

    // The smallest index below the 1 branch must exist.
    private bool CanBeOne(int node, int level) => ((node << 1 | 1) << level) - (1 << _depth) < Size;

    private Span<BinaryContext> Nodes(int context)
    {
        ContextClasses.Check(context, _contexts);
        return _nodes.AsSpan(context << _depth, 1 << _depth);
    }
}
