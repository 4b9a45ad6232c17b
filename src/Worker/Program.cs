// The engine is plugged in here with its handler; without one there is nothing to host.
Console.Error.WriteLine("This build of the worker hosts no engine.");
return 1;
