using TorchSharp;

namespace Codecs.Models.Tests;

public sealed class NativeBackendTests
{
    [Fact]
    public void TorchLoadsAndAdds()
    {
        NativeBackend.EnsureLoaded();
        using torch.Tensor sum = torch.ones(3) + 1;
        Assert.Equal(6, sum.sum().item<float>());
    }

    [Fact]
    public void TheNeededVersionIsMarkedWeakOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the fix concerns Linux only");
        byte[] library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        byte[] original = [.. library];

        int changed = NativeBackend.WeakenVersionNeed(library, "GLIBCXX_3.4.32");

        Assert.Equal(1, changed);
        Assert.Equal(1, Enumerable.Range(0, library.Length).Count(i => library[i] != original[i]));
        Assert.Equal(0, NativeBackend.WeakenVersionNeed(library, "GLIBCXX_9.9.9"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ")]
    [InlineData("\u007fELF")]
    public void OtherFilesAreLeftAlone(string start)
    {
        byte[] image = new byte[100];
        System.Text.Encoding.Latin1.GetBytes(start).CopyTo(image, 0);
        Assert.Equal(0, NativeBackend.WeakenVersionNeed(image, "GLIBCXX_3.4.32"));
    }
}
