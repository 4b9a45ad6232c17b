using ITwinOrleans.Api;

WebApplicationBuilder builder = ITwinApi.CreateBuilder(args);
builder.AddITwinApi();
return await builder.RunITwinApiAsync();
