namespace Codecs.Cli.Files;

/// <summary>Reads whole inputs, never more than a limit.</summary>
internal static class InputReader
{
    private const int BlockBytes = 1 << 16;

    /// <summary>No input may be larger: 1 GiB.</summary>
    internal const long MaxBytes = 1L << 30;

    /// <exception cref="MediaException">The file is missing or cannot be read.</exception>
    /// <exception cref="LimitExceededException">It is larger than <see cref="MaxBytes"/>.</exception>
    internal static byte[] ReadAll(InputFile input)
    {
        if (input.Content is { } content)
        {
            return content;
        }

        try
        {
            using Stream stream = input.IsStandardInput ? StandardStreams.OpenInput() : File.OpenRead(input.Path);
            return ReadAll(stream, input.DisplayName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"{input.DisplayName} cannot be read: {error.Message}", error);
        }
    }

    // The length of a file may lie (it can grow, be a pipe): the count of bytes that came decides.
    internal static byte[] ReadAll(Stream stream, string name)
    {
        using var buffer = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, MaxBytes) : 0);
        byte[] block = new byte[BlockBytes];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new LimitExceededException($"{name} is larger than {MaxBytes} bytes.");
            }

            buffer.Write(block, 0, read);
        }

        return buffer.Capacity == buffer.Length ? buffer.GetBuffer() : buffer.ToArray();
    }
}
