using System.Text.Json.Serialization;
using ITwinOrleans.Backend;

namespace ITwinOrleans.Worker.IModels;

/// <summary>The JSON of the small parts of iModel work (never of an operation's parameters or result).</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenWork))]
[JsonSerializable(typeof(CheckpointWork))]
[JsonSerializable(typeof(HandleWork))]
[JsonSerializable(typeof(DescribeWork))]
[JsonSerializable(typeof(WriteHeader))]
[JsonSerializable(typeof(UndoWork))]
[JsonSerializable(typeof(SessionWork))]
[JsonSerializable(typeof(ReadFeedWork))]
[JsonSerializable(typeof(HistoryWork))]
[JsonSerializable(typeof(NameVersionWork))]
[JsonSerializable(typeof(InvokeHeader))]
[JsonSerializable(typeof(ReplyError))]
[JsonSerializable(typeof(BackendOptions))]
public sealed partial class IModelWorkJson : JsonSerializerContext;
