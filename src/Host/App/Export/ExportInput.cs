using Amble.App.Http;
using Amble.Messages;

namespace Amble.App.Export;

/// <summary>What is exported into one file.</summary>
/// <param name="Jobs">As they stood when the export began; of a job under way the sums may lag behind its pages.</param>
/// <param name="Only">Keeps pages of one class; null keeps all.</param>
/// <param name="Baseline">What was broken before; null when nobody asked.</param>
public sealed record ExportInput(IExportSource Source, IReadOnlyList<JobSummary> Jobs, StatusClass? Only, BaselineComparison? Baseline)
{
    /// <summary>Pages of this class are part of the export.</summary>
    public bool Takes(StatusClass @class) => Only is null || Only == @class;
}
