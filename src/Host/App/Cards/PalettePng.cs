using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Amble.App.Cards;

/// <summary>
/// Writes a palette picture as PNG (W3C PNG, third edition): colour type 3, eight bits, no filter, one IDAT. On flat pictures no filter beats
/// every other in time and size. Only runs of one colour are matched (zlib's strategy for such pictures): measured, that takes half the time of
/// searching for matches at a like size, and it does not depend on how a processor searches, so the same pixels give the same bytes everywhere.
/// </summary>
public static class PalettePng
{
    private const int HeaderLength = 13;

    private static readonly ZLibCompressionOptions Runs = new() { CompressionLevel = 3, CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding };

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="indices">Row by row, one byte a pixel.</param>
    /// <param name="colours">0xRRGGBB by index.</param>
    public static byte[] Write(ReadOnlySpan<byte> indices, int width, int height, IReadOnlyList<int> colours)
    {
        using var file = new MemoryStream(64 * 1024);
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, Header(width, height));
        WriteChunk(file, "PLTE"u8, Palette(colours));
        WriteChunk(file, "IDAT"u8, Compressed(indices, width, height));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits an index
        header[9] = 3; // palette
        return header;
    }

    private static byte[] Palette(IReadOnlyList<int> colours)
    {
        var palette = new byte[colours.Count * 3];
        for (var i = 0; i < colours.Count; i++)
        {
            palette[i * 3] = (byte)(colours[i] >> 16);
            palette[i * 3 + 1] = (byte)(colours[i] >> 8);
            palette[i * 3 + 2] = (byte)colours[i];
        }
        return palette;
    }

    // A byte before each row names its filter: none. The rows are put together first.
    private static ReadOnlySpan<byte> Compressed(ReadOnlySpan<byte> indices, int width, int height)
    {
        var rows = ArrayPool<byte>.Shared.Rent((width + 1) * height);
        for (var y = 0; y < height; y++)
        {
            var row = rows.AsSpan(y * (width + 1), width + 1);
            row[0] = 0;
            indices.Slice(y * width, width).CopyTo(row[1..]);
        }
        var packed = new MemoryStream(64 * 1024);
        using (var zlib = new ZLibStream(packed, Runs, leaveOpen: true)) zlib.Write(rows, 0, (width + 1) * height);
        ArrayPool<byte>.Shared.Return(rows);
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(content);
        var crc = new Crc32();
        crc.Append(kind);
        crc.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
