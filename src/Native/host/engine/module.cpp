#include "engine/module.h"

#include <dlfcn.h>

namespace itwin {
namespace {
napi_module* registered = nullptr;

/// The add-on looks the N-API functions up in the process's global symbols, but a library that .NET loaded has only local ones.
bool makeOwnSymbolsGlobal(Engine& engine) {
    Dl_info info;
    if (dladdr(reinterpret_cast<void*>(&makeOwnSymbolsGlobal), &info) && dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_GLOBAL)) return true;
    // Linked into an executable (the tests): the symbols are global already.
    if (dlsym(RTLD_DEFAULT, "napi_module_register")) return true;
    engine.raiseError("the N-API functions could not be made visible to the native library");
    return false;
}
} // namespace

Ref<Object> loadModule(Engine& engine, const char* path) {
    if (!makeOwnSymbolsGlobal(engine)) return {};
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char* reason = dlerror();
        engine.raiseError(std::string("the native library could not be loaded: ") + (reason ? reason : "no reason given"));
        return {};
    }
    auto initialise = registered ? registered->nm_register_func
                                 : reinterpret_cast<napi_addon_register_func>(dlsym(library, "napi_register_module_v1"));
    if (!initialise) {
        engine.raiseError("the library is no Node add-on: it registers no module");
        return {};
    }
    const HandleScope scope(engine.handles());
    const napi_value exports = engine.handles().push(Ref<Object>(new Object()));
    napi_value returned = nullptr;
    engine.guarded([&] { returned = initialise(engine.env(), exports); });
    if (engine.pending()) return {};
    const Value& result = valueOf(returned ? returned : exports);
    return result.isObject() ? Ref<Object>(&result.asObject()) : Ref<Object>();
}

} // namespace itwin

void napi_module_register(napi_module* module) { itwin::registered = module; }
