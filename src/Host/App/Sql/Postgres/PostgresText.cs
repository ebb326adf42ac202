using System.Text;
using System.Text.RegularExpressions;

namespace Amble.App.Sql.Postgres;

/// <summary>
/// The common text of a statement as PostgreSQL wants it: values are <c>$1</c>, and the hints by which SQLite is told its index by hand
/// are left out, since they mean nothing here.
/// </summary>
internal static partial class PostgresText
{
    public static string Of(string sql)
    {
        var plain = Hint().Replace(sql, "");
        var text = new StringBuilder(plain.Length + 16);
        var (inQuotes, values) = (false, 0);
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] == '\'') inQuotes = !inQuotes;
            if (inQuotes || plain[i] != '?')
            {
                text.Append(plain[i]);
                continue;
            }
            text.Append('$');
            if (i + 1 == plain.Length || !char.IsAsciiDigit(plain[i + 1])) text.Append(++values);
        }
        return text.ToString();
    }

    [GeneratedRegex(@" (NOT INDEXED|INDEXED BY \w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Hint();
}
