#include "api/conversion.h"
#include "api/handles.h"
#include "engine/promise.h"
#include "values/json.h"

namespace itwin {
namespace {

constexpr size_t scratchSize = 1024;

const uint8_t* bytesOf(std::string_view text) noexcept { return reinterpret_cast<const uint8_t*>(text.data()); }

itwin_value make(itwin_kind kind) noexcept {
    itwin_value result{};
    result.kind = kind;
    return result;
}

itwin_memory* newMemory(Engine& engine) {
    ++engine.usage().memories;
    return new itwin_memory();
}

itwin_value handleResult(Engine& engine, const Value& value) {
    itwin_value result = make(ITWIN_HANDLE);
    result.handle = handleTable().add(value);
    ++engine.usage().handles;
    return result;
}

/// A result whose text lies in a value on the heap.
itwin_value textResult(Engine& engine, itwin_kind kind, const Value& holder, std::string_view text, const ResultOptions& options) {
    static std::string scratch; // engine thread only
    itwin_value result = make(kind);
    result.size = text.size();
    if (options.mayBorrow && text.size() <= scratchSize) {
        scratch.assign(text);
        result.data = bytesOf(scratch);
    } else {
        result.owner = newMemory(engine);
        result.owner->value = holder;
        result.data = bytesOf(text);
    }
    return result;
}

itwin_value ownTextResult(Engine& engine, itwin_kind kind, std::string text) {
    itwin_value result = make(kind);
    result.owner = newMemory(engine);
    result.owner->text = std::move(text);
    result.data = bytesOf(result.owner->text);
    result.size = result.owner->text.size();
    return result;
}

itwin_span spanOf(Object& object) noexcept {
    if (object.kind() == ObjectKind::typedArray) {
        const auto& array = static_cast<TypedArray&>(object);
        return {array.data(), array.byteLength()};
    }
    const auto& buffer = static_cast<ArrayBuffer&>(object);
    return {buffer.data(), buffer.size()};
}

itwin_value binaryResult(Engine& engine, const Value& value) {
    itwin_value result = make(ITWIN_BINARY);
    const itwin_span span = spanOf(value.asObject());
    result.data = span.data;
    result.size = span.size;
    result.owner = newMemory(engine);
    result.owner->value = value;
    return result;
}

itwin_value objectResult(Engine& engine, const Value& value, const ResultOptions& options) {
    Object& object = value.asObject();
    if (object.kind() == ObjectKind::promise && options.token != 0) {
        tellWhenSettled(engine, value, options.token);
        return make(ITWIN_PENDING);
    }
    const bool isBinary = object.kind() == ObjectKind::typedArray || object.kind() == ObjectKind::arrayBuffer;
    const bool isNative = object.kind() == ObjectKind::function || object.kind() == ObjectKind::external ||
                          object.kind() == ObjectKind::promise || (object.extrasIfAny() && object.extrasIfAny()->wrapped);
    if (isNative || (!isBinary && options.flags & ITWIN_WANT_HANDLE)) return handleResult(engine, value);
    return isBinary ? binaryResult(engine, value) : jsonResult(engine, value, options);
}

} // namespace

itwin_value toResult(Engine& engine, const Value& value, const ResultOptions& options) {
    itwin_value result = make(ITWIN_UNDEFINED);
    switch (value.tag()) {
    case Value::Tag::null: return make(ITWIN_NULL);
    case Value::Tag::boolean:
        result.kind = ITWIN_BOOLEAN;
        result.number = value.asBoolean() ? 1 : 0;
        return result;
    case Value::Tag::number:
        result.kind = ITWIN_NUMBER;
        result.number = value.asNumber();
        return result;
    case Value::Tag::string: return textResult(engine, ITWIN_STRING, value, value.asString().view(), options);
    case Value::Tag::object: return objectResult(engine, value, options);
    default: return result;
    }
}

itwin_value jsonResult(Engine& engine, const Value& value, const ResultOptions& options) {
    // Text of the add-on that nobody looked into goes out as it is.
    if (value.isObject() && value.asObject().lazyText())
        return textResult(engine, ITWIN_JSON, Ref<String>(value.asObject().lazyText()->source), value.asObject().lazyText()->text, options);
    static std::string writing; // keeps its capacity from call to call; engine thread only, taken while in use
    std::string text = std::move(writing);
    text.clear();
    std::vector<Ref<Object>> binaries;
    const JsonOutcome outcome = writeJson(engine, value, {.binaries = &binaries}, text);
    if (outcome == JsonOutcome::thrown) return takeError(engine);
    if (outcome == JsonOutcome::tooDeep) {
        engine.raiseError("A result is circular or nested too deep to be JSON");
        return takeError(engine);
    }
    if (outcome == JsonOutcome::undefined) return make(ITWIN_UNDEFINED);
    itwin_value result;
    if (binaries.empty() && options.mayBorrow && text.size() <= scratchSize) {
        result = textResult(engine, ITWIN_JSON, {}, text, options);
        writing = std::move(text);
        return result;
    }
    result = ownTextResult(engine, ITWIN_JSON, std::move(text));
    for (const Ref<Object>& binary : binaries) result.owner->spans.push_back(spanOf(*binary));
    result.owner->binaries = std::move(binaries);
    result.binaries = result.owner->spans.data();
    result.count = static_cast<int32_t>(result.owner->spans.size());
    return result;
}

itwin_value errorResult(Engine& engine, const Value& exception) {
    if (!exception.isObject()) {
        std::string text = "{\"name\":\"Error\",\"message\":";
        if (writeJson(engine, exception, {}, text) != JsonOutcome::written) text.append("\"unknown error\"");
        return ownTextResult(engine, ITWIN_ERROR, text.append("}"));
    }
    // An error's name and message are not enumerable, so JSON.stringify would leave them out.
    const Ref<Object> shown(new Object());
    for (const char* key : {"name", "message"}) {
        const Value value = engine.get(exception, key);
        if (!value.isUndefined()) shown->define(key, value);
    }
    for (const Property& property : exception.asObject().properties())
        if (property.attributes & enumerable && !property.value.isAccessor()) shown->define(property.key->view(), property.value);
    std::string text;
    if (engine.pending() || writeJson(engine, shown, {}, text) != JsonOutcome::written) {
        engine.takeException();
        text = R"({"name":"Error","message":"an error that cannot be shown as JSON"})";
    }
    return ownTextResult(engine, ITWIN_ERROR, std::move(text));
}

itwin_value takeError(Engine& engine) { return errorResult(engine, engine.takeException()); }

void tellWhenSettled(Engine& engine, const Value& promise, uint64_t token) {
    promise.as<Promise>()->whenSettled([&engine, token](Promise::State state, const Value& value) {
        itwin_value result = state == Promise::State::rejected ? errorResult(engine, value) : toResult(engine, value, {.mayBorrow = true});
        if (engine.pending()) result = takeError(engine);
        engine.hooks().settled(token, &result);
    });
}

void freeMemory(itwin_memory* memory) noexcept {
    --Engine::current().usage().memories;
    delete memory;
}

} // namespace itwin
