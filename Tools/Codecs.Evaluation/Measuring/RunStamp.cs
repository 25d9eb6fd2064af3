using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Codecs.Evaluation;

/// <summary>What a result says about the program and the machine that made it.</summary>
internal static class RunStamp
{
    public static string Software { get; } =
        $"codecs {typeof(RunStamp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public static string Machine { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
}
