using Codecs.Formats.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>Fills networks from weight files; shapes must match, nothing may be missing.</summary>
internal static class WeightLoader
{
    /// <summary>Loads every parameter of a module from the tensor of the same name and moves the module to a device.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal static void Load<T>(T module, SafetensorsFile file, string prefix, Device device)
        where T : nn.Module
    {
        using var _ = no_grad();
        foreach ((string name, Parameter value) in module.named_parameters())
        {
            if (!file.TryGet(prefix + name, out SafetensorsTensor? found) || !found.Shape.SequenceEqual(value.shape))
            {
                throw new ModelMismatchException(
                    $"The weights need '{prefix}{name}' of shape [{string.Join(", ", value.shape)}]; the file has {found?.ToString() ?? "none"}.");
            }

            using Tensor loaded = tensor(found.ToFloats(), value.shape);
            value.copy_(loaded);
        }

        module.to(device);
        module.eval();
    }

    /// <summary>A float tensor by name with a known number of elements.</summary>
    internal static float[] Floats(SafetensorsFile file, string name, int count)
    {
        if (!file.TryGet(name, out SafetensorsTensor? tensor) || tensor.Count != count)
        {
            throw new ModelMismatchException($"The weights need '{name}' with {count} elements; the file has {tensor?.ToString() ?? "none"}.");
        }

        return tensor.ToFloats();
    }
}
