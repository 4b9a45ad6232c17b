#include "engine/promise.h"
#include "test_engine.h"
#include <atomic>
#include <gtest/gtest.h>
#include <thread>

using namespace itwin;

namespace {

TEST(AsyncWork, RunsOnThePool_andCompletesOnTheEngineThread) {
    struct Work {
        napi_async_work handle = nullptr;
        std::thread::id executed, completed;
        bool done = false;
    } work;
    testEngine().turn([&] {
        napi_create_async_work(
            testEnv(), nullptr, nullptr, [](napi_env, void* data) { static_cast<Work*>(data)->executed = std::this_thread::get_id(); },
            [](napi_env env, napi_status status, void* data) {
                auto* self = static_cast<Work*>(data);
                EXPECT_EQ(status, napi_ok);
                self->completed = std::this_thread::get_id();
                self->done = true;
                napi_delete_async_work(env, self->handle);
            },
            &work, &work.handle);
        napi_queue_async_work(testEnv(), work.handle);
    });
    while (!work.done) pumpWhenWoken();
    EXPECT_EQ(work.completed, std::this_thread::get_id());
    EXPECT_NE(work.executed, std::this_thread::get_id());
}

TEST(ThreadSafeFunction, KeepsTheOrderOfItsCalls_andFinalizesBehindThem) {
    static std::vector<size_t> calls;
    static bool finalized;
    calls.clear();
    finalized = false;
    napi_threadsafe_function function;
    testEngine().turn([&] {
        napi_create_threadsafe_function(
            testEnv(), nullptr, nullptr, nullptr, 4, 1, nullptr, [](napi_env, void*, void*) { finalized = true; }, nullptr,
            [](napi_env, napi_value, void*, void* data) {
                calls.push_back(reinterpret_cast<size_t>(data));
                if (calls.size() == 50) throw std::runtime_error("one call's exception is not the next one's");
            },
            &function);
    });
    std::thread caller([&] {
        for (size_t i = 1; i <= 1000; ++i) napi_call_threadsafe_function(function, reinterpret_cast<void*>(i), napi_tsfn_blocking);
        napi_release_threadsafe_function(function, napi_tsfn_release);
    });
    while (!finalized) pumpWhenWoken();
    caller.join();
    ASSERT_EQ(calls.size(), 1000U);
    for (size_t i = 0; i < 1000; ++i) EXPECT_EQ(calls[i], i + 1);
}

TEST(Promise, ReactionsRun_whenTheEngineIsAtRest) {
    Promise::State seen = Promise::State::pending;
    testEngine().turn([&] {
        napi_deferred deferred;
        napi_value promise, value;
        napi_create_promise(testEnv(), &deferred, &promise);
        valueOf(promise).as<Promise>()->whenSettled([&](Promise::State state, const Value&) { seen = state; });
        napi_get_undefined(testEnv(), &value);
        napi_reject_deferred(testEnv(), deferred, value);
        EXPECT_EQ(seen, Promise::State::pending);
    });
    EXPECT_EQ(seen, Promise::State::rejected);
}

TEST(Promise, All_givesAllValuesInTheirOrder) {
    std::string result;
    testEngine().turn([&] {
        const Ref<Promise> first(new Promise()), second(new Promise());
        const Value values[] = {first, second, Value::number(3)};
        const Ref<Promise> all = Promise::all(values);
        all->whenSettled([&](Promise::State, const Value& value) { result = stringify(testEngine().handles().push(value)); });
        second->resolve(Value::number(2));
        first->resolve(Value::number(1));
    });
    EXPECT_EQ(result, "[1,2,3]");
}

} // namespace
