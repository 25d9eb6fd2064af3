using System.Numerics;
using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using CsCheck;

namespace Codecs.Models.Tests.LanguageCodec.Indices;

public sealed class ExactIndexModelTests
{
    [Fact]
    public void AMissingTensorOrOneOfAnotherSizeOrTypeIsRefused()
    {
        Dictionary<string, SafetensorsTensor> tensors = RandomIndexModel.Tensors(seed: 1);
        foreach ((string name, SafetensorsTensor tensor) in tensors)
        {
            var changed = new Dictionary<string, SafetensorsTensor>(tensors);
            changed.Remove(name);
            Assert.Throws<ModelMismatchException>(() => new ExactIndexModel(RandomIndexModel.File(changed.Values)));
            int size = tensor.Bytes.Length / tensor.Count;
            changed[name] = new SafetensorsTensor(tensor.Name, tensor.Type, [tensor.Count - 1], tensor.Bytes[size..]);
            Assert.Throws<ModelMismatchException>(() => new ExactIndexModel(RandomIndexModel.File(changed.Values)));
            changed[name] = SafetensorsTensor.Create<float>(tensor.Name, [tensor.Count], new float[tensor.Count]);
            Assert.Throws<ModelMismatchException>(() => new ExactIndexModel(RandomIndexModel.File(changed.Values)));
        }
    }

    [Fact]
    public void SumsThatCouldOverflowAreRefused()
    {
        // Each alone fits: all weights of a node at their largest, and a bias near the edge.
        Dictionary<string, SafetensorsTensor> tensors = RandomIndexModel.Tensors(seed: 1);
        sbyte[] nodes = new sbyte[tensors["node"].Count];
        int[] bias = new int[tensors["node_bias"].Count];
        nodes.AsSpan(7 * IndexShape.Hidden, IndexShape.Hidden).Fill(-127);
        ExactIndexModel Create()
        {
            tensors["node"] = SafetensorsTensor.Create<sbyte>(tensors["node"].Name, [nodes.Length], nodes);
            tensors["node_bias"] = SafetensorsTensor.Create<int>(tensors["node_bias"].Name, [bias.Length], bias);
            return new ExactIndexModel(RandomIndexModel.File(tensors.Values));
        }

        bias[8] = int.MaxValue - 4096;
        Create();
        bias[7] = int.MaxValue - 4096;
        Assert.Throws<ModelMismatchException>(Create);
    }

    [Fact]
    public void AWrongShiftIsRefused()
    {
        Dictionary<string, SafetensorsTensor> tensors = RandomIndexModel.Tensors(seed: 1);
        foreach (byte shift in (byte[])[0, 25])
        {
            tensors["node_shift"] = SafetensorsTensor.Create<byte>(tensors["node_shift"].Name, [SpeechShape.Codebooks], [10, 10, shift, 10, 10, 10, 10, 10]);
            Assert.Throws<ModelMismatchException>(() => new ExactIndexModel(RandomIndexModel.File(tensors.Values)));
        }
    }

    [Fact]
    public void VectorProductsEqualPlainOnes() => Gen.Select(Gen.Short.Array[0, 130], Gen.Int).Sample((x, seed) =>
    {
        // Within the bound that loading proves: small times large.
        var random = new Random(seed);
        short[] y = [.. x.Select(_ => (short)random.Next(-127, 128))];
        long expected = x.Zip(y, (a, b) => (long)a * b).Sum();
        return expected == NodeLogits.Dot(x, y);
    });

    [Fact]
    public void LogitsAreTheNodesProductsWithTheHiddenUnits()
    {
        Dictionary<string, SafetensorsTensor> tensors = RandomIndexModel.Tensors(seed: 3);
        IndexPredictor predictor = new ExactIndexModel(RandomIndexModel.File(tensors.Values)).Predictor;
        short[] nodes = tensors["node"].ToInt16s();
        int[] bias = tensors["node_bias"].ToInt32s();
        var random = new Random(1);
        short[] hidden = [.. Enumerable.Range(0, IndexShape.Hidden).Select(_ => (short)random.Next(-3000, 3001))];
        for (int i = 0; i < 200; i++)
        {
            int book = random.Next(SpeechShape.Codebooks), node = random.Next(1, IndexShape.Nodes), at = (book * IndexShape.Nodes) + node;
            BigInteger sum = bias[at];
            for (int h = 0; h < IndexShape.Hidden; h++)
            {
                sum += nodes[(at * IndexShape.Hidden) + h] * hidden[h];
            }

            int shift = tensors["node_shift"].Bytes.Span[book];
            BigInteger expected = (sum + (1 << (shift - 1))) >> shift;
            Assert.Equal((int)BigInteger.Max(-2047, BigInteger.Min(2047, expected)), predictor.Logit(book, node, hidden));
        }
    }
}
