#include "napi/napi_support.h"

using namespace itwin;

namespace {

std::vector<Value> valuesOf(const napi_value* handles, size_t count) {
    std::vector<Value> values;
    values.reserve(count);
    for (size_t i = 0; i < count; ++i) values.push_back(handles[i] ? valueOf(handles[i]) : Value());
    return values;
}

/// Adds what a descriptor says to an object; false when the descriptor has no name.
bool addProperty(Engine& engine, Object& object, const napi_property_descriptor& descriptor) {
    Ref<String> key;
    if (descriptor.utf8name)
        key = engine.keyFor(descriptor.utf8name);
    else if (descriptor.name && valueOf(descriptor.name).isString())
        key = keyOf(engine, valueOf(descriptor.name));
    else
        return false;
    const auto attributes = static_cast<uint8_t>(descriptor.attributes & (napi_writable | napi_enumerable | napi_configurable));
    Value value;
    if (descriptor.getter || descriptor.setter) {
        Ref<Function> getter(descriptor.getter ? new Function(descriptor.getter, descriptor.data) : nullptr);
        Ref<Function> setter(descriptor.setter ? new Function(descriptor.setter, descriptor.data) : nullptr);
        const Ref<Accessor> accessor(new Accessor(std::move(getter), std::move(setter)));
        value = Value::accessor(accessor.get());
    } else if (descriptor.method) {
        value = Ref<Function>(new Function(descriptor.method, descriptor.data));
    } else if (descriptor.value) {
        value = valueOf(descriptor.value);
    }
    object.define(key->view(), std::move(value), attributes);
    return true;
}

} // namespace

napi_status napi_create_function(napi_env env, const char* name, size_t length, napi_callback callback, void* data, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(callback);
    NAPI_ARG(result);
    const Ref<Function> function(new Function(callback, data));
    if (name) function->define("name", String::fromUtf8(textOf(name, length)), configurable);
    *result = engine.handles().push(function);
    return napi_ok;
}

napi_status napi_get_cb_info(napi_env env, napi_callback_info callInfo, size_t* count, napi_value* arguments, napi_value* self, void** data) {
    NAPI_ENV(env);
    NAPI_ARG(callInfo);
    const auto& info = *reinterpret_cast<const napi_callback_info__*>(callInfo);
    if (arguments) {
        NAPI_ARG(count);
        for (size_t i = 0; i < *count; ++i) arguments[i] = i < info.arguments.size() ? info.arguments[i] : engine.handles().push({});
    }
    if (count) *count = info.arguments.size();
    if (self) *self = engine.handles().push(info.self);
    if (data) *data = info.data;
    return napi_ok;
}

napi_status napi_get_new_target(napi_env env, napi_callback_info callInfo, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(callInfo);
    NAPI_ARG(result);
    const auto& info = *reinterpret_cast<const napi_callback_info__*>(callInfo);
    *result = info.newTarget ? engine.handles().push(const_cast<Function*>(info.newTarget)) : nullptr;
    return napi_ok;
}

napi_status napi_call_function(napi_env env, napi_value self, napi_value callee, size_t count, const napi_value* arguments, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(callee);
    if (count > 0) NAPI_ARG(arguments);
    const Ref<Function> function(valueOf(callee).as<Function>());
    NAPI_EXPECT(function, napi_invalid_arg);
    const std::vector<Value> values = valuesOf(arguments, count);
    const Value returned = engine.call(*function, self ? valueOf(self) : Value(), values);
    if (engine.pending()) return engine.setStatus(napi_pending_exception);
    if (result) *result = engine.handles().push(returned);
    return engine.setStatus(napi_ok);
}

napi_status napi_make_callback(napi_env env, napi_async_context, napi_value self, napi_value callee, size_t count,
                               const napi_value* arguments, napi_value* result) {
    return napi_call_function(env, self, callee, count, arguments, result);
}

napi_status napi_new_instance(napi_env env, napi_value constructor, size_t count, const napi_value* arguments, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(constructor);
    if (count > 0) NAPI_ARG(arguments);
    NAPI_ARG(result);
    const Ref<Function> type(valueOf(constructor).as<Function>());
    NAPI_EXPECT(type, napi_invalid_arg);
    const std::vector<Value> values = valuesOf(arguments, count);
    const Value instance = engine.construct(*type, values);
    if (engine.pending()) return engine.setStatus(napi_pending_exception);
    *result = engine.handles().push(instance);
    return engine.setStatus(napi_ok);
}

napi_status napi_define_class(napi_env env, const char* name, size_t length, napi_callback constructor, void* data, size_t count,
                              const napi_property_descriptor* properties, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    NAPI_ARG(constructor);
    if (count > 0) NAPI_ARG(properties);
    const Ref<Function> type(new Function(constructor, data));
    type->define("name", String::fromUtf8(textOf(name, length)), configurable);
    const Ref<Object> prototype(new Object());
    type->setInstancePrototype(prototype);
    for (size_t i = 0; i < count; ++i) {
        Object& target = properties[i].attributes & napi_static ? static_cast<Object&>(*type) : *prototype;
        NAPI_EXPECT(addProperty(engine, target, properties[i]), napi_name_expected);
    }
    *result = engine.handles().push(type);
    return napi_ok;
}

napi_status napi_define_properties(napi_env env, napi_value object, size_t count, const napi_property_descriptor* properties) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    if (count > 0) NAPI_ARG(properties);
    NAPI_ARG(object);
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    for (size_t i = 0; i < count; ++i)
        NAPI_EXPECT(addProperty(engine, valueOf(object).asObject(), properties[i]), napi_name_expected);
    return napi_ok;
}
