namespace Amble.Behaviours.Ports;

/// <summary>The runtime cannot be started until somebody does something; the message is the sentence for them.</summary>
public sealed class RuntimeProblemException(string message, Exception? inner = null) : Exception(message, inner);
