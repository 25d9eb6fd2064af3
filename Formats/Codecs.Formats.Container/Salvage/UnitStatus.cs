namespace Codecs.Formats.Container;

/// <summary>What became of a unit.</summary>
public enum UnitStatus
{
    /// <summary>Its bytes are good. Whether it decodes, only decoding tells.</summary>
    Ok,

    /// <summary>Its bytes are there but wrong.</summary>
    Damaged,

    /// <summary>The file counted it, and no trace of it was found.</summary>
    Missing,

    /// <summary>Its bytes are good, but the weights, or the chunk that names them, are not there. For missing weights set by whoever decodes.</summary>
    ModelMissing,

    /// <summary>Its bytes are good and its content check fails: other arithmetic or other weights than the writer's. Set by whoever decodes.</summary>
    NotDeterministic,
}
