using ITwinOrleans.Worker.Hosting;
using ITwinOrleans.Worker.TestWorker;

// "parent ..." is a process in between, whose death is to end the worker that it starts.
return args is ["parent", ..] ? await IntermediateParent.RunAsync(args[1..])
    : args.Contains(RogueWorker.Argument) ? await RogueWorker.RunAsync(args)
    : await WorkerProcessHost.RunAsync(args, (events, _) => TestHandler.CreateAsync(events, args));
