#include "napi/napi_support.h"

#include <set>

using namespace itwin;

napi_status napi_create_object(napi_env env, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    *result = engine.handles().push(Ref<Object>(new Object()));
    return napi_ok;
}

napi_status napi_create_array(napi_env env, napi_value* result) { return napi_create_array_with_length(env, 0, result); }

napi_status napi_create_array_with_length(napi_env env, size_t length, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    NAPI_EXPECT(length <= Array::maximumLength, napi_invalid_arg);
    *result = engine.handles().push(Ref<Array>(new Array(length)));
    return napi_ok;
}

napi_status napi_is_array(napi_env env, napi_value value, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    *result = valueOf(value).as<Array>() != nullptr;
    return napi_ok;
}

napi_status napi_get_array_length(napi_env env, napi_value value, uint32_t* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    auto* array = valueOf(value).as<Array>();
    NAPI_EXPECT(array, napi_array_expected);
    *result = static_cast<uint32_t>(array->items().size());
    return napi_ok;
}

napi_status napi_set_property(napi_env env, napi_value object, napi_value key, napi_value value) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(key);
    NAPI_ARG(value);
    NAPI_ARG(object);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    engine.set(valueOf(object), keyOf(engine, valueOf(key)), valueOf(value));
    return outcome(engine);
}

napi_status napi_get_property(napi_env env, napi_value object, napi_value key, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(key);
    NAPI_ARG(object);
    NAPI_ARG(result);
    const Value target = valueOf(object);
    NAPI_OBJECT_COERCIBLE(target);
    *result = engine.handles().push(engine.get(target, keyOf(engine, valueOf(key))->view()));
    return outcome(engine);
}

napi_status napi_has_property(napi_env env, napi_value object, napi_value key, bool* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(key);
    NAPI_ARG(object);
    NAPI_ARG(result);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    *result = engine.has(valueOf(object), keyOf(engine, valueOf(key))->view());
    return outcome(engine);
}

napi_status napi_has_own_property(napi_env env, napi_value object, napi_value key, bool* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(key);
    NAPI_ARG(object);
    NAPI_ARG(result);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    NAPI_EXPECT(valueOf(key).isString(), napi_name_expected);
    Object& target = valueOf(object).asObject();
    const std::string_view name = valueOf(key).asString().view();
    const bool exotic = target.kind() == ObjectKind::array || target.kind() == ObjectKind::typedArray;
    *result = target.properties().find(name) || (exotic && engine.has(&target, name) && (name == "length" || arrayIndexOf(name) >= 0));
    return napi_ok;
}

napi_status napi_delete_property(napi_env env, napi_value object, napi_value key, bool* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(key);
    NAPI_ARG(object);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    Object& target = valueOf(object).asObject();
    const Ref<String> name = keyOf(engine, valueOf(key));
    bool deleted = true;
    if (auto* array = valueOf(object).as<Array>(); array && arrayIndexOf(name->view()) >= 0) {
        const auto index = static_cast<size_t>(arrayIndexOf(name->view()));
        if (index < array->items().size()) array->items()[index] = Value();
    } else if (const Property* property = target.properties().find(name->view())) {
        deleted = property->attributes & configurable;
        if (deleted) target.properties().remove(name->view());
    }
    if (result) *result = deleted;
    return outcome(engine);
}

napi_status napi_set_named_property(napi_env env, napi_value object, const char* name, napi_value value) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(name);
    NAPI_ARG(value);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    engine.set(valueOf(object), std::string_view(name), valueOf(value));
    return outcome(engine);
}

napi_status napi_get_named_property(napi_env env, napi_value object, const char* name, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(name);
    NAPI_ARG(result);
    const Value target = valueOf(object);
    NAPI_OBJECT_COERCIBLE(target);
    *result = engine.handles().push(engine.get(target, name));
    return outcome(engine);
}

napi_status napi_has_named_property(napi_env env, napi_value object, const char* name, bool* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(name);
    NAPI_ARG(result);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    *result = engine.has(valueOf(object), name);
    return outcome(engine);
}

napi_status napi_set_element(napi_env env, napi_value object, uint32_t index, napi_value value) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(value);
    NAPI_OBJECT_COERCIBLE(valueOf(object));
    NAPI_EXPECT(valueOf(object).isObject(), napi_object_expected);
    auto* array = valueOf(object).as<Array>();
    if (array && index < array->items().size())
        array->items()[index] = valueOf(value);
    else if (array && index == array->items().size() && index < Array::maximumLength)
        array->items().push_back(valueOf(value));
    else
        engine.set(valueOf(object), std::to_string(index), valueOf(value));
    return outcome(engine);
}

napi_status napi_get_element(napi_env env, napi_value object, uint32_t index, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(result);
    const Value target = valueOf(object);
    NAPI_OBJECT_COERCIBLE(target);
    if (auto* array = target.as<Array>())
        *result = engine.handles().push(index < array->items().size() ? array->items()[index] : Value());
    else
        *result = engine.handles().push(engine.get(target, std::to_string(index)));
    return outcome(engine);
}

napi_status napi_get_property_names(napi_env env, napi_value object, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(result);
    const Value target = valueOf(object);
    NAPI_OBJECT_COERCIBLE(target);
    NAPI_EXPECT(target.isObject(), napi_object_expected);
    const Ref<Array> names(new Array());
    std::set<std::string_view> seen;
    const size_t length = target.as<Array>()        ? target.as<Array>()->items().size()
                          : target.as<TypedArray>() ? target.as<TypedArray>()->length()
                                                    : 0;
    for (size_t i = 0; i < length; ++i) names->items().emplace_back(String::fromUtf8(std::to_string(i)));
    for (Object* at = &target.asObject(); at; at = at->prototype()) {
        const PropertyMap& properties = at->properties();
        const std::vector<size_t> order = properties.indicesFirst();
        for (size_t i = 0; i < properties.size(); ++i) {
            const Property& property = properties.at(order.empty() ? i : order[i]);
            if (seen.insert(property.key->view()).second && property.attributes & enumerable) names->items().emplace_back(property.key);
        }
    }
    *result = engine.handles().push(names);
    return napi_ok;
}

napi_status napi_instanceof(napi_env env, napi_value object, napi_value constructor, bool* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(object);
    NAPI_ARG(constructor);
    NAPI_ARG(result);
    *result = false;
    const auto* type = valueOf(constructor).as<Function>();
    if (!type) {
        engine.raiseTypeError("Constructor must be a function");
        return engine.setStatus(napi_function_expected);
    }
    if (!valueOf(object).isObject() || !type->instancePrototype()) return napi_ok;
    for (const Object* at = valueOf(object).asObject().prototype(); at; at = at->prototype())
        if (at == type->instancePrototype()) *result = true;
    return napi_ok;
}
