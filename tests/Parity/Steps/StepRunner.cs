using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;
using ITwinOrleans.Parity.Tests.List;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>Carries out steps with the engine, on its thread.</summary>
internal sealed class StepRunner(CallScope scope)
{
    private static readonly TimeSpan CallbackTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The canonical result of a step.</summary>
    public async Task<JsonObject> RunAsync(CallStep step, IReadOnlyList<string> masks)
    {
        var result = new JsonObject { ["id"] = step.Id };
        scope.BeginStep();
        scope.Canonical.BytesAsJson = step.Json["bytesAsJson"] is not null;
        try
        {
            JsonNode? value = await CarryOutAsync(step.Json);
            foreach (Task wait in scope.Waits)
                await WaitAsync(wait, step.Id);
            result["value"] = value;
        }
        catch (NativeException error)
        {
            result["error"] = scope.Canonical.Of(error);
        }
        catch (ListException error)
        {
            result["unexpected"] = error.Message;
        }

        if (scope.Callbacks.Count > 0)
            result["callbacks"] = scope.Callbacks;
        if (result.ContainsKey("error") != step.ExpectsError)
            result["unexpected"] ??= step.ExpectsError ? "an error was expected" : "no error was expected";
        foreach (string mask in masks.Concat(step.Masks))
            JsonPointers.Mask(result, mask);
        return result;
    }

    private static async Task WaitAsync(Task wait, string id)
    {
        try
        {
            await wait.WaitAsync(CallbackTimeout);
        }
        catch (TimeoutException)
        {
            throw new ListException($"{id} was not called back within {CallbackTimeout}");
        }
    }

    private async Task<JsonNode?> CarryOutAsync(JsonObject step)
    {
        if (step["ecsql"] is JsonObject ecsql)
            return new WholeStatements(scope).Ecsql(ecsql);
        if (step["sqlite"] is JsonObject sqlite)
            return new WholeStatements(scope).Sqlite(sqlite);
        if (step["changes"] is JsonObject changes)
            return new WholeChangesets(scope).Read(changes);
        if (step["hash"] is { } hashed)
            return CanonicalJson.OfBinary(File.ReadAllBytes(scope.PathOf(Text(hashed))));
        if (step["list"] is { } listed)
            return ListFolder(scope.PathOf(Text(listed)));
        if (step["new"] is { } className)
        {
            NativeObject created = scope.Platform.Construct(Text(className), scope.Arguments.ReadAll(step["args"]));
            scope.Bind(Text(step["bind"]!), new BoundValue(created, null, null, false));
            return new JsonObject { ["$object"] = true };
        }

        if (WorkOnFiles(step))
            return new JsonObject { ["$undefined"] = true };
        if (step["asObject"] is not null)
        {
            NativeObject plain = scope.Receiver(Text(step["on"]!)).CallForObject(Text(step["call"]!), scope.Arguments.ReadAll(step["args"]));
            scope.Bind(Text(step["bind"]!), new BoundValue(plain, null, null, false));
            return new JsonObject { ["$object"] = true };
        }

        using NativeResult result = await CallAsync(step);
        if (step["bind"] is { } name)
            scope.Bind(Text(name), BoundValue.From(result));
        else
            result.Object?.Dispose();
        return scope.Canonical.Of(result);
    }

    private bool WorkOnFiles(JsonObject step)
    {
        if (step["write"] is JsonObject write)
            FileSteps.Write(scope, write);
        else if (step["copy"] is { } copy)
            File.Copy(scope.Arguments.ReadText(copy["from"]), scope.PathOf(Text(copy["to"]!)), overwrite: true);
        else if (step["mkdir"] is { } folder)
            Directory.CreateDirectory(scope.PathOf(Text(folder)));
        else
            return false;
        return true;
    }

    private static JsonArray ListFolder(string path) =>
        new([.. Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(name => (JsonNode?)name)]);

    private async Task<NativeResult> CallAsync(JsonObject step)
    {
        if (step["domain"] is JsonObject domain)
            return scope.Receiver(Text(step["on"]!)).Call("setIModelDb", RecordingDomain.Create(scope, domain));
        if (step["static"] is { } owner)
        {
            using NativeObject native = scope.Platform.Get(Text(owner), asObject: true).Object!;
            return await native.CallAsync(Text(step["call"]!), scope.Arguments.ReadAll(step["args"]));
        }

        NativeObject target = step["on"] is { } on ? scope.Receiver(Text(on)) : scope.Platform;
        if (step["get"] is { } property)
            return await target.GetAsync(Text(property));
        return await target.CallAsync(Text(step["call"]!), scope.Arguments.ReadAll(step["args"]));
    }

    private static string Text(JsonNode json) => json.GetValue<string>();
}
