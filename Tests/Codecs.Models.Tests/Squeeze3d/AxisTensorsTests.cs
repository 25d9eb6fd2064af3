using Codecs.Formats.Weights;
using Codecs.Models.Squeeze3d;

namespace Codecs.Models.Tests.Squeeze3d;

public sealed class AxisTensorsTests
{
    [Fact]
    public void AxesComeBackWithinHalfAStep()
    {
        var random = new Random(1);
        float[] axes = [.. Enumerable.Range(0, ShapeCode.Length * ShapeCode.LatentLength).Select(i => (random.NextSingle() - 0.5f) * (1 + (i / ShapeCode.LatentLength)))];

        float[] back = AxisTensors.Read(SafetensorsFile.Read(SafetensorsWriter.ToArray(AxisTensors.Create(axes), new Dictionary<string, string>())));

        for (int i = 0; i < axes.Length; i++)
        {
            Assert.InRange(Math.Abs(axes[i] - back[i]), 0, 0.51f * 0.5f * (1 + (i / ShapeCode.LatentLength)) / 127);
        }
    }

    [Fact]
    public void MissingAxesAreSaid() => Assert.Throws<ModelMismatchException>(
        () => AxisTensors.Read(SafetensorsFile.Read(SafetensorsWriter.ToArray([], new Dictionary<string, string>()))));
}
