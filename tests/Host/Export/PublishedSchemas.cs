using System.Xml;
using System.Xml.Schema;
using NJsonSchema;
using Xunit;

namespace Amble.Host.Specs.Export;

/// <summary>The formats as those who made them say they are: see Schemas and THIRD-PARTY-NOTICES.md.</summary>
internal static class PublishedSchemas
{
    private static readonly Lazy<Task<JsonSchema>> _sarif = new(ReadSarifAsync);

    /// <summary>Fails with every fault in the SARIF 2.1.0 text.</summary>
    public static async Task CheckSarifAsync(string text) =>
        Assert.Empty((await _sarif.Value).Validate(text).Select(fault => $"{fault.Path}: {fault.Kind}"));

    /// <summary>Fails with every fault in the JUnit XML text.</summary>
    public static void CheckJunit(string text)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, DtdProcessing = DtdProcessing.Prohibit };
        using (var xsd = XmlReader.Create(Open("jenkins-junit.xsd")))
        {
            settings.Schemas.Add(null, xsd);
        }
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        using var xml = XmlReader.Create(new StringReader(text), settings);
        while (xml.Read())
        {
            // Reading judges.
        }
        Assert.Empty(faults);
    }

    private static async Task<JsonSchema> ReadSarifAsync()
    {
        using var text = new StreamReader(Open("sarif-2.1.0-rtm.5.json"));
        return await JsonSchema.FromJsonAsync(await text.ReadToEndAsync());
    }

    private static Stream Open(string name) => typeof(PublishedSchemas).Assembly.GetManifestResourceStream("Amble.Schemas." + name)!;
}
