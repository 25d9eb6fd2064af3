namespace Codecs.Formats.Weights.Torch;

/// <summary>Reads the pickle of a checkpoint: the opcodes that torch.save emits with protocols 2 to 5, and none that names or calls anything else.</summary>
/// <remarks>Opcodes as Python's pickletools documents them. The reader is a loop without recursion, so depth costs heap only.</remarks>
internal static class PickleReader
{
    private const int MaxProtocol = 5;

    /// <summary>Runs a pickle.</summary>
    /// <param name="bytes">The pickle.</param>
    /// <param name="fileOffset">Where it lies in its file, for messages.</param>
    /// <param name="findStorage">Gives the bytes of a storage by its key, null when there is none.</param>
    /// <param name="copyBudget">Most bytes that tensors which do not lie row by row may be copied into.</param>
    /// <returns>The value it leaves; see <see cref="TorchCheckpoint.Root"/>.</returns>
    public static object? Read(ReadOnlyMemory<byte> bytes, long fileOffset, Func<string, ReadOnlyMemory<byte>?> findStorage, long copyBudget)
    {
        PickleInput input = new(bytes, fileOffset);
        PickleMachine machine = new(input, findStorage, copyBudget);
        while (true)
        {
            long at = input.Position;
            byte opcode = input.U8();
            if (opcode == (byte)'.')
            {
                object? result = machine.Pop();
                return machine.IsEmpty ? result : throw machine.Fault("values or marks are left over at its end");
            }

            if (!RunStructure(opcode, input, machine) && !RunScalar(opcode, input, machine))
            {
                throw new UnsupportedBitstreamException($"The checkpoint's pickle uses opcode 0x{opcode:x2} at byte {at}, which torch.save does not emit; nothing was executed.");
            }
        }
    }

    private static bool RunStructure(byte opcode, PickleInput input, PickleMachine machine)
    {
        switch (opcode)
        {
            case 0x80 when input.U8() is var protocol: // PROTO
                return protocol is >= 2 and <= MaxProtocol ? true : throw new UnsupportedBitstreamException($"Pickle protocol {protocol}; 2 to {MaxProtocol} are read.");
            case 0x95: input.U64(); return true; // FRAME: only a hint for buffering
            case (byte)'(': machine.Mark(); return true;
            case (byte)'0': machine.Pop(); return true; // POP
            case (byte)'1': machine.PopMark(); return true; // POP_MARK
            case (byte)'2': machine.Push(machine.Peek()); return true; // DUP
            case (byte)'}': machine.Push(new Dictionary<string, object?>(StringComparer.Ordinal)); return true;
            case (byte)']' or 0x8f: machine.Push(new List<object?>()); return true; // EMPTY_LIST, EMPTY_SET
            case (byte)')': machine.Push(Array.Empty<object?>()); return true;
            case (byte)'t' or 0x91: machine.Push(machine.PopMark()); return true; // TUPLE, FROZENSET
            case 0x85 or 0x86 or 0x87: machine.Push(machine.PopMany(opcode - 0x84)); return true; // TUPLE1 to TUPLE3
            case (byte)'a': machine.Append(machine.PopMany(1)); return true;
            case (byte)'e' or 0x90: machine.Append(machine.PopMark()); return true; // APPENDS, ADDITEMS
            case (byte)'s': machine.SetItems(machine.PopMany(2)); return true;
            case (byte)'u': machine.SetItems(machine.PopMark()); return true;
            case (byte)'q': machine.Put(input.U8()); return true;
            case (byte)'r': machine.Put(input.U32()); return true;
            case 0x94: machine.Put((uint)machine.MemoCount); return true; // MEMOIZE
            case (byte)'h': machine.Get(input.U8()); return true;
            case (byte)'j': machine.Get(input.U32()); return true;
            case (byte)'c': machine.Push(PickleGlobal.Find(input.Line(), input.Line())); return true;
            case 0x93: // STACK_GLOBAL
                machine.Push(machine.PopMany(2) is [string module, string name] ? PickleGlobal.Find(module, name) : throw machine.Fault("a name is no text"));
                return true;
            case (byte)'R' or 0x81: machine.Reduce(); return true; // REDUCE, NEWOBJ
            case 0x92: machine.ReduceNamed(); return true; // NEWOBJ_EX
            case (byte)'b': machine.Build(); return true;
            case (byte)'Q': machine.LoadStorage(); return true; // BINPERSID
            default: return false;
        }
    }

    private static bool RunScalar(byte opcode, PickleInput input, PickleMachine machine)
    {
        switch (opcode)
        {
            case (byte)'N': machine.Push(null); return true;
            case 0x88: machine.Push(true); return true;
            case 0x89: machine.Push(false); return true;
            case (byte)'J': machine.Push((long)input.I32()); return true;
            case (byte)'K': machine.Push((long)input.U8()); return true;
            case (byte)'M': machine.Push((long)input.U16()); return true;
            case 0x8a: machine.Push(input.Integer(input.U8())); return true; // LONG1
            case 0x8b: machine.Push(input.Integer(input.U32())); return true; // LONG4
            case (byte)'G': machine.Push(input.F64()); return true;
            case (byte)'X': machine.Push(input.Text(input.U32())); return true;
            case 0x8c: machine.Push(input.Text(input.U8())); return true; // SHORT_BINUNICODE
            case 0x8d: machine.Push(input.Text(input.U64())); return true; // BINUNICODE8
            case (byte)'B' or (byte)'T': machine.Push(input.Bytes(input.U32())); return true; // BINBYTES, BINSTRING
            case (byte)'C' or (byte)'U': machine.Push(input.Bytes(input.U8())); return true;
            case 0x8e or 0x96: machine.Push(input.Bytes(input.U64())); return true; // BINBYTES8, BYTEARRAY8
            default: return false;
        }
    }
}
