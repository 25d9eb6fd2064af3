namespace Codecs.Cli.Tests.Support;

/// <summary>The picture files of Tests/Data/Images.</summary>
internal static class TestPictures
{
    internal const string Lake = "lake.png", Alpha = "lake-alpha.png", Turned = "lake-orientation6.jpg", Gray = "lake-gray.png", SixteenBit = "lake-16bit.png", Spices = "spices.png";

    internal static string PathOf(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Codecs.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        Assert.NotNull(folder);
        return Path.Combine(folder, "Tests", "Data", "Images", name);
    }

    internal static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));
}
