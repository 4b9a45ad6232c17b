#include "napi/napi_support.h"

using namespace itwin;

namespace itwin {

napi_ref__* makeReference(Object& object, uint32_t count) {
    ObjectExtras& extras = object.extras();
    auto* reference = new napi_ref__{&object, count, extras.references};
    extras.references = reference;
    if (count > 0) object.retain();
    return reference;
}

void deleteReference(napi_ref__* reference) {
    const Ref<Object> object(reference->object);
    if (object) {
        napi_ref__** link = &object->extras().references;
        while (*link != reference) link = &(*link)->next;
        *link = reference->next;
        if (reference->count > 0) object->release();
    }
    delete reference;
}

} // namespace itwin

napi_status napi_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(value).isObject(), napi_invalid_arg);
    *result = makeReference(valueOf(value).asObject(), count);
    return napi_ok;
}

napi_status napi_delete_reference(napi_env env, napi_ref reference) {
    NAPI_ENV(env);
    NAPI_ARG(reference);
    deleteReference(reference);
    return napi_ok;
}

napi_status napi_get_reference_value(napi_env env, napi_ref reference, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(reference);
    NAPI_ARG(result);
    *result = reference->object ? engine.handles().push(reference->object) : nullptr;
    return napi_ok;
}

napi_status napi_wrap(napi_env env, napi_value object, void* native, napi_finalize finalize, void* hint, napi_ref* result) {
    NAPI_ENV(env);
    NAPI_ARG(object);
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    ObjectExtras& extras = valueOf(object).asObject().extras();
    NAPI_EXPECT(!extras.wrapped, napi_invalid_arg);
    extras.wrapped = true;
    extras.wrap = {finalize, native, hint};
    if (result) *result = makeReference(valueOf(object).asObject(), 0);
    return napi_ok;
}

napi_status napi_unwrap(napi_env env, napi_value object, void** result) {
    NAPI_ENV(env);
    NAPI_ARG(object);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    const ObjectExtras* extras = valueOf(object).asObject().extrasIfAny();
    NAPI_EXPECT(extras && extras->wrapped, napi_invalid_arg);
    *result = extras->wrap.data;
    return napi_ok;
}

napi_status napi_remove_wrap(napi_env env, napi_value object, void** result) {
    NAPI_ENV(env);
    NAPI_ARG(object);
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    ObjectExtras* extras = valueOf(object).asObject().extrasIfAny();
    NAPI_EXPECT(extras && extras->wrapped, napi_invalid_arg);
    if (result) *result = extras->wrap.data;
    extras->wrapped = false;
    extras->wrap = {};
    return napi_ok;
}

napi_status napi_add_finalizer(napi_env env, napi_value object, void* data, napi_finalize finalize, void* hint, napi_ref* result) {
    NAPI_ENV(env);
    NAPI_ARG(object);
    NAPI_ARG(finalize);
    NAPI_EXPECT(valueOf(object).isObject(), napi_invalid_arg);
    valueOf(object).asObject().extras().finalizers.push_back({finalize, data, hint});
    if (result) *result = makeReference(valueOf(object).asObject(), 0);
    return napi_ok;
}

napi_status napi_create_external(napi_env env, void* data, napi_finalize finalize, void* hint, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    const Ref<External> external(new External(data));
    if (finalize) external->extras().finalizers.push_back({finalize, data, hint});
    *result = engine.handles().push(external);
    return napi_ok;
}

napi_status napi_get_value_external(napi_env env, napi_value value, void** result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    const auto* external = valueOf(value).as<External>();
    NAPI_EXPECT(external, napi_invalid_arg);
    *result = external->data();
    return napi_ok;
}
