using ITwinOrleans.Worker.Hosting;
using ITwinOrleans.Worker.IModels;
using Microsoft.Extensions.Logging;

using var loggers = new ErrorOutputLoggers(LogLevel.Warning);
return await WorkerProcessHost.RunAsync(args, BackendWorker.CreateFactory(loggers, BackendSettings.Read()));
