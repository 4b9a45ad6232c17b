using ITwinOrleans.Api;
using ITwinOrleans.Api.Hosting;

return await ITwinApi.RunAsync(args, builder => builder.AddITwinApi().AddITwinProcess());
