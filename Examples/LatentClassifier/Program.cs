using System.Diagnostics;
using System.Globalization;
using Codecs.Examples.LatentClassifier;
using Codecs.Images;
using Codecs.Models;
using static TorchSharp.torch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Settings? settings = Settings.Parse(args);
if (settings is null)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

NativeBackend.EnsureLoaded();
set_num_threads(1);
using var codec = ImageCodec.Open(settings.Model);
IReadOnlyList<Texture> textures = Texture.Load(settings.Source, settings.Classes);
if (textures.Count < 2)
{
    Console.Error.WriteLine($"'{settings.Source}' holds {textures.Count} pictures of {Texture.MinWidth} x {Texture.MinHeight} or more; at least 2 are needed.");
    return 3;
}

Console.WriteLine($"{textures.Count} classes, {settings.TrainCrops} + {settings.TestCrops} crops of each, chance {1.0 / textures.Count:P1}; latents of {codec.Name}, quality {settings.Quality}");
var scores = new Dictionary<string, List<double>>();
for (int seed = 1; seed <= settings.Seeds; seed++)
{
    long start = Stopwatch.GetTimestamp();
    var views = new CropViews(codec, settings.Quality);
    Samples train = views.Draw(textures, Side.Left, settings.TrainCrops, new Random(seed));
    Samples test = views.Draw(textures, Side.Right, settings.TestCrops, new Random(seed + 1000));
    double prepared = Stopwatch.GetElapsedTime(start).TotalSeconds;
    Console.WriteLine($"seed {seed}: {views.BytesPerCrop:0} bytes a crop as .ncf, {prepared:0.0} s to make the inputs");
    foreach ((View seen, View asked) in train.Views.Zip(test.Views))
    {
        start = Stopwatch.GetTimestamp();
        double accuracy = Classifier.TrainAndTest(seen, train.Labels, asked, test.Labels, textures.Count, settings.Epochs, seed);
        Console.WriteLine($"  {seen.Name,-24} {accuracy,7:P1}  {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        (scores.TryGetValue(seen.Name, out List<double>? list) ? list : scores[seen.Name] = []).Add(accuracy);
    }
}

Console.WriteLine($"test accuracy over {settings.Seeds} seeds: mean (lowest to highest)");
foreach ((string view, List<double> list) in scores)
{
    Console.WriteLine($"  {view,-24} {list.Average(),7:P1} ({list.Min():P1} to {list.Max():P1})");
}

return 0;
