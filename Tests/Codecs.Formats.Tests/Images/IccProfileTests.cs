using System.Buffers.Binary;
using Codecs.Formats.Media;
using ImageMagick;

namespace Codecs.Formats.Tests.Images;

public sealed class IccProfileTests
{
    [Fact]
    public void RealProfilesAreDescribed()
    {
        Assert.Equal("RGB "u8.ToArray(), IccProfile.ColorSpace(ColorProfiles.AdobeRGB1998.ToByteArray()).ToArray());
        Assert.Equal("Adobe RGB (1998)", IccProfile.Name(ColorProfiles.AdobeRGB1998.ToByteArray()));
        Assert.Equal("CMYK"u8.ToArray(), IccProfile.ColorSpace(ColorProfiles.USWebCoatedSWOP.ToByteArray()).ToArray());
    }

    [Fact]
    public void UnicodeNamesAreReadWithoutControlCharacters() => Assert.Equal("Grün", IccProfile.Name(Profile("Gr\u001bün \0")));

    [Theory]
    [InlineData(128)]
    [InlineData(136)]
    [InlineData(140)]
    [InlineData(164)]
    [InlineData(168)]
    public void HostileLengthsGiveNoName(int field)
    {
        byte[] profile = Profile("name");
        BinaryPrimitives.WriteUInt32BigEndian(profile.AsSpan(field), uint.MaxValue);

        // Counts and lengths are cut to what is there; offsets beyond the end give nothing. No case throws.
        Assert.Contains(IccProfile.Name(profile), new[] { "name", "without a name" });
    }

    [Fact]
    public void EveryPrefixIsHarmless()
    {
        byte[] profile = Profile("name");
        for (int length = 0; length < profile.Length; length++)
        {
            Assert.NotEmpty(IccProfile.Name(profile.AsSpan(0, length)));
            Assert.True(IccProfile.ColorSpace(profile.AsSpan(0, length)).Length is 0 or 4);
        }
    }

    /// <summary>Header, one tag of type multiLocalizedUnicode at 144 with one record.</summary>
    private static byte[] Profile(string name)
    {
        byte[] text = System.Text.Encoding.BigEndianUnicode.GetBytes(name);
        byte[] profile =
        [
            .. new byte[16], .. "RGB XYZ "u8, .. new byte[12], .. "acsp"u8, .. new byte[88],
            0, 0, 0, 1, .. "desc"u8, 0, 0, 0, 144, 0, 0, 0, (byte)(28 + text.Length),
            .. "mluc"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, .. "enUS"u8, 0, 0, 0, (byte)text.Length, 0, 0, 0, 28, .. text,
        ];
        return profile;
    }
}
