#include "api/conversion.h"
#include "api/handles.h"
#include "values/json.h"

#include <cstring>

namespace itwin {
namespace {

std::string_view textOf(const itwin_value& argument) noexcept { return {reinterpret_cast<const char*>(argument.data), argument.size}; }

Value bytesFrom(const uint8_t* data, size_t size) {
    const Ref<ArrayBuffer> buffer(new ArrayBuffer(size));
    if (size > 0) std::memcpy(buffer->data(), data, size);
    return Ref<TypedArray>(new TypedArray(napi_uint8_array, buffer, 0, size));
}

/// Puts the binaries of an argument where its JSON has `{"$binary":i}`.
Value withBinaries(const Value& value, std::span<const itwin_span> binaries) {
    if (auto* array = value.as<Array>()) {
        for (Value& item : array->items()) item = withBinaries(item, binaries);
    } else if (value.isObject()) {
        Object& object = value.asObject();
        const Value index = object.properties().size() == 1 ? object.own("$binary") : Value();
        if (index.isNumber() && index.asNumber() >= 0 && index.asNumber() < static_cast<double>(binaries.size())) {
            const itwin_span& binary = binaries[static_cast<size_t>(index.asNumber())];
            return bytesFrom(binary.data, binary.size);
        }
        std::vector<Ref<String>> keys;
        for (const Property& property : object.properties()) keys.push_back(property.key);
        for (const Ref<String>& key : keys) {
            Property* property = object.properties().find(key->view());
            property->value = withBinaries(property->value, binaries);
        }
    }
    return value;
}

Value fromJson(Engine& engine, const itwin_value& argument) {
    if (const auto fault = validateJson(textOf(argument))) {
        engine.raiseError(std::string("An argument is no valid JSON: ") + fault->reason + " (at byte " + std::to_string(fault->position) + ")");
        return {};
    }
    const Value value = parseTrustedJson(String::fromUtf8(textOf(argument)));
    return argument.count > 0 ? withBinaries(value, {argument.binaries, static_cast<size_t>(argument.count)}) : value;
}

/// Where a caller's function finds its result while it is called.
struct ReturnSlot {
    Value value;
    bool thrown = false;
};
ReturnSlot* returnSlot = nullptr;

} // namespace

Value fromArgument(Engine& engine, const itwin_value& argument) {
    switch (argument.kind) {
    case ITWIN_UNDEFINED: return {};
    case ITWIN_NULL: return Value::null();
    case ITWIN_BOOLEAN: return Value::boolean(argument.number != 0);
    case ITWIN_NUMBER: return Value::number(argument.number);
    case ITWIN_STRING: return String::fromUtf8(textOf(argument));
    case ITWIN_JSON: return fromJson(engine, argument);
    case ITWIN_BINARY: return bytesFrom(argument.data, argument.size);
    case ITWIN_CALLBACK:
        if (argument.handle == 0) return Ref<Function>(new Function([](Engine&, const Value&, std::span<const Value>) { return Value(); }));
        return Ref<Function>(new Function(argument.handle, argument.count));
    case ITWIN_CONSTANT:
        if (const Value* object = handleTable().find(argument.handle))
            return Ref<Function>(new Function([value = *object](Engine&, const Value&, std::span<const Value>) { return value; }));
        engine.raiseError("An argument is a handle that was released, or never given");
        return {};
    case ITWIN_HANDLE:
        if (const Value* object = handleTable().find(argument.handle)) return *object;
        engine.raiseError("An argument is a handle that was released, or never given");
        return {};
    default: engine.raiseError("An argument has an unknown kind"); return {};
    }
}

std::vector<Value> fromArguments(Engine& engine, const itwin_value* arguments, size_t count) {
    std::vector<Value> values;
    values.reserve(count);
    for (size_t i = 0; i < count && !engine.pending(); ++i) values.push_back(fromArgument(engine, arguments[i]));
    return values;
}

Value fromErrorArgument(Engine& engine, const itwin_value& argument) {
    const Ref<Object> error = engine.makeError(Value(String::fromUtf8("")));
    if (validateJson(textOf(argument))) {
        error->define("message", String::fromUtf8(textOf(argument)), writable | configurable);
        return error;
    }
    const Value details = parseTrustedJson(String::fromUtf8(textOf(argument)));
    if (details.isObject())
        for (const Property& property : details.asObject().properties()) {
            const bool hidden = property.key->view() == "message" || property.key->view() == "name";
            error->define(property.key->view(), property.value, hidden ? writable | configurable : plainProperty);
        }
    return error;
}

Value Engine::callCaller(const Function& function, std::span<const Value> arguments) {
    const bool byHandle = function.mode() == ITWIN_BY_HANDLE;
    std::vector<itwin_value> given;
    std::vector<uint64_t> borrowed;
    given.reserve(arguments.size());
    for (const Value& argument : arguments) {
        // The scratch memory holds one text, so of several arguments none may lie there.
        given.push_back(
            toResult(*this, argument, {.flags = byHandle ? ITWIN_WANT_HANDLE : 0U, .mayBorrow = arguments.size() == 1}));
        if (given.back().kind == ITWIN_HANDLE) borrowed.push_back(given.back().handle);
    }
    ReturnSlot slot;
    ReturnSlot* outer = std::exchange(returnSlot, &slot);
    hooks_.call(function.token(), given.data(), given.size());
    returnSlot = outer;
    for (const uint64_t handle : borrowed)
        if (handleTable().remove(handle)) --usage_.handles;
    if (slot.thrown) {
        raise(slot.value);
        return {};
    }
    return slot.value;
}

} // namespace itwin

void itwin_return(const itwin_value* value) {
    using namespace itwin;
    if (!returnSlot) return;
    Engine& engine = Engine::current();
    returnSlot->thrown = value->kind == ITWIN_ERROR;
    returnSlot->value = returnSlot->thrown ? fromErrorArgument(engine, *value) : fromArgument(engine, *value);
    if (engine.pending()) *returnSlot = {engine.takeException(), true};
}
