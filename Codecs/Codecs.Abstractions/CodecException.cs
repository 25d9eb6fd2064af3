namespace Codecs;

/// <summary>The root of all errors that data, models or media can cause; the caller's own mistakes are <see cref="ArgumentException"/>s.</summary>
public class CodecException : Exception
{
    /// <summary>Creates the error with a message that says what was found, where, and what to do.</summary>
    public CodecException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The bytes are damaged, truncated or not what they claim to be.</summary>
public sealed class InvalidBitstreamException : CodecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found and what was expected.</param>
    /// <param name="offset">Byte offset in the file where the fault was noticed, or null when it has none.</param>
    /// <param name="inner">The cause, if another error led here.</param>
    public InvalidBitstreamException(string message, long? offset = null, Exception? inner = null)
        : base(offset is { } at ? $"{message} (at byte {at})" : message, inner) => Offset = offset;

    /// <summary>Byte offset in the file where the fault was noticed, or null when it has none.</summary>
    public long? Offset { get; }
}

/// <summary>The file is well formed but needs a feature or a version that this build does not have.</summary>
public sealed class UnsupportedBitstreamException(string message) : CodecException(message);

/// <summary>The file is larger than the limits in force allow; nothing was allocated.</summary>
public sealed class LimitExceededException(string message) : CodecException(message);

/// <summary>The weights that are needed are missing or damaged, or other weights were found.</summary>
public sealed class ModelMismatchException(string message, Exception? inner = null) : CodecException(message, inner);

/// <summary>A media file (picture, sound, video, mesh) cannot be read or written.</summary>
public sealed class MediaException(string message, Exception? inner = null) : CodecException(message, inner);

/// <summary>A requested target (bytes, quality) cannot be reached for this input.</summary>
public sealed class TargetUnreachableException(string message) : CodecException(message);
