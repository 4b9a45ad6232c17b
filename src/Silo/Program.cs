using ITwinOrleans.Silo;

return await SiloHost.CreateBuilder(args).RunSiloAsync();
