using System.Globalization;
using Npgsql;

namespace Amble.App.Sql.Postgres;

/// <summary>One connection for one step at a time, opened when it is needed and given up after any trouble. The server ends what takes too long.</summary>
/// <param name="patience">Longest that one sentence may take, waiting for locks included.</param>
internal sealed class PatientConnection(NpgsqlDataSource source, TimeSpan patience) : IDisposable
{
    private readonly Lock _gate = new();
    private NpgsqlConnection? _open;
    private NpgsqlTransaction? _transaction;

    public T Use<T>(Func<PatientConnection, T> step)
    {
        lock (_gate)
        {
            try
            {
                _open ??= Open();
                return step(this);
            }
            catch (NpgsqlException)
            {
                Drop();
                throw;
            }
        }
    }

    /// <summary>Does several sentences in one transaction; what is not committed when they are over has not happened.</summary>
    public T Together<T>(Func<(T Answer, bool Commit)> sentences)
    {
        using var transaction = _open!.BeginTransaction();
        _transaction = transaction;
        try
        {
            var (answer, commit) = sentences();
            if (commit) transaction.Commit();
            return answer;
        }
        finally
        {
            _transaction = null;
        }
    }

    /// <returns>How many rows it changed.</returns>
    public int Change(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row; null when there is none.</returns>
    public object? Ask(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is { } answer and not DBNull ? answer : null;
    }

    /// <returns>The columns of the first row; null when there is none.</returns>
    public object[]? Row(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        using var row = command.ExecuteReader();
        if (!row.Read()) return null;
        var columns = new object[row.FieldCount];
        row.GetValues(columns);
        return columns;
    }

    public void Dispose()
    {
        lock (_gate) Drop();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, _open, _transaction);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private NpgsqlConnection Open()
    {
        var connection = source.OpenConnection();
        var most = ((int)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        using var session = new NpgsqlCommand(
            $"SET statement_timeout = {most}; SET lock_timeout = {most}; SET idle_in_transaction_session_timeout = {most}", connection);
        session.ExecuteNonQuery();
        return connection;
    }

    private void Drop()
    {
        _open?.Dispose();
        _open = null;
    }
}
