namespace Codecs.Training.Tests.Nirvana;

/// <summary>A photograph and a clip of 320x180 and 12 frames, enough for the recipe.</summary>
internal static class TestMedia
{
    internal static string Picture => Path.Combine(AppContext.BaseDirectory, "Data", "Images", "spices.png");

    internal static string Clip => Path.Combine(AppContext.BaseDirectory, "Data", "Video", "bunny.mp4");

    internal static void CopyTo(TempFolder folder)
    {
        File.Copy(Picture, Path.Combine(folder.Data, "photo.png"));
        File.Copy(Clip, Path.Combine(folder.Data, "clip.mp4"));
    }
}
