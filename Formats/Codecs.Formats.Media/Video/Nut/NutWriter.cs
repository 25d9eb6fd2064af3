using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using static Codecs.Formats.Media.NutFormat;

namespace Codecs.Formats.Media;

/// <summary>Writes uncompressed frames as a NUT stream for ffmpeg to read.</summary>
internal sealed class NutWriter
{
    /// <summary>Times are written in full, so the low bits need no room.</summary>
    private const int TimeShift = 1;

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _packet = new();

    /// <summary>Writes the headers.</summary>
    /// <param name="stream">What ffmpeg reads.</param>
    /// <param name="fourCc">The pixel format, four bytes.</param>
    /// <param name="format">Size and shape of the frames.</param>
    /// <param name="clock">The unit of the times.</param>
    /// <param name="frameRate">The rate to tell of; times count.</param>
    public NutWriter(Stream stream, ReadOnlySpan<byte> fourCc, VideoFormat format, FrameClock clock, FrameClock frameRate)
    {
        _stream = stream;
        stream.Write(FileId);
        // version 3, one stream, distances, one time base
        Numbers(3, 1, 65535, 1, clock.Denominator, clock.Numerator);
        // Code 0 spells everything out; no other code is used.
        Numbers((long)FrameFlags.Coded, 6, 1, 1, 0, 0, 0, 1);
        Numbers((long)FrameFlags.Invalid, 6, 1, 1, 0, 0, 0, 254);
        // No elided headers.
        Numbers(0);
        Flush(MainStart);

        // stream 0, video
        Numbers(0, 0, fourCc.Length);
        _packet.Write(fourCc);
        // time base 0, distance, no reordering, no flags, no codec data
        Numbers(0, TimeShift, 0, 0, 0, 0);
        Numbers(format.Width, format.Height, format.PixelAspect.Width, format.PixelAspect.Height, 0);
        Flush(StreamStart);

        // about stream 0, no chapter; one entry, a string (-1, whose code is 2)
        Numbers(1, 0, 0, 0, 1);
        Text("r_frame_rate");
        Numbers(2);
        Text($"{frameRate.Numerator}/{frameRate.Denominator}");
        Flush(InfoStart);
    }

    /// <summary>Writes what comes before a frame's bytes.</summary>
    /// <param name="time">When it is shown, in ticks, not negative.</param>
    /// <param name="size">Its bytes.</param>
    public void BeginFrame(long time, long size)
    {
        // Every frame is a point of entry, with itself as the last key frame.
        Numbers(time, 0);
        Flush(SyncStart);
        Numbers(0, (long)(FrameFlags.Key | FrameFlags.CodedTime | FrameFlags.SizeMsb | FrameFlags.Checksum), time + (1 << TimeShift), size);
        WriteChecked(_packet.WrittenSpan);
        _packet.ResetWrittenCount();
    }

    private void Text(string text)
    {
        Numbers(text.Length);
        _packet.Write(Encoding.ASCII.GetBytes(text));
    }

    private void Numbers(params ReadOnlySpan<long> values)
    {
        foreach (long value in values)
        {
            int groups = 1;
            while (groups < 9 && value >> (7 * groups) != 0)
            {
                groups++;
            }

            for (int i = groups - 1; i >= 0; i--)
            {
                _packet.Write([(byte)(((value >> (7 * i)) & 0x7F) | (i > 0 ? 0x80L : 0))]);
            }
        }
    }

    private void Flush(ulong start)
    {
        byte[] body = _packet.WrittenSpan.ToArray();
        _packet.ResetWrittenCount();
        Span<byte> code = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(code, start);
        _packet.Write(code);
        // The length counts the checksum; no packet here is long enough to need one of its header.
        Numbers(body.Length + sizeof(uint));
        _stream.Write(_packet.WrittenSpan);
        _packet.ResetWrittenCount();
        WriteChecked(body);
    }

    private void WriteChecked(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        Span<byte> sum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(0, bytes));
        _stream.Write(sum);
    }
}
