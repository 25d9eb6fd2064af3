using System.Runtime.Intrinsics;

namespace Codecs.EntropyCoding;

/// <summary>What differs between the instruction sets: how words are dealt out to the lanes that want one, and collected from them.</summary>
internal interface IWordMover
{
    /// <summary>Gives the wanting lanes the first words, in ascending lane order.</summary>
    /// <param name="words">Eight words, zero-extended.</param>
    /// <param name="wanting">All ones where a lane wants a word, else zero.</param>
    /// <param name="bits"><paramref name="wanting"/>, one bit per lane.</param>
    /// <returns>The words of the wanting lanes; anything in the others.</returns>
    Vector256<uint> Deal(Vector256<uint> words, Vector256<uint> wanting, uint bits);

    /// <summary>Moves the elements of the emitting lanes to the upper end, in ascending lane order.</summary>
    /// <param name="words">One element per lane.</param>
    /// <param name="emitting">All ones where a lane emits, else zero.</param>
    /// <param name="bits"><paramref name="emitting"/>, one bit per lane.</param>
    /// <returns>The elements of the emitting lanes last; anything before them.</returns>
    Vector256<uint> Collect(Vector256<uint> words, Vector256<uint> emitting, uint bits);

    /// <summary>The nearest float32 of each element.</summary>
    Vector256<float> ToSingle(Vector256<uint> elements);
}
