using System.Text.Json.Nodes;
using Codecs.Formats.Media;
using Codecs.Geometry.Scenes;

namespace Codecs.Geometry.Tests.Scenes;

/// <summary>Payloads that are not what an encoder wrote.</summary>
public sealed class SceneDamageTests
{
    private static readonly SceneLimits s_limits = new() { MaxVertices = 20_000, MaxTriangles = 20_000, MaxNodes = 1000, MaxFileBytes = 1 << 22, MaxJsonBytes = 1 << 18 };

    [Fact]
    public void DamagedPayloadsAreRefused()
    {
        byte[] good = Good(SampleScenes.Everything());
        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bad = [.. good];
            bad[random.Next(bad.Length)] ^= (byte)random.Next(1, 256);
            Assert.ThrowsAny<CodecException>(() => SceneCoder.Decode(bad, s_limits));
        }
    }

    [Theory]
    [InlineData(false, 10_000)]
    [InlineData(true, 300)]
    public void SectionsOfAnyKindOfDamageGiveASceneOrACodecError(bool everything, int mutations)
    {
        // Past the check, so that every parser sees the damage.
        List<(SceneSection, byte[])> sections = Sections(everything);
        var random = new Random(6);
        int refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            var bad = sections.Select(s => (s.Item1, (byte[])s.Item2.Clone())).ToList();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(bad, random);
            }

            Exception? thrown = Record.Exception(() => { _ = SceneCoder.Decode(SceneEnvelope.Join(bad), s_limits); });
            Assert.True(thrown is null or CodecException, $"Mutation {i}: {thrown}");
            refused += thrown is null ? 0 : 1;
        }

        Assert.True(refused > mutations / 2);
    }

    [Fact]
    public void DocumentsOfAnyShapeGiveASceneOrACodecError()
    {
        List<(SceneSection, byte[])> sections = Sections(false);
        JsonObject document = DocumentBytes.Unpack(sections[0].Item2, s_limits);
        var random = new Random(7);
        for (int i = 0; i < 3000; i++)
        {
            var bad = (JsonObject)document.DeepClone();
            Spoil(bad, random);
            sections[0] = (SceneSection.Document, DocumentBytes.Pack(bad));
            Exception? thrown = Record.Exception(() => { _ = SceneCoder.Decode(SceneEnvelope.Join(sections), s_limits); });
            Assert.True(thrown is null or CodecException, $"Mutation {i}: {thrown}");
        }
    }

    [Fact]
    public void EveryBeginningIsRefused()
    {
        byte[] good = Good(SampleScenes.Simple());
        for (int length = 0; length < good.Length; length += 7)
        {
            Assert.ThrowsAny<CodecException>(() => SceneCoder.Decode(good.AsMemory(0, length), s_limits));
        }
    }

    [Fact]
    public void UnknownSectionsAreSkipped()
    {
        List<(SceneSection, byte[])> sections = Sections(true);
        sections.Insert(1, ((SceneSection)99, [1, 2, 3]));

        Assert.Equal(3, SceneCoder.Decode(SceneEnvelope.Join(sections), s_limits).MeshCount);
    }

    [Fact]
    public void AnotherVersionIsNotSupported() => Assert.Throws<UnsupportedBitstreamException>(() => SceneCoder.Decode(new byte[] { 2, 0, 0 }));

    [Fact]
    public void DataThatUnpacksToMoreThanTheLimitIsRefused()
    {
        byte[] packed = DataBytes.Pack(new byte[1 << 20]);

        Assert.True(packed.Length < 1000);
        Assert.Throws<LimitExceededException>(() => DataBytes.Unpack(packed, 1 << 19));
        Assert.Equal(1 << 20, DataBytes.Unpack(packed, 1 << 20).Length);
    }

    private static List<(SceneSection, byte[])> Sections(bool everything) =>
        [.. SceneEnvelope.Split(Good(everything ? SampleScenes.Everything() : SampleScenes.Simple())).Select(s => ((SceneSection)s.Kind, s.Bytes.ToArray()))];

    private static byte[] Good(Scene scene) => SceneCoder.Encode(scene, new() { PositionBits = 8 }).Payload;

    private static void Change(List<(SceneSection Kind, byte[] Bytes)> sections, Random random)
    {
        int at = random.Next(sections.Count);
        byte[] bytes = sections[at].Bytes;
        switch (random.Next(8))
        {
            case 0:
                sections.RemoveAt(at);
                sections.Add((SceneSection.Image, [0, 0, 1]));
                break;
            case 1:
                sections.Insert(at, (sections[at].Kind, [.. bytes]));
                break;
            case 2:
                sections[at] = (sections[at].Kind, bytes[..random.Next(bytes.Length + 1)]);
                break;
            case 3:
                sections[at] = ((SceneSection)random.Next(7), bytes);
                break;
            default:
                if (bytes.Length > 0)
                {
                    bytes[random.Next(Math.Min(bytes.Length, random.Next(2) == 0 ? 8 : bytes.Length))] = (byte)random.Next(256);
                }

                break;
        }
    }

    // Replaces a value somewhere in the document.
    private static void Spoil(JsonNode at, Random random)
    {
        string[] values = ["-1", "0", "1", "2", "7", "1e9", "2147483647", "1e300", "0.5", "null", "\"a\"", "{}", "[]", "[0]", "{\"POSITION\":0}", "true"];
        while (true)
        {
            JsonNode?[] children = at is JsonObject item ? [.. item.Select(p => p.Value)] : [.. (JsonArray)at];
            int child = children.Length == 0 ? -1 : random.Next(children.Length);
            if (child >= 0 && children[child] is JsonObject or JsonArray && random.Next(5) > 0)
            {
                at = children[child]!;
                continue;
            }

            JsonNode? value = JsonNode.Parse(values[random.Next(values.Length)]);
            if (at is JsonObject parent)
            {
                parent[child < 0 ? "buffer" : parent.ElementAt(child).Key] = value;
            }
            else if (child >= 0)
            {
                ((JsonArray)at)[child] = value;
            }
            else
            {
                ((JsonArray)at).Add(value);
            }

            return;
        }
    }
}
