using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.IndexMaps;
using CsCheck;

namespace Codecs.Models.Tests.IndexMaps;

public sealed class ExactMapModelTests
{
    private static readonly ExactMapModel s_model = RandomMapModel.Create(seed: 1), s_extreme = RandomMapModel.Create(seed: 2, largestNode: 127);

    [Fact]
    public void MapsComeBack() => Gen.Select(MadeUpMaps.Any(MapShape.Bits), Gen.Bool, Gen.Enum<CheckMode>()).Sample((map, isExtreme, check) =>
    {
        MapCoder coder = (isExtreme ? s_extreme : s_model).CreateCoder();
        var bytes = new ArrayBufferWriter<byte>();
        MapCoding.Encode(coder, map, [7], check, bytes);
        MapCodingTests.AssertEqual(map, MapCoding.Decode(coder, bytes.WrittenMemory, 0, map.Rows, map.Columns, map.Bits, [7], check));

        // The ending leaves out bytes that a reader takes for zeros anyway: now and then that is more than one.
        Assert.InRange(bytes.WrittenCount, (coder.Cost(map) / 8) - 4, (coder.Cost(map) / 8 * 1.0005) + 7);
    }, iter: 60);

    [Fact]
    public void AMapOfMoreBitsThanTheTreeIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_model.CreateCoder().Cost(MadeUpMaps.Create(2, 2, MapShape.Bits + 1, seed: 1)));

    [Fact]
    public void AnyBytesGiveAMapOrOurError() => Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[1, MapShape.Bits]).Sample((bytes, bits) =>
    {
        try
        {
            Assert.Equal(bits, MapCoding.Decode(s_extreme.CreateCoder(), bytes, 0, 9, 5, bits, [], CheckMode.None).Bits);
        }
        catch (InvalidBitstreamException)
        {
            // As it should be.
        }
    }, iter: 60);

    [Fact]
    public void AMissingTensorOrOneOfAnotherSizeOrTypeIsRefused()
    {
        Dictionary<string, SafetensorsTensor> tensors = RandomMapModel.Tensors(seed: 1);
        foreach ((string name, SafetensorsTensor tensor) in tensors)
        {
            var changed = new Dictionary<string, SafetensorsTensor>(tensors);
            changed.Remove(name);
            Assert.Throws<ModelMismatchException>(() => new ExactMapModel(RandomMapModel.File(changed.Values)));
            int size = tensor.Bytes.Length / tensor.Count;
            changed[name] = new SafetensorsTensor(tensor.Name, tensor.Type, [tensor.Count - 1], tensor.Bytes[size..]);
            Assert.Throws<ModelMismatchException>(() => new ExactMapModel(RandomMapModel.File(changed.Values)));
            changed[name] = SafetensorsTensor.Create<float>(tensor.Name, [tensor.Count], new float[tensor.Count]);
            Assert.Throws<ModelMismatchException>(() => new ExactMapModel(RandomMapModel.File(changed.Values)));
        }
    }

    [Fact]
    public void HiddenUnitsAreThoseOfTheScalarLayerOnTheNeighboursVectors()
    {
        Dictionary<string, SafetensorsTensor> tensors = RandomMapModel.Tensors(seed: 3);
        MapPredictor predictor = new ExactMapModel(RandomMapModel.File(tensors.Values)).Predictor;
        IntegerPointwise layer = new IntegerWeights(RandomMapModel.File(tensors.Values), ModelWeights.EntropyPrefix).Pointwise("hidden", MapShape.Inputs, MapShape.Hidden, leaky: true);
        short[] vectors = tensors["embedding"].ToInt16s();
        MadeUpMaps.Any(MapShape.Bits).Sample(map =>
        {
            for (int site = 0; site < map.Values.Length; site++)
            {
                var inputs = new List<short>();
                foreach ((int down, int right) in MapShape.Neighbours)
                {
                    int row = (site / map.Columns) + down, column = (site % map.Columns) + right;
                    bool isInside = row >= 0 && column >= 0 && column < map.Columns;
                    int node = isInside ? (1 << map.Bits) + map.Values[(row * map.Columns) + column] : 0;
                    inputs.AddRange(vectors.AsSpan(node * MapShape.Embedding, MapShape.Embedding));
                }

                short[] expected = new short[MapShape.Hidden], hidden = new short[MapShape.Hidden];
                layer.RunScalar([.. inputs], expected, add: false);
                predictor.Observe(map.Values, map.Columns, map.Bits, site, hidden);
                Assert.Equal(expected, hidden);
            }
        }, iter: 5);
    }
}
