using System.Globalization;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Training.Data;

namespace Codecs.Training.Nirvana;

/// <summary>Makes the zoo entry of <c>nirvana</c> out of a checkpoint.</summary>
internal static class NirvanaRelease
{
    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/nirvana.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        (SplitNetworks networks, Dictionary<string, double> numbers) =
            NirvanaState.Load(TrainingLoop.CheckpointPath(options, NirvanaRecipe.Model), new NetworkFitting());
        using PhotoCache photos = PhotoCache.Open(options, log);
        using VideoCache videos = VideoCache.Open(options, log);
        ModelCard.WriteWeights(zooFolder, NirvanaWeights.ToFile(networks, LaplaceTables.Create()));
        ModelCard.Write(zooFolder, new Dictionary<string, object>
        {
            ["name"] = NirvanaRecipe.Model,
            ["architecture"] =
                $"NIRVANA: a pyramid of means and half differences, {networks.Count} integer perceptrons with two hidden layers by kind of picture, plane, step and phase, "
                + "80 tables of residuals; motion by blocks; one model for all rates",
            ["parameters"] = SplitNetworks.ParameterCount,
            ["recipe"] = $"codecs train {NirvanaRecipe.Model}",
            ["data"] = $"{VideoCache.Source}; {PhotoCache.Source}",
            ["dataLicences"] = $"{VideoCache.Licences}; photographs: Creative Commons, GPL, LGPL and public domain, as their packages say",
            ["trainingClips"] = videos.Clips.Count,
            ["trainingPictures"] = photos.Training.Count(),
            ["startedFrom"] = options.Start ?? "random weights",
            ["steps"] = numbers["steps"],
            ["hours"] = Math.Round(numbers["minutes"] / 60, 2),
            ["licence"] = "MIT",
        });
        log(string.Create(CultureInfo.InvariantCulture, $"exported step {numbers["steps"]:F0} to '{zooFolder}'"));
    }
}
