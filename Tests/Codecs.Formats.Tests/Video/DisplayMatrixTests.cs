using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Video;

public sealed class DisplayMatrixTests
{
    [Theory]
    [InlineData("65536 0", "0 65536", 1)]
    [InlineData("-65536 0", "0 65536", 2)]
    [InlineData("-65536 0", "0 -65536", 3)]
    [InlineData("65536 0", "0 -65536", 4)]
    [InlineData("0 65536", "65536 0", 5)]
    [InlineData("0 65536", "-65536 0", 6)]
    [InlineData("0 -65536", "-65536 0", 7)]
    [InlineData("0 -65536", "65536 0", 8)]
    [InlineData("46341 46341", "-46341 46341", 1)]
    [InlineData("0 0", "0 0", 1)]
    [InlineData("x y", "z w", 1)]
    public void QuarterTurnsAndMirrorsAreKnown(string first, string second, int orientation) => Assert.Equal(
        orientation, DisplayMatrix.Orientation($"\n00000000: {first} 0\n00000001: {second} 0\n00000002: 0 0 1073741824\n"));

    [Fact]
    public void NoMatrixIsUpright() => Assert.Equal((1, 1), (DisplayMatrix.Orientation(null), DisplayMatrix.Orientation("1 2 3")));

    [Theory]
    [InlineData(1, "ab cd ef")]
    [InlineData(2, "ba dc fe")]
    [InlineData(3, "fe dc ba")]
    [InlineData(4, "ef cd ab")]
    [InlineData(5, "ace bdf")]
    [InlineData(6, "eca fdb")]
    [InlineData(7, "fdb eca")]
    [InlineData(8, "bdf ace")]
    public void PicturesAreTurnedAsExifSays(int orientation, string expected)
    {
        byte[] rgb = [.. "abcdef".SelectMany(letter => Enumerable.Repeat((byte)letter, 3))];

        (byte[] turned, int width, int height) = Upright.Turn(rgb, 2, 3, orientation);

        string letters = new([.. Enumerable.Range(0, 6).Select(i => (char)turned[3 * i])]);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, height).Select(y => letters.Substring(y * width, width))));
    }
}
