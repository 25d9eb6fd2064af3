using System.Numerics;
using Codecs.Geometry.Colour;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Tests.Colour;

/// <summary>Six views and their sheet.</summary>
public sealed class SheetTests
{
    [Fact]
    public void ViewsOfASheetDoNotOverlap()
    {
        var layout = new SheetLayout(12, 40, 24);
        int[] owner = new int[layout.Width * layout.Height];
        for (int view = 0; view < CubeViews.Count; view++)
        {
            (int left, int top, int width, int height) = layout.Area(view);
            for (int i = 0; i < width * height; i++)
            {
                owner[((top + (i / width)) * layout.Width) + left + (i % width)]++;
            }
        }

        Assert.Equal(1, owner.Max());
        Assert.Equal(2 * ((12 * 40) + (24 * 40) + (12 * 24)), owner.Sum());
    }

    [Fact]
    public void PicturesOfAxesAreRightHandedAndContinueEachOther()
    {
        for (int view = 0; view < CubeViews.Count; view++)
        {
            Assert.Equal(CubeViews.Axis(view), Vector3.Cross(CubeViews.Right(view), CubeViews.Up(view)));
        }

        // To the right of what +z shows lies what +x shows, below it what -y shows.
        Assert.Equal(CubeViews.Axis(0), CubeViews.Right(4));
        Assert.Equal(-CubeViews.Axis(4), CubeViews.Right(0));
        Assert.Equal(CubeViews.Axis(4), CubeViews.Up(3));
    }

    [Fact]
    public void HiddenPlacesAreSeenByNoView()
    {
        ColouredShape shape = ColouredShape.Sandwich();
        var views = new CubeViews(shape.Tree, shape.Frame.Center, 2 * shape.Frame.HalfExtent);

        Assert.Equal(2, views.Choose(new Vector3(0.3f, 0.52f, 0.2f), Vector3.UnitY));
        Assert.Equal(3, views.Choose(new Vector3(0.3f, -0.02f, 0.2f), -Vector3.UnitY));
        Assert.Equal(-1, views.Choose(new Vector3(0.3f, 0.25f, 0.2f), Vector3.UnitY));
        Assert.Equal(-1, views.Choose(Vector3.Zero, Vector3.Zero));
    }

    [Fact]
    public void SurfacesTurnedInsideOutAreSeenFromBehind()
    {
        ColouredShape shape = ColouredShape.FlatCube();
        int[] turned = shape.Tree.Triangles.ToArray();
        Array.Reverse(turned);
        var views = new CubeViews(TriangleTree.Build(shape.Tree.Positions.Span, turned), shape.Frame.Center, 2 * shape.Frame.HalfExtent);

        Assert.Equal(0, views.Choose(new Vector3(1, 0.2f, 0.2f), -Vector3.UnitX));
        Assert.Equal(5, views.Choose(new Vector3(0.1f, 0.2f, -1), Vector3.UnitZ));
    }

    [Fact]
    public void FillingKeepsWhatIsKnownAndSpreadsIt()
    {
        var colours = new Vector3[35];
        float[] weights = new float[35];
        (colours[8], weights[8]) = (Vector3.One, 1);
        (colours[33], weights[33]) = (Vector3.UnitX, 2);

        PushPull.Fill(colours, weights, 7, 5);

        Assert.Equal(Vector3.One, colours[8]);
        Assert.Equal(Vector3.UnitX, colours[33]);
        Assert.All(colours, c => Assert.Equal(1, c.X, 1e-5f));
        Assert.True(colours[0].Y > colours[34].Y);
    }
}
