using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Amble.Host.Specs.Cards;

/// <summary>A PNG read back by the standard (W3C PNG, third edition), strictly, and apart from what wrote it: 0xRRGGBB for each pixel.</summary>
internal sealed record DecodedPng(int Width, int Height, int[] Pixels, IReadOnlyList<string> Chunks)
{
    public static DecodedPng Read(byte[] file)
    {
        if (!file.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[137, 80, 78, 71, 13, 10, 26, 10])) throw new InvalidDataException("No PNG.");
        var chunks = new List<string>();
        int width = 0, height = 0;
        byte[] palette = [], rows = [];
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var kind = Encoding.ASCII.GetString(file, at + 4, 4);
            var content = file.AsSpan(at + 8, length);
            if (Crc(file.AsSpan(at + 4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length))) throw new InvalidDataException($"The checksum of {kind} is wrong.");
            chunks.Add(kind);
            switch (kind)
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]));
                    if (!content[8..].SequenceEqual((ReadOnlySpan<byte>)[8, 3, 0, 0, 0])) throw new InvalidDataException("No palette picture of eight bits.");
                    break;
                case "PLTE": palette = content.ToArray(); break;
                case "IDAT":
                    using (var zlib = new ZLibStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress))
                    using (var whole = new MemoryStream())
                    {
                        zlib.CopyTo(whole);
                        rows = whole.ToArray();
                    }
                    break;
            }
            at += length + 12;
        }
        if (rows.Length != (width + 1) * height) throw new InvalidDataException($"{rows.Length} bytes are no {width} × {height} pixels.");
        var pixels = new int[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = rows.AsSpan(y * (width + 1), width + 1);
            if (row[0] != 0) throw new InvalidDataException($"Row {y} has filter {row[0]}.");
            for (var x = 0; x < width; x++)
            {
                var colour = palette.AsSpan(row[x + 1] * 3, 3);
                pixels[y * width + x] = colour[0] << 16 | colour[1] << 8 | colour[2];
            }
        }
        return new DecodedPng(width, height, pixels, chunks);
    }

    // As in the standard's annex, bit by bit.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }
}
