namespace Codecs.Evaluation;

/// <summary>Reads media of one kind and measures what a codec makes of them.</summary>
internal interface IMeter<TMedia, TItem, TMeasurement>
{
    /// <summary>Says which measures are taken where there is a choice: kept measurements of another variant are of no use.</summary>
    string Variant { get; }

    /// <summary>Reads a file and brings it into the form that every codec gets.</summary>
    /// <exception cref="CodecException">It cannot be read or measured.</exception>
    (TItem Item, TMedia Media) Read(string file);

    /// <summary>What a codec gets before it is timed for the first time: the medium, or less where encoding takes long.</summary>
    TMedia ForWarmUp(TMedia media) => media;

    /// <summary>Encodes, decodes and compares.</summary>
    /// <exception cref="CodecException">The codec cannot hold the medium, or does not give it back.</exception>
    TMeasurement Measure(IMediaContender<TMedia> contender, double setting, TMedia media, CancellationToken cancellation);
}
