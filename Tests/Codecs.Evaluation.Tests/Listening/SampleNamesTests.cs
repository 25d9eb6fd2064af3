namespace Codecs.Evaluation.Tests.Listening;

public sealed class SampleNamesTests
{
    [Theory]
    [InlineData("voice 1", "01-voice_1-opus-6.flac")]
    [InlineData("../../etc/passwd", "01-.._.._etc_passwd-opus-6.flac")]
    [InlineData("\"><script>", "01-___script_-opus-6.flac")]
    [InlineData("日本語", "01-___-opus-6.flac")]
    [InlineData("con", "01-con-opus-6.flac")]
    [InlineData("", "01--opus-6.flac")]
    public void WhateverASoundIsCalledItsFilesHavePlainNames(string sound, string expected) =>
        Assert.Equal(expected, new SampleNames().Next(1, [sound, "opus", "6"], ".flac"));

    [Fact]
    public void NoNameIsGivenTwice()
    {
        var names = new SampleNames();

        Assert.Equal("01-a_b.flac", names.Next(1, ["a b"], ".flac"));
        Assert.Equal("01-a_b-2.flac", names.Next(1, ["a/b"], ".flac"));
        Assert.Equal("01-A_B-3.flac", names.Next(1, ["A B"], ".flac"));
        Assert.Equal("02-a_b.flac", names.Next(2, ["a b"], ".flac"));
    }

    [Fact]
    public void LongNamesAreCut() => Assert.Equal(3 + 40 + 5, new SampleNames().Next(1, [new string('x', 300)], ".flac").Length);
}
