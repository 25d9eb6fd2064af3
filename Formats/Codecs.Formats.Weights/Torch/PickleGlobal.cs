using System.Collections.Frozen;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights.Torch;

/// <summary>A Python class or function that a pickle names. None is ever looked for or called: a few stand for code of ours that makes tensors and
/// containers, all others for inert data.</summary>
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

    /// <summary>True for what stands for nothing: calling it makes an object that nobody interprets.</summary>
    public bool IsOpaque => Storage is null && Name is not (RebuildTensor or RebuildParameter or OrderedDictionary or Size);

    /// <summary>The element type of a storage class, or null.</summary>
    public ElementType? Storage => s_storages.TryGetValue(Name, out ElementType type) ? type : null;

    /// <summary>Looks a name up; any name may be given, because none is more than a name here.</summary>
    /// <exception cref="LimitExceededException">The name is too long.</exception>
    public static PickleGlobal Find(string module, string name) => module.Length + name.Length <= MaxLength
        ? new PickleGlobal($"{module}.{name}")
        : throw new LimitExceededException($"The checkpoint names something with {module.Length + name.Length} characters, at most {MaxLength} are read.");
}
