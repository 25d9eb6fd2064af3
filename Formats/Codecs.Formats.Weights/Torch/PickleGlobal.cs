using System.Collections.Frozen;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights.Torch;

/// <summary>A Python class or function that a pickle names. Only these names are known; none of them is ever called, each stands for code of ours.</summary>
internal sealed record PickleGlobal(string Name)
{
    public const string RebuildTensor = "torch._utils._rebuild_tensor_v2", RebuildParameter = "torch._utils._rebuild_parameter",
        OrderedDictionary = "collections.OrderedDict", Size = "torch.Size";

    private const int MaxLength = 256;

    private static readonly FrozenDictionary<string, ElementType> s_storages = new Dictionary<string, ElementType>
    {
        ["torch.FloatStorage"] = ElementType.F32,
        ["torch.HalfStorage"] = ElementType.F16,
        ["torch.BFloat16Storage"] = ElementType.BF16,
        ["torch.DoubleStorage"] = ElementType.F64,
        ["torch.LongStorage"] = ElementType.I64,
        ["torch.IntStorage"] = ElementType.I32,
        ["torch.ShortStorage"] = ElementType.I16,
        ["torch.CharStorage"] = ElementType.I8,
        ["torch.ByteStorage"] = ElementType.U8,
        ["torch.BoolStorage"] = ElementType.Bool,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What training scripts put beside the weights: settings and logged numbers.
    private static readonly FrozenSet<string> s_opaque = FrozenSet.Create(
        StringComparer.Ordinal,
        "types.SimpleNamespace", "argparse.Namespace", "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
        "_codecs.encode", "torch.device", "torch.float32", "torch.float16", "torch.bfloat16", "torch.float64", "torch.int64");

    /// <summary>True when an object of it is read as data that nobody interprets.</summary>
    public bool IsOpaque => s_opaque.Contains(Name);

    /// <summary>The element type of a storage class, or null.</summary>
    public ElementType? Storage => s_storages.TryGetValue(Name, out ElementType type) ? type : null;

    /// <summary>Looks a name up.</summary>
    /// <exception cref="UnsupportedBitstreamException">Any other name.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        if (module.Length + name.Length > MaxLength)
        {
            throw new UnsupportedBitstreamException($"The checkpoint asks for something with a name of {module.Length + name.Length} characters; nothing of it was executed.");
        }

        PickleGlobal found = new($"{module}.{name}");
        return found.Name is RebuildTensor or RebuildParameter or OrderedDictionary or Size || found.Storage is not null || found.IsOpaque
            ? found
            : throw new UnsupportedBitstreamException(
                $"The checkpoint asks for '{found.Name}', which is neither a tensor nor a plain container; nothing of it was executed. " +
                "Save the state dictionary alone: torch.save(model.state_dict(), path).");
    }
}
