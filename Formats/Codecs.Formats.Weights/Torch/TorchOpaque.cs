namespace Codecs.Formats.Weights.Torch;

/// <summary>A Python object that stands in a checkpoint beside the tensors, such as a configuration: its class by name, its fields as data.
/// Nothing of it was executed.</summary>
public sealed class TorchOpaque
{
    internal TorchOpaque(string typeName, IReadOnlyList<object?> arguments) => (TypeName, Arguments) = (typeName, arguments);

    /// <summary>Module and name of the class or function, for example <c>types.SimpleNamespace</c>.</summary>
    public string TypeName { get; }

    /// <summary>What it would have been called with; values as in <see cref="TorchCheckpoint.Root"/>.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>What its fields would have been set from, usually a dictionary of fields; null when there was nothing.</summary>
    public object? State { get; internal set; }

    /// <summary>The name of the class.</summary>
    public override string ToString() => TypeName;
}
