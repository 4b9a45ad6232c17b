using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>
/// The channel <c>itwin-orleans/edit</c>, for apps that have no backend of their own: <c>insertElement(key, props)</c> and so on, for elements, models,
/// aspects and relationships. All of it is staged until <c>saveChanges</c>.
/// </summary>
internal sealed class EditFunctions(IpcCalls calls)
{
    private static readonly string[] Actions = ["insert", "update", "delete"], Entities = ["Element", "Model", "Aspect", "Relationship"];

    /// <summary>Runs a method.</summary>
    /// <returns>The id of what was inserted, or nothing.</returns>
    public async Task<JsonNode?> InvokeAsync(string method, IpcArguments arguments, CancellationToken cancellationToken)
    {
        string action = Actions.FirstOrDefault(action => method.StartsWith(action, StringComparison.Ordinal)) ?? "";
        string entity = method[action.Length..];
        if (action.Length == 0 || !Entities.Contains(entity))
            throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"The channel {IpcChannels.Edit} has no method \"{method}\".");
        JsonObject operation = Operation(action, entity, arguments);
        using IpcTurn turn = await calls.EnterAsync(arguments.Text(0), cancellationToken).ConfigureAwait(false);
        return await calls.StageAsync(turn.IModel, operation, cancellationToken).ConfigureAwait(false);
    }

    // Relationships are deleted by class and id, everything else by id.
    private static JsonObject Operation(string action, string entity, IpcArguments arguments)
    {
        var operation = new JsonObject { ["action"] = action, ["entity"] = entity.ToLowerInvariant() };
        if (action == "delete" && entity != "Relationship")
            operation["id"] = arguments.Text(1);
        else
            operation["props"] = JsonObject.Create(arguments.Object(1));
        return operation;
    }
}
