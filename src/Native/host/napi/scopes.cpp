#include "napi/napi_support.h"

// A scope is the height of the handle stack + 1 as a pointer (so that it is never null). Below an escapable scope lies the slot, in its
// parent's scope, that an escaped value goes to.

using namespace itwin;

namespace {
napi_handle_scope encode(size_t mark) noexcept { return reinterpret_cast<napi_handle_scope>(mark + 1); }
template <class Scope> size_t decode(Scope scope) noexcept { return reinterpret_cast<size_t>(scope) - 1; }
} // namespace

napi_status napi_open_handle_scope(napi_env env, napi_handle_scope* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    *result = encode(engine.handles().mark());
    return napi_ok;
}

napi_status napi_close_handle_scope(napi_env env, napi_handle_scope scope) {
    NAPI_ENV(env);
    NAPI_ARG(scope);
    engine.handles().popTo(decode(scope));
    return napi_ok;
}

napi_status napi_open_escapable_handle_scope(napi_env env, napi_escapable_handle_scope* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    engine.handles().push(Value::null());
    *result = reinterpret_cast<napi_escapable_handle_scope>(encode(engine.handles().mark()));
    return napi_ok;
}

napi_status napi_close_escapable_handle_scope(napi_env env, napi_escapable_handle_scope scope) {
    NAPI_ENV(env);
    NAPI_ARG(scope);
    engine.handles().popTo(decode(scope));
    return napi_ok;
}

napi_status napi_escape_handle(napi_env env, napi_escapable_handle_scope scope, napi_value escapee, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(scope);
    NAPI_ARG(escapee);
    NAPI_ARG(result);
    Value& slot = engine.handles().at(decode(scope) - 1);
    slot = valueOf(escapee);
    *result = reinterpret_cast<napi_value>(&slot);
    return napi_ok;
}
