using System.Reflection;
using System.Security.Cryptography;

namespace Codecs.Evaluation;

/// <summary>Says whether code is the same as in an earlier run.</summary>
internal static class BuildStamp
{
    private const string Family = "Codecs.";

    /// <summary>A hash over an assembly of this suite and all of the suite that it uses: compilation is deterministic, so equal code has equal module ids.</summary>
    /// <param name="assembly">The assembly.</param>
    public static string Of(Assembly assembly)
    {
        var seen = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        Gather(assembly, seen);
        return Convert.ToHexStringLower(SHA256.HashData([.. seen.Values.SelectMany(id => id.ToByteArray())]).AsSpan(0, 16));
    }

    private static void Gather(Assembly assembly, SortedDictionary<string, Guid> seen)
    {
        if (!seen.TryAdd(assembly.FullName!, assembly.ManifestModule.ModuleVersionId))
        {
            return;
        }

        foreach (AssemblyName used in assembly.GetReferencedAssemblies().Where(n => n.Name!.StartsWith(Family, StringComparison.Ordinal)))
        {
            Gather(Assembly.Load(used), seen);
        }
    }
}
