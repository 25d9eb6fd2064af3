using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Contenders;

public sealed class ClassicalVideoContenderTests
{
    [Theory]
    [InlineData("x264", "x264", "preset medium")]
    [InlineData("X265:slow", "x265:slow", "preset slow")]
    [InlineData("svt-av1:6", "svt-av1", "preset 6")]
    [InlineData("svt-av1:4", "svt-av1:4", "preset 4")]
    public void NamesMayHaveAPreset(string text, string name, string preset)
    {
        ClassicalVideoContender contender = Assert.IsType<ClassicalVideoContender>(ClassicalVideoContender.Find(text));
        Assert.Equal(name, contender.Name);
        Assert.EndsWith(preset, contender.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("x264:6")]
    [InlineData("x264:")]
    [InlineData("")]
    public void OtherNamesAreNone(string text) => Assert.Null(ClassicalVideoContender.Find(text));

    [Fact]
    public void APresetOfAnotherCodecIsRefused() =>
        Assert.Throws<ArgumentException>(() => new ClassicalVideoContender(ClassicalVideoCodec.SvtAv1, "medium"));

    [Fact]
    [Trait("needs", "ffmpeg")]
    public void TheCacheKeyTellsPresetsApart()
    {
        var medium = new ClassicalVideoContender(ClassicalVideoCodec.X264);
        Assert.SkipUnless(medium.IsAvailable, "This ffmpeg has no x264.");
        Assert.Equal(medium.CacheKey, new ClassicalVideoContender(ClassicalVideoCodec.X264, "medium").CacheKey);
        Assert.NotEqual(medium.CacheKey, new ClassicalVideoContender(ClassicalVideoCodec.X264, "ultrafast").CacheKey);
    }
}
