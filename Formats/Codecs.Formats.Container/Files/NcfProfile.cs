namespace Codecs.Formats.Container;

/// <summary>The two forms of one format.</summary>
public enum NcfProfile
{
    /// <summary>A header of 5 to 11 bytes, then one payload up to the end of the file.</summary>
    Tiny,

    /// <summary>A signature, then checksummed chunks up to END.</summary>
    Full,
}
