namespace Codecs.Cli;

/// <summary>What the process returns; of several failures the highest number wins.</summary>
internal static class ExitCode
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;

    /// <summary>An input is missing, corrupt or not supported.</summary>
    internal const int BadInput = 3;

    /// <summary>The output exists already, or is the input.</summary>
    internal const int Refused = 4;

    /// <summary>The weights are missing or others than the file needs.</summary>
    internal const int Model = 5;
    internal const int VerificationFailed = 6;

    /// <summary>Ctrl+C; 143 after SIGTERM.</summary>
    internal const int Interrupted = 130;
    internal const int Terminated = 143;
}
