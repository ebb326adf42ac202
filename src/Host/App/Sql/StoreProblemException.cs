namespace Amble.App.Sql;

/// <summary>The store cannot be opened until somebody does something; the message is one sentence that says what.</summary>
public sealed class StoreProblemException(string message, Exception? inner = null) : Exception(message, inner);
