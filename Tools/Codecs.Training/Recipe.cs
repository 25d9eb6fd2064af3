using Codecs.Training.LanguageCodec;
using Codecs.Training.Mlicv2;
using Codecs.Training.Nirvana;
using Codecs.Training.Squeeze3d;
using Codecs.Training.Vqgan;
using Codecs.Training.Walloc;

namespace Codecs.Training;

/// <summary>How a shipped model is made.</summary>
/// <param name="Name">Name of the model in the zoo.</param>
/// <param name="Data">What it is trained on, in a word: photographs, music.</param>
/// <param name="Run">Trains until the time is used up or the token says stop; tells the log what happens.</param>
/// <param name="Export">Writes weights and card out of the newest checkpoint to a zoo folder such as Models/Zoo/mlicv2.</param>
public sealed record Recipe(
    string Name, string Data, Action<TrainingOptions, Action<string>, CancellationToken> Run, Action<TrainingOptions, string, Action<string>> Export)
{
    private const string Photographs = "photographs", Music = "music", Speech = "speech", Videos = "videos and photographs", Models = "3D models";

    /// <summary>Whether <see cref="TrainingOptions.Start"/> is obeyed.</summary>
    public bool CanStart { get; private init; }

    /// <summary>All recipes.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(Mlicv2Recipe.Model, Photographs, (options, log, stop) => new Mlicv2Recipe(options, log).Run(stop), Mlicv2Release.Export),
        new(WallocImageRecipe.Model, Photographs, (options, log, stop) => new WallocImageRecipe(options, log).Run(stop), WallocImageRelease.Export),
        new(WallocAudioRecipe.Model, Music, (options, log, stop) => new WallocAudioRecipe(options, log).Run(stop), WallocAudioRelease.Export),
        new(SpeechRecipe.Model, Speech, (options, log, stop) => new SpeechRecipe(options, log).Run(stop), SpeechRelease.Export),
        new(VqxRecipe.Model, Photographs, (options, log, stop) => new VqxRecipe(options, log).Run(stop), VqxRelease.Export),
        new(Squeeze3dRecipe.Model, Models, (options, log, stop) => new Squeeze3dRecipe(options, log).Run(stop), Squeeze3dRelease.Export),
        new(NirvanaRecipe.Model, Videos, (options, log, stop) => new NirvanaRecipe(options, log).Run(stop), NirvanaRelease.Export) { CanStart = true },
    ];
}
