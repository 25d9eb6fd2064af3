using System.Globalization;
using TorchSharp;

namespace Codecs.Models;

/// <summary>Where the floating-point networks run: chosen once at the edge and passed down.</summary>
/// <remarks>Only analysis and synthesis run there; everything that decides parsing runs in integers on the CPU.</remarks>
public readonly record struct ComputeDevice
{
    private ComputeDevice(bool isCuda, int index) => (IsCuda, Index) = (isCuda, index);

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu => default;

    /// <summary>True for an NVIDIA GPU.</summary>
    public bool IsCuda { get; }

    /// <summary>Number of the GPU, from 0.</summary>
    public int Index { get; }

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; <c>auto</c> takes the first GPU if there is one.</summary>
    /// <exception cref="ArgumentException">The text is none of these, or no such GPU is available.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "cpu")
        {
            return Cpu;
        }

        NativeBackend.EnsureLoaded();
        if (text == "auto")
        {
            return torch.cuda.is_available() ? new(true, 0) : Cpu;
        }

        int index = 0;
        bool valid = text == "cuda" ||
            (text.StartsWith("cuda:", StringComparison.Ordinal) &&
             int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!valid)
        {
            throw new ArgumentException($"'{text}' is not a device; use auto, cpu, cuda or cuda:N.", nameof(text));
        }

        if (!torch.cuda.is_available() || index >= torch.cuda.device_count())
        {
            throw new ArgumentException($"Device '{text}' is not available; this build sees no such CUDA GPU (TorchBackend, driver).", nameof(text));
        }

        return new(true, index);
    }

    /// <inheritdoc/>
    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";

    internal torch.Device ToTorch() => IsCuda ? new torch.Device(DeviceType.CUDA, Index) : torch.CPU;
}
