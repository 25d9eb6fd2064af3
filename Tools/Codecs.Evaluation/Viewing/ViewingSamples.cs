using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Writes pictures for looking at beside the page that shows them, as PNG.</summary>
/// <param name="pageFolder">The folder of the page.</param>
internal sealed class ViewingSamples(string pageFolder)
{
    private const string Folder = "samples";

    private readonly SampleNames _names = new();

    /// <summary>Begins the sheet of a picture and writes the original.</summary>
    /// <param name="number">Number of the picture, from 1.</param>
    /// <param name="name">Its file name.</param>
    /// <param name="image">Its pixels.</param>
    /// <exception cref="MediaException">The file cannot be written.</exception>
    public ViewingSheetBuilder Begin(int number, string name, Image image)
    {
        Directory.CreateDirectory(Path.Combine(pageFolder, Folder));
        string stem = Path.GetFileNameWithoutExtension(name);
        return new ViewingSheetBuilder(name, Write(number, [stem, "original"], image), (codec, setting, decoded) => Write(number, [stem, codec, setting], decoded));
    }

    /// <returns>The path relative to the page.</returns>
    private string Write(int number, IReadOnlyList<string> parts, Image image)
    {
        string file = _names.Next(number, parts, ".png");
        ImageFile.Write(image, Path.Combine(pageFolder, Folder, file), ImageFormat.Png);
        return $"{Folder}/{file}";
    }
}
