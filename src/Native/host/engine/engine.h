#pragma once

#include "engine/handle_stack.h"
#include "engine/task_queue.h"
#include "engine/thread_pool.h"
#include "itwin_host.h"
#include "values/object.h"
#include <array>
#include <deque>
#include <exception>
#include <optional>
#include <vector>

namespace itwin {

/// The environment (N-API's napi_env) of the one add-on in this process. Lives on the engine thread.
class Engine {
public:
    /// Makes the process's engine. There can be one.
    static Engine& create(const itwin_hooks& hooks);
    static Engine& current() noexcept;
    static Engine* currentIfAny() noexcept;
    static Engine& of(napi_env env) noexcept { return *reinterpret_cast<Engine*>(env); }
    napi_env env() noexcept { return reinterpret_cast<napi_env>(this); }

    HandleStack& handles() noexcept { return handles_; }
    TaskQueue& tasks() noexcept { return tasks_; }
    ThreadPool& pool() noexcept { return pool_; }
    const itwin_hooks& hooks() const noexcept { return hooks_; }
    itwin_usage& usage() noexcept { return usage_; }

    Object* global() const noexcept { return global_.get(); }
    Object* arrayPrototype() const noexcept { return arrayPrototype_.get(); }

    /// Property access with accessors and prototypes. An exception of an accessor is pending afterwards.
    Value get(const Value& target, std::string_view key);
    bool has(const Value& target, std::string_view key);
    bool set(const Value& target, Ref<String> key, const Value& value);
    bool set(const Value& target, std::string_view key, const Value& value) { return set(target, keyFor(key), value); }
    /// The string of a property key. Native code names the same few hundred again and again: they are kept.
    Ref<String> keyFor(std::string_view text);
    Value element(const TypedArray& array, size_t index) const noexcept;

    /// Calls a function. A thrown exception is pending afterwards and the result undefined.
    Value call(const Function& function, const Value& self, std::span<const Value> arguments);
    /// Constructs an instance of a class.
    Value construct(const Function& type, std::span<const Value> arguments);

    // Exceptions.
    bool pending() const noexcept { return exception_.has_value(); }
    void raise(Value exception) noexcept { exception_ = std::move(exception); }
    void raiseError(std::string_view message);
    void raiseTypeError(std::string_view message);
    Value takeException() noexcept;
    Ref<Object> makeError(const Value& message);
    Ref<Object> makeTypeError(const Value& message);

    /// Counts nested calls, conversions and JSON levels, which values that refer to themselves could make endless. Too many are a
    /// RangeError, as in JavaScript; then `allowed` is false and the error pending.
    class Nesting {
    public:
        explicit Nesting(Engine& engine);
        ~Nesting() { --engine_.nesting_; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;
        bool allowed() const noexcept { return engine_.nesting_ <= maximumNesting; }

    private:
        static constexpr int maximumNesting = 1500;
        Engine& engine_;
    };

    /// Runs code of the add-on; a C++ exception that leaves it becomes a pending error. Node would abort there.
    template <class Code> void guarded(Code&& code) noexcept {
        try {
            code();
        } catch (const std::exception& exception) {
            raiseError(exception.what());
        } catch (...) {
            raiseError("the native library threw something that is no std::exception");
        }
    }

    /// Runs `code` with a handle scope of its own and, when the engine comes to rest behind it, what waits for rest. An exception
    /// that `code` leaves pending is cleared: there is nobody to tell.
    template <class Code> void turn(Code&& code) {
        enter();
        {
            const HandleScope scope(handles_);
            guarded(code);
        }
        exception_.reset();
        leave();
    }
    void enter() noexcept { ++depth_; }
    /// The end of an outermost call: runs finalizers and promise reactions.
    void leave();

    /// Queues a promise reaction.
    void atRest(std::function<void()> reaction) { reactions_.push_back(std::move(reaction)); }
    /// An object with extras is dying: its weak references read as empty from now on, its finalizers run at rest.
    void bury(ObjectExtras& extras) noexcept;
    /// Runs the tasks that other threads queued.
    void pump();

    void addCleanupHook(void (*hook)(void*), void* argument) { cleanupHooks_.emplace_back(hook, argument); }
    void stop();

    napi_status setStatus(napi_status status) noexcept {
        lastError_.error_code = status;
        return status;
    }
    const napi_extended_error_info* lastError() noexcept;

private:
    explicit Engine(const itwin_hooks& hooks);
    void makeGlobals();
    Value callNative(const Function& function, const Value& self, std::span<const Value> arguments, const Function* newTarget);
    Value callCaller(const Function& function, std::span<const Value> arguments); // api/arguments.cpp
    void rest();

    itwin_hooks hooks_;
    itwin_usage usage_{};
    HandleStack handles_;
    TaskQueue tasks_;
    ThreadPool pool_;
    Ref<Object> global_;
    Ref<Object> arrayPrototype_;
    Ref<Object> errorPrototype_;
    Ref<Object> typeErrorPrototype_;
    std::array<Ref<String>, 512> keys_; ///< by hash; a newer key takes an older one's place
    std::optional<Value> exception_;
    std::deque<std::function<void()>> reactions_;
    std::deque<Finalizer> finalizers_;
    std::vector<std::pair<void (*)(void*), void*>> cleanupHooks_;
    napi_extended_error_info lastError_{};
    int depth_ = 0;
    int nesting_ = 0;
    bool resting_ = false;
};

} // namespace itwin

/// What a native callback gets to know of its call.
struct napi_callback_info__ {
    itwin::Value self;
    std::span<const napi_value> arguments;
    const itwin::Function* newTarget;
    void* data;
};

/// A reference to an object: strong while its count is above 0, else weak; empty once the object is dead.
struct napi_ref__ {
    itwin::Object* object;
    uint32_t count;
    napi_ref__* next;
};

namespace itwin {
napi_ref__* makeReference(Object& object, uint32_t count);
void deleteReference(napi_ref__* reference);
} // namespace itwin
