using Codecs.Geometry.Colour;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Tests.Colour;

/// <summary>Colours through carriers and back onto surfaces.</summary>
public sealed class ColourRoundTripTests(PicturesFixture pictures)
{
    [Fact]
    public void ACubeOfSixColoursComesBackFromSixViews()
    {
        ColourCarrier carrier = Encode(ColouredShape.FlatCube(), 700, ColourCarrierKind.SixViews);

        Assert.Equal(ColourCarrierKind.SixViews, carrier.Kind);
        Assert.True(carrier.Psnr.Worse > 30, $"{carrier.Psnr}");
    }

    [Fact]
    public void ASphereWithAGradientComesBackFromAFewBytesOfVolume()
    {
        ColouredShape sphere = ColouredShape.GradientSphere();
        ColourCarrier carrier = Encode(sphere, 60, ColourCarrierKind.Volume);

        Assert.Equal(ColourCarrierKind.Volume, carrier.Kind);
        Assert.True(carrier.Psnr.Worse > 32, $"{carrier.Psnr}");
        Assert.InRange(carrier.Payload.Length, 1, 60);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(400)]
    public void TheBudgetIsNeverExceeded(int bytes)
    {
        ColouredShape shape = ColouredShape.Sandwich();
        foreach (ColourCarrier carrier in ColourEncoder.TryAll(shape.Tree, shape, shape.Tree, shape.Frame, Options(bytes, null), pictures.Codec, default))
        {
            Assert.InRange(carrier.Payload.Length, 4, bytes);
        }
    }

    [Fact]
    public void ColoursGoOntoAnotherSurface()
    {
        ColouredShape shape = ColouredShape.GradientSphere();
        TriangleTree coarse = ColouredShape.Sphere(cells: 5, radius: 3.1f);
        ColourCarrier carrier = ColourEncoder.Encode(shape.Tree, shape, coarse, FieldFrame.Around(coarse.Low, coarse.High), Options(200, null), null);

        Assert.Equal(ColourCarrierKind.Volume, carrier.Kind);
        Assert.True(carrier.Psnr.Worse > 30, $"{carrier.Psnr}");
    }

    [Fact]
    public void LessThanOneColourIsRefused() =>
        Assert.Throws<TargetUnreachableException>(() => Encode(ColouredShape.FlatCube(), 3, ColourCarrierKind.None));

    [Fact]
    public void WhatIsMeasuredIsWhatADecoderGets()
    {
        ColouredShape shape = ColouredShape.Sandwich();
        foreach (ColourCarrier carrier in ColourEncoder.TryAll(shape.Tree, shape, shape.Tree, shape.Frame, Options(600, null), pictures.Codec, default))
        {
            ISpaceColour decoded = ColourDecoder.Read(carrier.Payload, shape.Tree, shape.Frame, pictures.Codec);
            SurfaceColorPsnr psnr = SurfaceColorPsnr.Measure(shape.Tree, shape, shape.Tree, new PlacedColour(shape.Tree, decoded), 4000);

            Assert.InRange(psnr.Worse, carrier.Psnr.Worse - 1, carrier.Psnr.Worse + 1);
        }
    }

    [Fact]
    public void ThreadsDoNotMatter()
    {
        ColouredShape shape = ColouredShape.Sandwich();
        ColourCarrier one = ColourEncoder.Encode(shape.Tree, shape, shape.Tree, shape.Frame, Options(200, ColourCarrierKind.SixViewsAndVolume) with { Workers = 1 }, pictures.Codec);
        ColourCarrier many = ColourEncoder.Encode(shape.Tree, shape, shape.Tree, shape.Frame, Options(200, ColourCarrierKind.SixViewsAndVolume) with { Workers = 7 }, pictures.Codec);

        Assert.Equal(one.Payload, many.Payload);
        Assert.Equal(
            ColourDecoder.VertexColours(one.Payload, shape.Tree, shape.Frame, pictures.Codec, workers: 1),
            ColourDecoder.VertexColours(one.Payload, shape.Tree, shape.Frame, pictures.Codec, workers: 7));
    }

    [Fact]
    public void VertexColoursAreLinear()
    {
        ColouredShape shape = ColouredShape.GradientSphere();
        float[] colours = ColourDecoder.VertexColours(new byte[] { 0, 188, 0, 255 }, shape.Tree, shape.Frame, null);

        Assert.Equal(shape.Tree.Positions.Length * 4, colours.Length);
        Assert.Equal(0.5f, colours[0], 0.01f);
        Assert.Equal([0f, 1f, 1f], colours[1..4]);
    }

    private static ColourEncoderOptions Options(long bytes, ColourCarrierKind? kind) =>
        new() { ByteBudget = bytes, Samples = 6000, Kinds = kind is { } only ? [only] : null };

    private ColourCarrier Encode(ColouredShape shape, long bytes, ColourCarrierKind kind) =>
        ColourEncoder.Encode(shape.Tree, shape, shape.Tree, shape.Frame, Options(bytes, kind), pictures.Codec);
}
