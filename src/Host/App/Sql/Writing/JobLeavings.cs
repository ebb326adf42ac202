namespace Amble.App.Sql.Writing;

/// <summary>
/// What is left of a job when its last visit has gone and what goes then, each table by a statement that takes as many rows as it is told.
/// Its row, its sums and its report stay; so does the mark that its sums are complete.
/// </summary>
internal static class JobLeavings
{
    public static IReadOnlyList<string> Deletes { get; } =
    [
        Delete("visit_order", "sort, class, value, page_id", "sort > 0"),
        Delete("sitemaps", "page_id"),
        Delete("trap_counts", "key"),
        Delete("frontier", "page_id"),
    ];

    private static string Delete(string table, string key, string? only = null)
    {
        var where = only is null ? "" : $" AND {only}";
        return $"DELETE FROM {table} WHERE job_id = ?1{where} AND ({key}) IN (SELECT {key} FROM {table} WHERE job_id = ?1{where} LIMIT ?2)";
    }
}
