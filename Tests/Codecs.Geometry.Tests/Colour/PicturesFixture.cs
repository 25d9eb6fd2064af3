using Codecs.Geometry.Tests.Colour;
using Codecs.Images;

[assembly: AssemblyFixture(typeof(PicturesFixture))]

namespace Codecs.Geometry.Tests.Colour;

/// <summary>The picture codec, opened once.</summary>
public sealed class PicturesFixture : IDisposable
{
    private readonly Lazy<ImageCodec> _codec = new(() => ImageCodec.Open());

    public ImageCodec Codec => _codec.Value;

    public void Dispose()
    {
        if (_codec.IsValueCreated)
        {
            _codec.Value.Dispose();
        }
    }
}
