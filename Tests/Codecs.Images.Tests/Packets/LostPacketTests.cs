using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Metrics.Pictures;

namespace Codecs.Images.Tests.Packets;

/// <summary>Pictures over channels that lose packets, with the shipped weights.</summary>
public sealed class LostPacketTests(CodecFixture fixture)
{
    private const double Loss = 0.2;
    private const int Seeds = 4;
    private static readonly Lazy<Image> s_photo = new(() => CodecFixture.Picture("spices.png"));

    private delegate double Metric(ReadOnlySpan<byte> original, ReadOnlySpan<byte> decoded, int width, int height);

    private ImagePackets Packets => fixture.Of("vqgan-extreme").Packets!;

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void APictureDecodesWhateverIsLost(double loss)
    {
        var packets = Packets.Encode(s_photo.Value);
        var arrived = new PacketChannel { Loss = loss }.Send(packets, seed: 5);

        PacketDecodeResult result = Packets.Decode(arrived);

        Assert.Equal((s_photo.Value.Width, s_photo.Value.Height), (result.Image.Width, result.Image.Height));
        Assert.Equal((packets.Count, arrived.Count, 0), (result.PacketsSent, result.PacketsReceived, result.PacketsRestored));
        Assert.Equal(loss > 0, result.SitesGuessed > 0);
        Assert.Equal(result.Rows * result.Columns, result.Confidence.Count);
        Assert.InRange(result.Confidence.Count(c => c < 1), result.SitesGuessed * 9 / 10, result.SitesGuessed);
        Assert.All(result.Confidence, c => Assert.InRange(c, 0, 1));
    }

    [Fact]
    public void FilesAndPacketsGiveTheSamePictureInAnyOrder()
    {
        var packets = Packets.Encode(s_photo.Value, packets: new PacketOptions { MaxBytes = 100, Protection = 0.25 });
        byte[] file = PacketFile.Write(packets);

        byte[] whole = Packets.Decode(packets).Image.Pixels.ToArray();

        Assert.Equal(whole, Packets.DecodeFile(file).Image.Pixels.ToArray());
        Assert.Equal(whole, Packets.Decode(packets.Skip(1).Reverse()).Image.Pixels.ToArray());
    }

    [Fact]
    public void TargetsAreKeptAndQualityCosts()
    {
        int[] sizes = [.. new[] { 1, 50, 100 }.Select(q => Packets.Encode(s_photo.Value, new() { Quality = q }).Sum(p => p.Length))];
        int all = sizes[1];

        Assert.True(sizes[0] < sizes[1] && sizes[1] < sizes[2], string.Join(", ", sizes));
        Assert.InRange(Packets.Encode(s_photo.Value, new() { TargetBytes = all }, new PacketOptions { Protection = 0.25 }).Sum(p => p.Length), all / 2, all);
        Assert.Throws<TargetUnreachableException>(() => Packets.Encode(s_photo.Value, new() { TargetBytes = 20 }));
        Assert.Throws<ArgumentException>(() => Packets.Encode(s_photo.Value, new() { TargetPsnrDb = 20 }));
    }

    [Fact]
    public void OtherCodecsHaveNone() => Assert.Null(fixture.Codec.Packets);

    [Fact]
    public void PacketsOfIndicesThatTheModelDoesNotHaveAreRefused()
    {
        byte[] packet = IndexPacket.Write(new PacketShape(32, 16, 16), 0, 0, 2, 0, [1, 2], fixture.Of("vqgan-extreme").SynthesisFingerprint);

        Assert.Contains("16 bits", Assert.Throws<InvalidBitstreamException>(() => Packets.Decode([packet])).Message, StringComparison.Ordinal);
    }

    // The claim of Mao et al. (DCC 2024) that a fifth may be lost, in numbers: guessing undoes at least half of the damage. For DSS, which compares how rough
    // things are, it undoes less: a guess is smoother than what was there, and a wrong code is rough at least.
    [Fact]
    public void GuessingHalvesWhatAFifthOfLostPacketsCosts()
    {
        (string Name, Metric Compute, double Left)[] metrics = [("HaarPSI", HaarPsi.Compute, 0.5), ("SSIMULACRA2", Ssimulacra2.Compute, 0.5), ("DSS", Dss.Compute, 0.7)];
        double[] guessed = new double[metrics.Length], bare = new double[metrics.Length];
        Image picture = s_photo.Value;
        var packets = Packets.Encode(picture, packets: new PacketOptions { MaxBytes = 100 });
        Image whole = Packets.Decode(packets).Image;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var arrived = new PacketChannel { Loss = Loss }.Send(packets, seed);
            Image predicted = Packets.Decode(arrived).Image, damaged = Packets.Decode(arrived, LossConcealment.None).Image;
            for (int m = 0; m < metrics.Length; m++)
            {
                double best = Value(metrics[m].Compute, whole);
                guessed[m] += best - Value(metrics[m].Compute, predicted);
                bare[m] += best - Value(metrics[m].Compute, damaged);
            }
        }

        double Value(Metric metric, Image seen) => metric(picture.Pixels.Span, seen.Pixels.Span, picture.Width, picture.Height);

        for (int m = 0; m < metrics.Length; m++)
        {
            Assert.True(bare[m] > 0 && guessed[m] <= bare[m] * metrics[m].Left, $"{metrics[m].Name} loses {guessed[m]:F4} with guesses, {bare[m]:F4} without");
        }
    }
}
