#include "napi/napi_support.h"

#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>

using namespace itwin;

/// Work that runs on the pool and completes on the engine thread.
struct napi_async_work__ {
    napi_async_execute_callback execute;
    napi_async_complete_callback complete;
    void* data;
};

/// A function that any thread may call; the calls run on the engine thread, in order.
struct napi_threadsafe_function__ {
    napi_threadsafe_function__(Engine& owner, size_t maximum, size_t threadCount) : engine(owner), maximumSize(maximum), threads(threadCount) {}

    Engine& engine;
    const size_t maximumSize; ///< calls that may wait; 0: any number
    Ref<Function> function;
    void* context = nullptr;
    napi_threadsafe_function_call_js callJs = nullptr;
    napi_finalize finalize = nullptr;
    void* finalizeData = nullptr;

    std::mutex mutex;
    std::condition_variable room;
    std::deque<void*> calls;
    size_t threads;
    bool closing = false;
    bool scheduled = false;

    /// Asks the engine thread to run `drain`; once until it did. With the mutex held.
    void schedule() {
        if (std::exchange(scheduled, true)) return;
        engine.tasks().post([this] { drain(); });
    }

    void drain() {
        std::deque<void*> ready;
        bool finished;
        {
            const std::lock_guard lock(mutex);
            scheduled = false;
            ready.swap(calls);
            finished = closing;
        }
        room.notify_all();
        for (void* call : ready) engine.turn([&] { run(call); });
        if (finished) finish();
    }

    void run(void* call) {
        const napi_value handle = function ? engine.handles().push(function) : nullptr;
        if (callJs)
            callJs(engine.env(), handle, context, call);
        else if (function)
            engine.call(*function, {}, {});
    }

    void finish() {
        function = {};
        if (finalize) engine.turn([&] { finalize(engine.env(), finalizeData, context); });
        delete this;
    }
};

napi_status napi_create_async_work(napi_env env, napi_value, napi_value, napi_async_execute_callback execute,
                                   napi_async_complete_callback complete, void* data, napi_async_work* result) {
    NAPI_ENV(env);
    NAPI_ARG(execute);
    NAPI_ARG(result);
    *result = new napi_async_work__{execute, complete, data};
    return napi_ok;
}

napi_status napi_delete_async_work(napi_env env, napi_async_work work) {
    NAPI_ENV(env);
    NAPI_ARG(work);
    delete work;
    return napi_ok;
}

napi_status napi_queue_async_work(napi_env env, napi_async_work work) {
    NAPI_ENV(env);
    NAPI_ARG(work);
    engine.pool().run([&engine, work] {
        std::string failure;
        try {
            work->execute(engine.env(), work->data);
        } catch (const std::exception& exception) {
            failure = exception.what();
        } catch (...) {
            failure = "an unknown exception";
        }
        // There is no way to hand an exception of `execute` to `complete`; the add-on's own worker classes catch theirs.
        if (!failure.empty()) std::fprintf(stderr, "The native library's background work failed: %s\n", failure.c_str());
        engine.tasks().post([&engine, work, failed = !failure.empty()] {
            if (work->complete) work->complete(engine.env(), failed ? napi_generic_failure : napi_ok, work->data);
        });
    });
    return napi_ok;
}

napi_status napi_create_threadsafe_function(napi_env env, napi_value function, napi_value, napi_value, size_t maximum, size_t threads,
                                            void* finalizeData, napi_finalize finalize, void* context,
                                            napi_threadsafe_function_call_js callJs, napi_threadsafe_function* result) {
    NAPI_ENV(env);
    NAPI_EXPECT(threads > 0, napi_invalid_arg);
    NAPI_ARG(result);
    Ref<Function> callee(function ? valueOf(function).as<Function>() : nullptr);
    NAPI_EXPECT(callee || (!function && callJs), napi_invalid_arg);
    auto* safe = new napi_threadsafe_function__(engine, maximum, threads);
    safe->function = std::move(callee);
    safe->context = context;
    safe->callJs = callJs;
    safe->finalize = finalize;
    safe->finalizeData = finalizeData;
    *result = safe;
    return napi_ok;
}

napi_status napi_call_threadsafe_function(napi_threadsafe_function function, void* data, napi_threadsafe_function_call_mode mode) {
    if (!function) return napi_invalid_arg;
    std::unique_lock lock(function->mutex);
    while (function->maximumSize > 0 && function->calls.size() >= function->maximumSize && !function->closing) {
        if (mode == napi_tsfn_nonblocking) return napi_queue_full;
        function->room.wait(lock);
    }
    if (function->closing) return napi_closing;
    function->calls.push_back(data);
    function->schedule();
    return napi_ok;
}

napi_status napi_release_threadsafe_function(napi_threadsafe_function function, napi_threadsafe_function_release_mode mode) {
    if (!function) return napi_invalid_arg;
    const std::lock_guard lock(function->mutex);
    if (function->threads == 0) return napi_invalid_arg;
    --function->threads;
    if (function->threads == 0 || mode == napi_tsfn_abort) {
        if (!std::exchange(function->closing, true)) {
            function->room.notify_all();
            function->schedule();
        }
    }
    return napi_ok;
}

/// The engine's loop does not end because nothing references it, so there is nothing to do.
napi_status napi_unref_threadsafe_function(napi_env env, napi_threadsafe_function function) {
    NAPI_ENV(env);
    NAPI_ARG(function);
    return napi_ok;
}

napi_status napi_add_env_cleanup_hook(napi_env env, void (*hook)(void*), void* argument) {
    NAPI_ENV(env);
    NAPI_ARG(hook);
    engine.addCleanupHook(hook, argument);
    return napi_ok;
}
