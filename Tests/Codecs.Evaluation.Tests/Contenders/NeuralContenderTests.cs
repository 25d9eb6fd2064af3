namespace Codecs.Evaluation.Tests.Contenders;

public sealed class NeuralContenderTests
{
    [Theory]
    [InlineData("mlicv2", "mlicv2")]
    [InlineData("zoo/mlicv2/model.safetensors", "mlicv2")]
    [InlineData("runs/step-1000.safetensors", "step-1000")]
    [InlineData("model.safetensors", "model")]
    public void ModelsOpenedByPathHaveShortNames(string model, string expected) => Assert.Equal(expected, NeuralContender.ShortName(model));
}
