using ITwinOrleans.Api;
using ITwinOrleans.Api.Hosting;

WebApplicationBuilder builder = ITwinApi.CreateBuilder(args);
builder.AddITwinApi();
builder.AddITwinSilo();
return await builder.RunITwinApiAsync();
