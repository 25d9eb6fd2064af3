using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Benchmarks;

/// <summary>A whole 768x512 photograph from pixels to file and back, on all threads, next to WebP and AVIF at the nearest file size.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class PictureBench : IDisposable
{
    private const double Quality = 40;
    private readonly ImageCodec _codec = ImageCodec.Open("mlicv2");
    private readonly Image _photo = BenchImages.Photo();
    private byte[] _ours = [];
    private byte[] _webp = [];
    private byte[] _avif = [];
    private double _webpSetting;
    private double _avifSetting;

    [GlobalSetup]
    public void Setup()
    {
        _ours = EncodeMlicv2();
        (_webpSetting, _webp) = Nearest(ClassicalCodec.WebP);
        (_avifSetting, _avif) = Nearest(ClassicalCodec.Avif);
        DecodeMlicv2();
        Console.WriteLine(FormattableString.Invariant($"// bytes: mlicv2 {_ours.Length}, webp {_webp.Length} (setting {_webpSetting}), avif {_avif.Length} (setting {_avifSetting})"));
    }

    [Benchmark, BenchmarkCategory("encode")]
    public byte[] EncodeMlicv2() => _codec.Encode(_photo, new ImageEncoderOptions { Quality = Quality });

    [Benchmark(Baseline = true), BenchmarkCategory("encode")]
    public byte[] EncodeWebP() => ClassicalCodec.WebP.Encode(_photo, _webpSetting);

    [Benchmark, BenchmarkCategory("encode")]
    public byte[] EncodeAvif() => ClassicalCodec.Avif.Encode(_photo, _avifSetting);

    [Benchmark, BenchmarkCategory("decode")]
    public Image DecodeMlicv2() => _codec.Decode(_ours);

    [Benchmark(Baseline = true), BenchmarkCategory("decode")]
    public Image DecodeWebP() => ClassicalCodec.WebP.Decode(_webp);

    [Benchmark, BenchmarkCategory("decode")]
    public Image DecodeAvif() => ClassicalCodec.Avif.Decode(_avif);

    [GlobalCleanup]
    public void Dispose()
    {
        _codec.Dispose();
        GC.SuppressFinalize(this);
    }

    private (double Setting, byte[] File) Nearest(ClassicalCodec codec) =>
        codec.Ladder.Select(s => (Setting: s, File: codec.Encode(_photo, s))).MinBy(a => Math.Abs(a.File.Length - _ours.Length));
}
