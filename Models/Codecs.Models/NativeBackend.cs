using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Codecs.Models;

/// <summary>Makes libtorch loadable before the first torch call.</summary>
/// <remarks>
/// TorchSharp 0.107's <c>libLibTorchSharp.so</c> names the symbol version GLIBCXX_3.4.32, which the libstdc++ of Debian 12 and
/// Ubuntu 22.04 does not define, although no relocation uses it. Marking that version need as weak (VER_FLG_WEAK, ELF gABI
/// symbol versioning) is enough. The patched copy is private, loaded once and deleted; TorchSharp then finds it by its SONAME.
/// Other systems, and Linux systems with a newer libstdc++, load the library as it is. Every entry to a torch network calls
/// <see cref="EnsureLoaded"/> first; verbs that need no network never pay for it.
/// </remarks>
public static class NativeBackend
{
    private const string Bridge = "libLibTorchSharp.so";
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private static readonly Lock s_gate = new();
    private static bool s_loaded;

    /// <summary>Loads the native libraries once per process; later calls return at once.</summary>
    /// <exception cref="ModelMismatchException">libtorch is not beside the program (built with TorchBackend=none) or cannot be loaded.</exception>
    public static void EnsureLoaded()
    {
        lock (s_gate)
        {
            if (s_loaded)
            {
                return;
            }

            if (OperatingSystem.IsLinux())
            {
                LoadLinux(FindDirectory());
            }

            s_loaded = true;
        }
    }

    /// <summary>Marks every need for <paramref name="version"/> in a 64-bit little-endian ELF image as weak.</summary>
    /// <param name="image">The library file; changed in place.</param>
    /// <param name="version">Symbol version name, for example GLIBCXX_3.4.32.</param>
    /// <returns>The number of entries changed; 0 when the image does not ask for that version or is not such an ELF file.</returns>
    internal static int WeakenVersionNeed(Span<byte> image, string version)
    {
        const uint SectionVersionNeed = 0x6ffffffe; // SHT_GNU_verneed
        if (image.Length < 64 || !image.StartsWith("\u007fELF"u8) || image[4] != 2 || image[5] != 1)
        {
            return 0;
        }

        long sections = (long)BinaryPrimitives.ReadUInt64LittleEndian(image[40..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(image[58..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image[60..]);
        int changed = 0;
        byte[] wanted = Encoding.ASCII.GetBytes(version + "\0");
        for (int i = 0; i < count; i++)
        {
            Span<byte> header = image[(int)(sections + (i * entrySize))..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != SectionVersionNeed)
            {
                continue;
            }

            int link = (int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..]);
            int need = (int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
            int strings = (int)BinaryPrimitives.ReadUInt64LittleEndian(image[(int)(sections + (link * entrySize) + 24)..]);
            changed += WeakenSection(image, need, strings, wanted);
        }

        return changed;
    }

    // Elf64_Verneed: version u16, aux count u16, file u32, aux offset u32, next u32.
    // Elf64_Vernaux: hash u32, flags u16, other u16, name u32, next u32.
    private static int WeakenSection(Span<byte> image, int need, int strings, ReadOnlySpan<byte> wanted)
    {
        int changed = 0;
        while (true)
        {
            Span<byte> entry = image[need..];
            int auxCount = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            int aux = need + (int)BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            for (int k = 0; k < auxCount; k++)
            {
                Span<byte> item = image[aux..];
                if (image[(strings + (int)BinaryPrimitives.ReadUInt32LittleEndian(item[8..]))..].StartsWith(wanted))
                {
                    item[4] |= 2; // VER_FLG_WEAK
                    changed++;
                }

                aux += (int)BinaryPrimitives.ReadUInt32LittleEndian(item[12..]);
            }

            int next = (int)BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
            if (next == 0)
            {
                return changed;
            }

            need += next;
        }
    }

    private static string FindDirectory()
    {
        string[] candidates =
        [
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
            Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
        ];
        return Array.Find(candidates, d => File.Exists(Path.Combine(d, Bridge)) && File.Exists(Path.Combine(d, "libtorch_cpu.so")))
            ?? throw new ModelMismatchException(
                $"libtorch was not found in '{AppContext.BaseDirectory}'. This program was built without networks; " +
                "build it with -p:TorchBackend=cpu (or cuda-linux, cuda-windows).");
    }

    private static void LoadLinux(string directory)
    {
        try
        {
            foreach (string name in (ReadOnlySpan<string>)["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            {
                NativeLibrary.Load(Path.Combine(directory, name));
            }

            string bridge = Path.Combine(directory, Bridge);
            if (!NativeLibrary.TryLoad(bridge, out _))
            {
                LoadPatched(bridge);
            }
        }
        catch (DllNotFoundException e)
        {
            throw new ModelMismatchException($"libtorch in '{directory}' cannot be loaded: {e.Message}");
        }
    }

    private static void LoadPatched(string bridge)
    {
        byte[] image = File.ReadAllBytes(bridge);
        WeakenVersionNeed(image, MissingVersion);
        string folder = Directory.CreateTempSubdirectory("codecs-").FullName;
        string copy = Path.Combine(folder, Bridge);
        try
        {
            File.WriteAllBytes(copy, image);
            NativeLibrary.Load(copy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
