using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Tells players of an MP4 or MOV file to turn its pictures: ffmpeg's options for it have changed with every version.</summary>
/// <remarks>ISO/IEC 14496-12, 6.2.2 and 8.3.2: the matrix of the first track's header, nine numbers, of which the first eight matter here.</remarks>
internal static class MovieMatrix
{
    private const int One = 1 << 16;

    /// <summary>Sets the matrix of the first track, which is the video's.</summary>
    /// <param name="path">A file that ffmpeg has just written, with its index first.</param>
    /// <param name="degrees">A quarter turn clockwise, or two, or three.</param>
    /// <param name="width">Columns as coded.</param>
    /// <param name="height">Rows as coded.</param>
    /// <exception cref="MediaException">There is no such track.</exception>
    public static void Turn(string path, int degrees, int width, int height)
    {
        int[] matrix = degrees switch
        {
            90 => [0, One, 0, -One, 0, 0, height * One, 0],
            180 => [-One, 0, 0, 0, -One, 0, width * One, height * One],
            _ => [0, -One, 0, One, 0, 0, 0, width * One],
        };
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        long end = file.Length;
        foreach (string box in (string[])["moov", "trak", "tkhd"])
        {
            end = Enter(file, box, end);
        }

        Span<byte> bytes = stackalloc byte[4 * matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes[(4 * i)..], matrix[i]);
        }

        // Version 1 has three times of eight bytes where version 0 has four; then come reserved bytes, layer, group and volume.
        bool isLong = file.ReadByte() == 1;
        file.Position += 3 + (isLong ? 32 : 20) + 16;
        file.Write(bytes);
    }

    /// <summary>Goes to the content of the next box of a type, and returns its end.</summary>
    private static long Enter(FileStream file, string type, long end)
    {
        Span<byte> head = stackalloc byte[8];
        while (file.Position + head.Length <= end)
        {
            long start = file.Position;
            file.ReadExactly(head);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (System.Text.Encoding.ASCII.GetString(head[4..]) == type)
            {
                return start + size;
            }

            // Only the samples' own box, which comes after the index, is ever longer than 32 bits tell.
            file.Position = size >= head.Length ? start + size : end;
        }

        throw new MediaException($"The file that ffmpeg made has no '{type}' where it belongs.");
    }
}
