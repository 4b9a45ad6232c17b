#include "napi/napi_support.h"

#include <cstdio>
#include <cstdlib>

using namespace itwin;

namespace {

/// The texts that N-API gives to its status codes, by number.
constexpr const char* statusTexts[] = {nullptr,
                                       "Invalid argument",
                                       "An object was expected",
                                       "A string was expected",
                                       "A string or symbol was expected",
                                       "A function was expected",
                                       "A number was expected",
                                       "A boolean was expected",
                                       "An array was expected",
                                       "Unknown failure",
                                       "An exception is pending",
                                       "The async work item was cancelled",
                                       "napi_escape_handle already called on scope",
                                       "Invalid handle scope usage",
                                       "Invalid callback scope usage",
                                       "Thread-safe function queue is full",
                                       "Thread-safe function handle is closing",
                                       "A bigint was expected",
                                       "A date was expected",
                                       "An arraybuffer was expected",
                                       "A detachable arraybuffer was expected",
                                       "Main thread would deadlock"};

napi_status giveError(napi_env env, napi_value code, napi_value message, napi_value* result, Ref<Object> (Engine::*make)(const Value&)) {
    NAPI_ENV(env);
    NAPI_ARG(message);
    NAPI_ARG(result);
    NAPI_EXPECT(valueOf(message).isString(), napi_string_expected);
    if (code) NAPI_EXPECT(valueOf(code).isString(), napi_string_expected);
    const Ref<Object> error = (engine.*make)(valueOf(message));
    if (code) error->define("code", valueOf(code));
    *result = engine.handles().push(error);
    return napi_ok;
}

} // namespace

namespace itwin {
const napi_extended_error_info* Engine::lastError() noexcept {
    const auto code = static_cast<size_t>(lastError_.error_code);
    lastError_.error_message = code < std::size(statusTexts) ? statusTexts[code] : "Unknown failure";
    return &lastError_;
}
} // namespace itwin

napi_status napi_get_last_error_info(napi_env env, const napi_extended_error_info** result) {
    if (!env || !result) return napi_invalid_arg;
    *result = Engine::of(env).lastError();
    return napi_ok;
}

napi_status napi_create_error(napi_env env, napi_value code, napi_value message, napi_value* result) {
    return giveError(env, code, message, result, &Engine::makeError);
}

napi_status napi_create_type_error(napi_env env, napi_value code, napi_value message, napi_value* result) {
    return giveError(env, code, message, result, &Engine::makeTypeError);
}

napi_status napi_throw(napi_env env, napi_value error) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(error);
    engine.raise(valueOf(error));
    return napi_ok;
}

napi_status napi_is_exception_pending(napi_env env, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    *result = engine.pending();
    return napi_ok;
}

napi_status napi_get_and_clear_last_exception(napi_env env, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    *result = engine.handles().push(engine.takeException());
    return napi_ok;
}

void napi_fatal_error(const char* location, size_t locationLength, const char* message, size_t messageLength) {
    const std::string where(textOf(location, locationLength));
    const std::string what(textOf(message, messageLength));
    std::fprintf(stderr, "FATAL ERROR in the native library: %s %s\n", where.c_str(), what.c_str());
    std::abort();
}
