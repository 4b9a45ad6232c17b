#include "napi/napi_support.h"
#include "values/json.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

using namespace itwin;

namespace itwin {

Ref<String> toText(Engine& engine, const Value& value) {
    switch (value.tag()) {
    case Value::Tag::null: return String::fromUtf8("null");
    case Value::Tag::boolean: return String::fromUtf8(value.asBoolean() ? "true" : "false");
    case Value::Tag::number: return String::fromUtf8(numberText(value.asNumber()));
    case Value::Tag::string: return &value.asString();
    case Value::Tag::object: break;
    default: return String::fromUtf8("undefined");
    }
    const Engine::Nesting nesting(engine);
    if (!nesting.allowed()) return String::fromUtf8("");
    const Value method = engine.get(value, "toString");
    if (const auto* function = method.as<Function>()) {
        const Value text = engine.call(*function, value, {});
        if (engine.pending() || text.isObject()) return String::fromUtf8("");
        return toText(engine, text);
    }
    if (auto* array = value.as<Array>()) {
        std::string text;
        const size_t count = array->items().size();
        for (size_t i = 0; i < count; ++i) {
            if (i > 0) text.push_back(',');
            const Value item = array->items()[i];
            // A nested array is left out: it could be the array itself.
            if (!item.isUndefined() && !item.isNull() && !item.as<Array>()) text.append(toText(engine, item)->view());
        }
        return String::fromUtf8(text);
    }
    if (value.as<Error>()) {
        const Ref<String> name = toText(engine, engine.get(value, "name"));
        const Ref<String> message = toText(engine, engine.get(value, "message"));
        return String::fromUtf8(std::string(name->view()).append(": ").append(message->view()));
    }
    if (value.as<Function>()) return String::fromUtf8("function () { [native code] }");
    return String::fromUtf8("[object Object]");
}

Ref<String> keyOf(Engine& engine, const Value& value) { return value.isString() ? Ref<String>(&value.asString()) : toText(engine, value); }

namespace {

bool truthOf(const Value& value) noexcept {
    switch (value.tag()) {
    case Value::Tag::boolean: return value.asBoolean();
    case Value::Tag::number: return value.asNumber() != 0 && !std::isnan(value.asNumber());
    case Value::Tag::string: return value.asString().size() > 0;
    case Value::Tag::object: return true;
    default: return false;
    }
}

double numberOf(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return 0;
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    const bool negative = text[0] == '-';
    const std::string_view magnitude = negative || text[0] == '+' ? text.substr(1) : text;
    if (magnitude == "Infinity") return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    // from_chars would take "inf", "nan" and hexadecimal without its prefix.
    if (magnitude.empty() || (magnitude[0] != '.' && (magnitude[0] < '0' || magnitude[0] > '9'))) return std::nan("");
    double number = 0;
    const auto [end, error] = std::from_chars(magnitude.data(), magnitude.data() + magnitude.size(), number);
    if (end != magnitude.data() + magnitude.size() || error == std::errc::invalid_argument) return std::nan("");
    return negative ? -number : number;
}

napi_valuetype typeOf(const Value& value) noexcept {
    switch (value.tag()) {
    case Value::Tag::null: return napi_null;
    case Value::Tag::boolean: return napi_boolean;
    case Value::Tag::number: return napi_number;
    case Value::Tag::string: return napi_string;
    case Value::Tag::object: break;
    default: return napi_undefined;
    }
    switch (value.asObject().kind()) {
    case ObjectKind::function: return napi_function;
    case ObjectKind::external: return napi_external;
    default: return napi_object;
    }
}

/// ECMAScript's ToInt32/ToUint32: modulo 2^32, not finite is 0.
uint32_t modulo32(double number) noexcept {
    if (!std::isfinite(number)) return 0;
    const double modulo = std::fmod(std::trunc(number), 4294967296.0);
    return static_cast<uint32_t>(static_cast<int64_t>(modulo));
}

napi_status give(Engine& engine, napi_value* result, Value value) {
    *result = engine.handles().push(std::move(value));
    return napi_ok;
}

} // namespace
} // namespace itwin

napi_status napi_get_undefined(napi_env env, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    return give(engine, result, {});
}

napi_status napi_get_null(napi_env env, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    return give(engine, result, Value::null());
}

napi_status napi_get_global(napi_env env, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    return give(engine, result, engine.global());
}

napi_status napi_get_boolean(napi_env env, bool value, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    return give(engine, result, Value::boolean(value));
}

napi_status napi_create_double(napi_env env, double value, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    return give(engine, result, Value::number(value));
}

napi_status napi_create_string_utf8(napi_env env, const char* text, size_t length, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    if (!text) NAPI_EXPECT(length == 0, napi_invalid_arg);
    return give(engine, result, String::fromUtf8(textOf(text, length)));
}

