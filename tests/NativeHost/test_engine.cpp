#include "test_engine.h"

#include <condition_variable>
#include <mutex>

using namespace itwin;

namespace {
std::mutex mutex;
std::condition_variable woken;
bool wake = false;

napi_value callGlobal(const char* object, const char* method, napi_value argument) {
    napi_env env = testEnv();
    napi_value global, holder, function, result = nullptr;
    napi_get_global(env, &global);
    napi_get_named_property(env, global, object, &holder);
    napi_get_named_property(env, holder, method, &function);
    napi_call_function(env, holder, function, 1, &argument, &result);
    return result;
}
} // namespace

Engine& testEngine() {
    static Engine& engine = Engine::create({
        .wake =
            [] {
                const std::lock_guard lock(mutex);
                wake = true;
                woken.notify_one();
            },
        .call = [](uint64_t, itwin_value*, size_t) {},
        .settled = [](uint64_t, itwin_value*) {},
        .dropped = [](uint64_t) {},
    });
    return engine;
}

napi_env testEnv() { return testEngine().env(); }

void pumpWhenWoken() {
    std::unique_lock lock(mutex);
    woken.wait(lock, [] { return wake; });
    wake = false;
    lock.unlock();
    testEngine().pump();
}

std::string stringify(napi_value value) {
    const napi_value text = callGlobal("JSON", "stringify", value);
    if (!text || !valueOf(text).isString()) return "(none)";
    return std::string(valueOf(text).asString().view());
}

napi_value parse(const std::string& text) {
    napi_value string;
    napi_create_string_utf8(testEnv(), text.data(), text.size(), &string);
    return callGlobal("JSON", "parse", string);
}
