using Codecs.Formats.Weights;

namespace Codecs.Fuzz.Targets;

/// <summary>A weight file.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    internal override string Name => "safetensors";

    internal override string Description => "a weight file: header, every tensor's values";

    internal override IEnumerable<byte[]> Seeds()
    {
        yield return SafetensorsWriter.ToArray([]);
        yield return SafetensorsWriter.ToArray(
            [
                SafetensorsTensor.Create<float>("a.weight", [2, 3], [1, -2, 3, 0, 0.5f, 6]),
                SafetensorsTensor.Create<short>("b", [4], [1, 2, 3, -4]),
                SafetensorsTensor.CreateHalf("c", [], [0.5f]),
            ],
            new Dictionary<string, string> { ["architecture"] = "demo" });
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        SafetensorsFile file = SafetensorsFile.Read(input);
        long bytes = file.Tensors.Sum(t => (long)t.Bytes.Length);
        Require(bytes <= input.Length, $"{bytes} tensor bytes in a file of {input.Length}");
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            if (tensor.Type is Formats.Container.ElementType.F32 or Formats.Container.ElementType.F16 or Formats.Container.ElementType.BF16)
            {
                tensor.ToFloats();
            }
        }
    }
}
