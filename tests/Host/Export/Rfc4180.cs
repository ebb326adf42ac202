using System.Text;

namespace Amble.Host.Specs.Export;

/// <summary>A strict reader of RFC 4180: records end with CRLF, all are of one length, quotes stand only where they may.</summary>
internal static class Rfc4180
{
    public static List<List<string>> Read(string text)
    {
        var records = new List<List<string>>();
        var at = 0;
        while (at < text.Length)
        {
            var record = new List<string>();
            do
            {
                record.Add(ReadField(text, ref at));
            }
            while (text[at++] == ',');
            if (text[at - 1] != '\r' || text[at++] != '\n')
            {
                throw new FormatException($"No CRLF ends the record before character {at}.");
            }
            records.Add(record);
        }
        return records.TrueForAll(record => record.Count == records[0].Count) ? records : throw new FormatException("The records are not of one length.");
    }

    private static string ReadField(string text, ref int at)
    {
        var field = new StringBuilder();
        if (text[at] != '"')
        {
            for (; text[at] is not (',' or '\r' or '\n'); at++)
            {
                field.Append(text[at] == '"' ? throw new FormatException($"A quote stands bare at character {at}.") : text[at]);
            }
            return field.ToString();
        }
        for (at++; text[at] != '"' || text[at + 1] == '"'; at++)
        {
            at += text[at] == '"' ? 1 : 0;
            field.Append(text[at]);
        }
        at++;
        return text[at] is ',' or '\r' ? field.ToString() : throw new FormatException($"Something follows a closing quote at character {at}.");
    }
}
