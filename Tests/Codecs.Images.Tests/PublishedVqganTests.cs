using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Formats.Weights;
using Codecs.Images.VqganExtreme;
using Codecs.Models;
using Codecs.Models.IndexMaps;
using Codecs.Models.Vqgan.Faithful;
using Codecs.Tests;

namespace Codecs.Images.Tests;

/// <summary>Published VQGANs as picture codecs, from a checkpoint on: small ones with random weights.</summary>
public sealed class PublishedVqganTests : IDisposable
{
    private const int Dimensions = 4;
    private static readonly Lazy<Image> s_photo = new(() => CodecFixture.Crop(CodecFixture.Picture("spices.png"), 180, 100));
    private readonly string _folder = Directory.CreateTempSubdirectory("codecs-images-tests-").FullName;

    private static Image Photo => s_photo.Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, 1, 3)]
    [InlineData(true, 50, 4)]
    [InlineData(false, 100, 5)]
    public void FilesHoldTheNearestCodes(bool archive, double quality, int bits)
    {
        string model = Reduced();
        float[][] codes = [.. SafetensorsFile.Read(model)[TinyVqgan.Codebook].ToFloats().Chunk(Dimensions)
            .Chunk(1 << (5 - bits)).Select(group => Enumerable.Range(0, Dimensions).Select(d => group.Average(v => v[d])).ToArray())];
        using ImageCodec codec = ImageCodec.Open(model);

        byte[] file = codec.Encode(Photo, new() { Quality = quality, Archive = archive });
        ImageLatent coded = codec.DecodeLatent(file), analyzed = codec.Analyze(Photo, quality);
        Image back = codec.Decode(file);

        Assert.Equal(archive ? NcfProfile.Full : NcfProfile.Tiny, NcfFile.Detect(file));
        Assert.Equal((7, 12, Dimensions, bits - 3), (coded.Rows, coded.Columns, coded.Channels, coded.Rate));
        Assert.True(coded.Values.Chunk(Dimensions).DistinctBy(v => v[0]).Count() > 3);
        Assert.All(coded.Values.Chunk(Dimensions).Zip(analyzed.Values.Chunk(Dimensions)), site =>
        {
            Assert.True(codes.Min(c => Squared(c, site.First)) < 1e-9);
            Assert.True(Squared(site.First, site.Second) < codes.Min(c => Squared(c, site.Second)) + 1e-4);
        });
        Assert.Equal((Photo.Width, Photo.Height, ImageLayout.Rgb), (back.Width, back.Height, back.Layout));
        Assert.Equal(codec.Synthesize(coded).Pixels.ToArray(), back.Pixels.ToArray());
    }

    [Theory]
    [InlineData("lake-alpha.png")]
    [InlineData("lake-gray.png")]
    public void AlphaAndGreyComeBack(string name)
    {
        using ImageCodec codec = ImageCodec.Open(Import());
        Image picture = CodecFixture.Picture(name), back = codec.Decode(codec.Encode(picture));
        Assert.Equal((picture.Width, picture.Height, picture.Layout), (back.Width, back.Height, back.Layout));
    }

    [Fact]
    public void OnlyATreeOfCodesHasSeveralRates()
    {
        using ImageCodec imported = ImageCodec.Open(Import()), reduced = ImageCodec.Open(Reduced());
        ImageEncodeResult coarse = reduced.EncodeWithReport(Photo, new() { Quality = 1 });
        var stages = new List<string>();

        Assert.Equal((0, 2), (imported.MaxRate, reduced.MaxRate));
        Assert.Equal(coarse.File, reduced.Encode(Photo, new() { TargetBytes = coarse.File.Length }, new Collect(stages)));
        Assert.Equal(2, stages.Count(s => s == "analysis")); // begun and done once, for all rates that were tried
        Assert.True(coarse.File.Length < reduced.Encode(Photo, new() { Quality = 100 }).Length);
    }

    // The networks are floats; what a file says does not hang on them.
    [Fact]
    public void FilesAreParsedAlikeEverywhere()
    {
        string model = Reduced(), bare = Path.Combine(_folder, "bare.safetensors");
        SafetensorsFile weights = SafetensorsFile.Read(model);
        SafetensorsWriter.Write(bare, [weights[TinyVqgan.Codebook]], weights.Metadata);
        using ImageCodec whole = ImageCodec.Open(model), codebookOnly = ImageCodec.Open(bare);
        byte[] archive = whole.Encode(Photo, new() { Archive = true });

        byte[] tiny = codebookOnly.Rewrite(archive, new NcfRewriteOptions { Profile = NcfProfile.Tiny, Digest = false, Strip = MetadataStripping.All });

        Assert.Equal(DeterminismClass.IntegerExact, NcfFile.Parse(archive, NcfLimits.Default).Models[0].Determinism);
        Assert.Equal(new ImageVerifyResult(archive.Length, DigestVerified: true, ContentVerified: true), codebookOnly.Verify(archive));
        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(tiny));
        Assert.Equal(whole.Encode(Photo), tiny);
        Assert.Throws<ModelMismatchException>(() => codebookOnly.Decode(archive));
    }

    [Fact]
    public void OtherWeightsAreRefusedOrWarnedOf()
    {
        string model = Import();
        SafetensorsFile weights = SafetensorsFile.Read(model);
        using ImageCodec codec = ImageCodec.Open(model), other = ImageCodec.Open(Import(seed: 2)), fewer = ImageCodec.Open(Import(codes: 20));
        using ImageCodec tuned = ImageCodec.Open(With("decoder.conv_out.bias"));
        byte[] file = codec.Encode(Photo), archive = codec.Encode(Photo, new() { Archive = true });

        Assert.Throws<ModelMismatchException>(() => other.Decode(file));
        Assert.Throws<ModelMismatchException>(() => fewer.Decode(file));
        Assert.Empty(codec.DecodeWithReport(archive).Warnings);
        Assert.Contains("synthesis", Assert.Single(tuned.DecodeWithReport(archive).Warnings), StringComparison.Ordinal);
        Assert.Throws<ModelMismatchException>(() => ImageCodec.Open(With(TinyVqgan.Codebook, shrink: true)));

        string With(string name, bool shrink = false)
        {
            float[] values = weights[name].ToFloats();
            values[0] += 0.5f;
            SafetensorsTensor changed = shrink ? SafetensorsTensor.Create<float>(name, [1], [1]) : SafetensorsTensor.Create<float>(name, weights[name].Shape, values);
            string path = Path.Combine(_folder, name + ".safetensors");
            SafetensorsWriter.Write(path, [.. weights.Tensors.Where(t => t.Name != name), changed], weights.Metadata);
            return path;
        }
    }

    [Fact]
    public void IndicesOutsideTheCodebookAndMapsThatAreTooLargeAreRefused()
    {
        using PublishedVqganCodec codec = Inner(Import(codes: 20)), fine = Inner(Import(levels: 1));

        Assert.Equal((5, 5), codec.IndexBits);
        Assert.Equal(new short[] { 0, 1, 2, 3, 19, 5 }, Read(0, 1, 2, 3, 19, 5).Hyper);
        Assert.Throws<InvalidBitstreamException>(() => Read(0, 1, 2, 3, 20, 5));
        Assert.Throws<InvalidBitstreamException>(() => codec.DecodeLatent(default, 0, 48, 32, rate: 1, [], CheckMode.Check16, default));
        Assert.Throws<LimitExceededException>(() => fine.DecodeLatent(default, 0, 1 << 16, 1 << 16, rate: 0, [], CheckMode.Check16, default));

        ImageLatent Read(params ushort[] values)
        {
            var payload = new ArrayBufferWriter<byte>();
            MapCoding.Encode(new MapCoder(), new IndexMap(2, 3, 5, values), [], CheckMode.Check16, payload);
            return codec.DecodeLatent(payload.WrittenMemory, 0, 48, 32, rate: 0, [], CheckMode.Check16, default);
        }

        static PublishedVqganCodec Inner(string path) => new(FaithfulVqganWeights.FromFile(SafetensorsFile.Read(path)), ImageCodecOptions.Default);
    }

    [Fact]
    public void PacketsThatArriveMakeAPicture()
    {
        using ImageCodec codec = ImageCodec.Open(Reduced()), other = ImageCodec.Open(Import(seed: 2));
        var options = new ImageEncoderOptions { Quality = 100 };
        ReadOnlyMemory<byte>[] packets = [.. codec.Packets!.Encode(Photo, options, new PacketOptions { MaxBytes = 32 })];

        PacketDecodeResult all = codec.Packets!.Decode(Enumerable.Reverse(packets)), some = codec.Packets!.Decode(packets[1..]);

        Assert.Equal(3, packets.Length);
        Assert.Equal(codec.Decode(codec.Encode(Photo, options)).Pixels.ToArray(), all.Image.Pixels.ToArray());
        Assert.Equal((0, 28), (all.SitesGuessed, some.SitesGuessed));
        Assert.Equal(28, some.Confidence.Count(c => c == 0));
        Assert.Equal(Pixels(LossConcealment.Neighbours), some.Image.Pixels.ToArray());
        Assert.NotEqual(Pixels(LossConcealment.None), some.Image.Pixels.ToArray());
        Assert.Throws<InvalidBitstreamException>(() => other.Packets!.Decode(packets));

        byte[] Pixels(LossConcealment concealment) => codec.Packets!.Decode(packets[1..], concealment).Image.Pixels.ToArray();
    }

    [Fact]
    public void AnotherStrideMakesFilesButNoPackets()
    {
        using ImageCodec codec = ImageCodec.Open(Import(levels: 4));
        ImageLatent latent = codec.DecodeLatent(codec.Encode(Photo));

        Assert.Equal((13, 23), (latent.Rows, latent.Columns));
        Assert.Contains("8 x 8", Assert.Throws<ModelMismatchException>(() => codec.Packets).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryChangedOrMissingByteIsNoticed()
    {
        using ImageCodec codec = ImageCodec.Open(Import());
        byte[] file = codec.Encode(Photo);
        float[] latent = codec.DecodeLatent(file).Values;

        for (int i = 0; i < file.Length; i++)
        {
            Assert.False(Reads(file[..i]), $"the first {i} of {file.Length} bytes were accepted");
            foreach (byte change in (byte[])[0x01, 0x10, 0x80, 0xff])
            {
                byte[] damaged = [.. file];
                damaged[i] ^= change;
                Assert.True(!Reads(damaged) || codec.DecodeLatent(damaged).Values.AsSpan().SequenceEqual(latent), $"byte {i} ^ {change:x2}");
            }
        }

        bool Reads(byte[] bytes)
        {
            try
            {
                codec.Verify(bytes);
                return true;
            }
            catch (CodecException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void WorkIsReportedAndCanBeStopped()
    {
        using ImageCodec codec = ImageCodec.Open(Import());
        var stages = new List<string>();
        byte[] file = codec.Encode(Photo, progress: new Collect(stages));
        codec.Decode(file, new Collect(stages));
        var cancelled = new CancellationToken(canceled: true);

        Assert.Equal(["analysis", "entropy coding", "synthesis"], stages.Distinct());
        Assert.Throws<OperationCanceledException>(() => codec.Encode(Photo, cancellation: cancelled));
        Assert.Throws<OperationCanceledException>(() => codec.Decode(file, cancellation: cancelled));
        Assert.Throws<OperationCanceledException>(() => codec.Verify(file, cancellation: cancelled));
    }

    private static double Squared(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();

    private string Import(int levels = 5, int codes = 32, int seed = 1)
    {
        string path = Path.Combine(_folder, $"{levels}-{codes}-{seed}");
        File.WriteAllBytes(path + ".ckpt", CheckpointBuilder.Save("state_dict", TinyVqgan.Create(levels, Dimensions, codes, seed)));
        CheckpointImport.Read(path + ".ckpt").Save(path + ".safetensors");
        return path + ".safetensors";
    }

    private string Reduced()
    {
        string path = Path.Combine(_folder, "reduced.safetensors");
        VqganReduction.Open(Import(codes: 64), codes: 32).FromRows().Save(path);
        return path;
    }

    private sealed class Collect(List<string> stages) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value) => stages.Add(value.Stage);
    }
}
