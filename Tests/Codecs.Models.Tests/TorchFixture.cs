using Codecs.Models.Tests;
using TorchSharp;

[assembly: AssemblyFixture(typeof(TorchFixture))]

namespace Codecs.Models.Tests;

/// <summary>Loads libtorch before any test touches it; two threads, so that thread-dependence would show.</summary>
public sealed class TorchFixture
{
    public TorchFixture()
    {
        NativeBackend.EnsureLoaded();
        torch.set_num_threads(2);
    }
}