napi_status napi_create_string_latin1(napi_env env, const char* text, size_t length, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    if (!text) NAPI_EXPECT(length == 0, napi_invalid_arg);
    return give(engine, result, String::fromLatin1(textOf(text, length)));
}

napi_status napi_typeof(napi_env env, napi_value value, napi_valuetype* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    *result = typeOf(valueOf(value));
    return napi_ok;
}

napi_status napi_get_value_bool(napi_env env, napi_value value, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(value).isBoolean(), napi_boolean_expected);
    *result = valueOf(value).asBoolean();
    return napi_ok;
}

napi_status napi_get_value_double(napi_env env, napi_value value, double* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(value).isNumber(), napi_number_expected);
    *result = valueOf(value).asNumber();
    return napi_ok;
}

napi_status napi_get_value_int32(napi_env env, napi_value value, int32_t* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(value).isNumber(), napi_number_expected);
    *result = static_cast<int32_t>(modulo32(valueOf(value).asNumber()));
    return napi_ok;
}

napi_status napi_get_value_uint32(napi_env env, napi_value value, uint32_t* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(value).isNumber(), napi_number_expected);
    *result = modulo32(valueOf(value).asNumber());
    return napi_ok;
}

napi_status napi_get_value_int64(napi_env env, napi_value value, int64_t* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(value).isNumber(), napi_number_expected);
    const double number = valueOf(value).asNumber();
    // As N-API documents: not finite is 0, out of range is clamped.
    if (!std::isfinite(number))
        *result = 0;
    else if (number >= 9223372036854775808.0)
        *result = std::numeric_limits<int64_t>::max();
    else if (number <= -9223372036854775808.0)
        *result = std::numeric_limits<int64_t>::min();
    else
        *result = static_cast<int64_t>(number);
    return napi_ok;
}

napi_status napi_get_value_string_utf8(napi_env env, napi_value value, char* buffer, size_t size, size_t* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_EXPECT(valueOf(value).isString(), napi_string_expected);
    const std::string_view text = valueOf(value).asString().view();
    if (!buffer) {
        NAPI_ARG(result);
        *result = text.size();
        return napi_ok;
    }
    if (size == 0) {
        if (result) *result = 0;
        return napi_ok;
    }
    size_t count = std::min(text.size(), size - 1);
    // A character is written whole or not at all.
    while (count < text.size() && count > 0 && (static_cast<unsigned char>(text[count]) & 0xC0) == 0x80) --count;
    std::memcpy(buffer, text.data(), count);
    buffer[count] = '\0';
    if (result) *result = count;
    return napi_ok;
}

napi_status napi_coerce_to_bool(napi_env env, napi_value value, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(value);
    NAPI_ARG(result);
    return give(engine, result, Value::boolean(truthOf(valueOf(value))));
}

napi_status napi_coerce_to_number(napi_env env, napi_value value, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(value);
    NAPI_ARG(result);
    const Value source = valueOf(value);
    switch (source.tag()) {
    case Value::Tag::number: return give(engine, result, source);
    case Value::Tag::null: return give(engine, result, Value::number(0));
    case Value::Tag::boolean: return give(engine, result, Value::number(source.asBoolean() ? 1 : 0));
    case Value::Tag::undefined: return give(engine, result, Value::number(std::nan("")));
    default: break;
    }
    const Ref<String> text = toText(engine, source);
    NAPI_CAN_CALL();
    return give(engine, result, Value::number(numberOf(text->view())));
}

napi_status napi_coerce_to_string(napi_env env, napi_value value, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(value);
    NAPI_ARG(result);
    const Value source = valueOf(value);
    Ref<String> text = toText(engine, source);
    NAPI_CAN_CALL();
    return give(engine, result, std::move(text));
}

napi_status napi_coerce_to_object(napi_env env, napi_value value, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(value);
    NAPI_ARG(result);
    const Value source = valueOf(value);
    NAPI_OBJECT_COERCIBLE(source);
    return give(engine, result, source.isObject() ? source : Value(Ref<Object>(new Object())));
}

napi_status napi_strict_equals(napi_env env, napi_value left, napi_value right, bool* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(left);
    NAPI_ARG(right);
    NAPI_ARG(result);
    const Value& a = valueOf(left);
    const Value& b = valueOf(right);
    *result = false;
    if (a.tag() != b.tag()) return napi_ok;
    switch (a.tag()) {
    case Value::Tag::boolean: *result = a.asBoolean() == b.asBoolean(); break;
    case Value::Tag::number: *result = a.asNumber() == b.asNumber(); break;
    case Value::Tag::string: *result = a.asString().view() == b.asString().view(); break;
    case Value::Tag::object: *result = &a.asObject() == &b.asObject(); break;
    default: *result = true;
    }
    return napi_ok;
}

napi_status napi_is_date(napi_env env, napi_value value, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    *result = false; // there are no dates: they are passed as ISO 8601 strings
    return napi_ok;
}
