#pragma once

#include "engine/engine.h"

/// What every N-API function begins with: an environment, and its last error cleared. `NAPI_ARG` refuses a null argument.
#define NAPI_ENV(env)                                                                                                                \
    if (!(env)) return napi_invalid_arg;                                                                                             \
    [[maybe_unused]] auto& engine = itwin::Engine::of(env);                                                                          \
    engine.setStatus(napi_ok)

#define NAPI_ARG(argument)                                                                                                           \
    if (!(argument)) return engine.setStatus(napi_invalid_arg)

/// For functions that may run JavaScript: nothing runs while an exception is pending.
#define NAPI_CAN_CALL()                                                                                                              \
    if (engine.pending()) return engine.setStatus(napi_pending_exception)

#define NAPI_EXPECT(condition, status)                                                                                               \
    if (!(condition)) return engine.setStatus(status)

/// JavaScript's ToObject: undefined and null have no object. As in Node, a TypeError is pending besides the status.
#define NAPI_OBJECT_COERCIBLE(value)                                                                                                 \
    if ((value).isUndefined() || (value).isNull()) {                                                                                 \
        engine.raiseTypeError("Cannot convert undefined or null to object");                                                         \
        return engine.setStatus(napi_object_expected);                                                                               \
    }                                                                                                                                \
    static_assert(true)

namespace itwin {

/// The end of a function that may have run JavaScript.
inline napi_status outcome(Engine& engine) noexcept { return engine.setStatus(engine.pending() ? napi_pending_exception : napi_ok); }

inline std::string_view textOf(const char* text, size_t length) noexcept {
    if (!text) return {};
    return length == NAPI_AUTO_LENGTH ? std::string_view(text) : std::string_view(text, length);
}

/// The property key that a value is: strings as they are, others as JavaScript would convert them.
Ref<String> keyOf(Engine& engine, const Value& value);

/// JavaScript's ToString.
Ref<String> toText(Engine& engine, const Value& value);

} // namespace itwin
