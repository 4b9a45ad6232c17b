#include "engine/promise.h"
#include "napi/napi_support.h"

using namespace itwin;

struct napi_deferred__ {
    Ref<Promise> promise;
};

namespace {
napi_status conclude(napi_env env, napi_deferred deferred, napi_value value, void (Promise::*how)(const Value&)) {
    NAPI_ENV(env);
    NAPI_ARG(deferred);
    NAPI_ARG(value);
    const std::unique_ptr<napi_deferred__> owned(deferred);
    (*owned->promise.*how)(valueOf(value));
    return napi_ok;
}
} // namespace

napi_status napi_create_promise(napi_env env, napi_deferred* deferred, napi_value* promise) {
    NAPI_ENV(env);
    NAPI_ARG(deferred);
    NAPI_ARG(promise);
    *deferred = new napi_deferred__{Ref<Promise>(new Promise())};
    *promise = engine.handles().push((*deferred)->promise);
    return napi_ok;
}

napi_status napi_resolve_deferred(napi_env env, napi_deferred deferred, napi_value value) {
    return conclude(env, deferred, value, &Promise::resolve);
}

napi_status napi_reject_deferred(napi_env env, napi_deferred deferred, napi_value reason) {
    return conclude(env, deferred, reason, &Promise::reject);
}

napi_status napi_is_promise(napi_env env, napi_value value, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    *result = valueOf(value).as<Promise>() != nullptr;
    return napi_ok;
}
