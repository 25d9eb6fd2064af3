using Codecs.Models;
using Codecs.Training.Tests;

[assembly: AssemblyFixture(typeof(TorchFixture))]

namespace Codecs.Training.Tests;

/// <summary>Loads torch before any test touches it.</summary>
public sealed class TorchFixture
{
    public TorchFixture() => NativeBackend.EnsureLoaded();
}
