using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Evaluation.Tests.EqualBytes;

public sealed class SizeSearchTests
{
    private static readonly Image s_image = new(20, 10, ImageLayout.Rgb);

    // Files of 50 + 2 x setting bytes.
    private static FakeScaledContender Codec() => new("fake", 50, _ => 0);

    [Fact]
    public void TheLargestFileWithinTheBytesIsFound() =>
        Gen.Int[52, 300].Sample(bytes =>
        {
            SizedFile file = new SizeSearch(Codec(), s_image).LargestWithin(bytes, CancellationToken.None);

            Assert.Equal(Math.Min(100, (bytes - 50) / 2), file.Setting);
            Assert.Equal(50 + (2 * (int)file.Setting), file.File.Length);
        });

    [Fact]
    public void WhereNothingFitsTheSmallestFileIsTaken()
    {
        SizedFile file = new SizeSearch(Codec(), s_image).LargestWithin(51, CancellationToken.None);

        Assert.Equal((1, 52), (file.Setting, file.File.Length));
    }

    [Fact]
    public void FewFilesAreEncodedAndNoneTwice()
    {
        FakeScaledContender codec = Codec();
        var search = new SizeSearch(codec, s_image);
        _ = search.LargestWithin(150, CancellationToken.None);

        Assert.InRange(codec.Encodings.Count, 1, 8);
        _ = search.LargestWithin(150, CancellationToken.None);
        _ = search.LargestWithin(90, CancellationToken.None);
        Assert.Equal(codec.Encodings.Distinct(), codec.Encodings);
    }

    [Fact]
    public void ACodecWithOneSettingHasOneFile()
    {
        var codec = new FakeScaledContender("fake", 50, _ => 0) { Scale = [7] };

        Assert.Equal(7, new SizeSearch(codec, s_image).LargestWithin(1000, CancellationToken.None).Setting);
    }
}
