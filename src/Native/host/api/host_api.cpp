#include "itwin_host.h"

#include "api/conversion.h"
#include "api/handles.h"
#include "engine/module.h"

#include <cstdlib>
#include <malloc.h>

using namespace itwin;

namespace {

std::thread::id engineThread;

/// Free memory that a heap keeps, in bytes.
constexpr int keptFree = 32 * 1024 * 1024;

/// Runs `code`, which gives a value, and gives its result or its exception away before the engine comes to rest.
template <class Code> void perform(itwin_value* result, const ResultOptions& options, Code&& code) {
    Engine& engine = Engine::current();
    engine.enter();
    {
        const HandleScope scope(engine.handles());
        Value value;
        engine.guarded([&] { value = code(engine); });
        if (!engine.pending()) *result = toResult(engine, value, options);
        if (engine.pending()) *result = takeError(engine);
    }
    engine.leave();
}

/// The object behind a handle; raises an error if there is none.
Value targetOf(Engine& engine, uint64_t handle) {
    if (const Value* target = handleTable().find(handle)) return *target;
    engine.raiseError("The handle was released, or never given");
    return {};
}

} // namespace

int32_t itwin_start(const char* path, const itwin_hooks* hooks, itwin_value* error) {
    *error = {};
    if (Engine::currentIfAny()) {
        Engine& engine = Engine::current();
        engine.raiseError("There is an engine in this process already; there can be one only, for the life of the process");
        *error = takeError(engine);
        return 1;
    }
    // Some free memory is kept for the next large answer, whose page faults cost more than its copying, until itwin_trim_memory.
    mallopt(M_MMAP_THRESHOLD, keptFree);
    mallopt(M_TRIM_THRESHOLD, keptFree);
    Engine& engine = Engine::create(*hooks);
    engineThread = std::this_thread::get_id();
    engine.enter();
    const Ref<Object> exports = loadModule(engine, path);
    if (exports && !engine.pending())
        handleTable().add(exports);
    else
        *error = takeError(engine);
    engine.leave();
    return error->kind == ITWIN_ERROR ? 1 : 0;
}

void itwin_stop(void) { Engine::current().stop(); }

void itwin_pump(void) { Engine::current().pump(); }

void itwin_call(uint64_t target, const char* name, size_t nameSize, const itwin_value* arguments, size_t count, uint32_t flags,
                uint64_t token, itwin_value* result) {
    perform(result, {.flags = flags, .token = token, .mayBorrow = true}, [&](Engine& engine) -> Value {
        const Value self = targetOf(engine, target);
        if (engine.pending()) return {};
        const std::string_view method(name, nameSize);
        const Value callee = method.empty() ? self : engine.get(self, method);
        if (engine.pending()) return {};
        const Ref<Function> function(callee.as<Function>());
        if (!function) {
            engine.raiseTypeError(std::string(method).append(" is not a function"));
            return {};
        }
        const std::vector<Value> values = fromArguments(engine, arguments, count);
        if (engine.pending()) return {};
        return engine.call(*function, method.empty() ? Value() : self, values);
    });
}

void itwin_construct(uint64_t target, const char* name, size_t nameSize, const itwin_value* arguments, size_t count, itwin_value* result) {
    perform(result, {.flags = ITWIN_WANT_HANDLE}, [&](Engine& engine) -> Value {
        const Value owner = targetOf(engine, target);
        if (engine.pending()) return {};
        const Value type = engine.get(owner, {name, nameSize});
        const std::vector<Value> values = fromArguments(engine, arguments, count);
        if (engine.pending()) return {};
        const Ref<Function> constructor(type.as<Function>());
        if (constructor) return engine.construct(*constructor, values);
        engine.raiseTypeError(std::string(name, nameSize).append(" is not a constructor"));
        return {};
    });
}

void itwin_get(uint64_t target, const char* name, size_t nameSize, uint32_t flags, uint64_t token, itwin_value* result) {
    perform(result, {.flags = flags, .token = token, .mayBorrow = true}, [&](Engine& engine) -> Value {
        const Value object = targetOf(engine, target);
        return engine.pending() ? Value() : engine.get(object, {name, nameSize});
    });
}

void itwin_set(uint64_t target, const char* name, size_t nameSize, const itwin_value* value, itwin_value* result) {
    perform(result, {}, [&](Engine& engine) -> Value {
        const Value object = targetOf(engine, target);
        if (engine.pending()) return {};
        const Value given = fromArgument(engine, *value);
        if (!engine.pending()) engine.set(object, {name, nameSize}, given);
        return {};
    });
}

void itwin_to_json(uint64_t handle, itwin_value* result) {
    Engine& engine = Engine::current();
    engine.enter();
    const Value object = targetOf(engine, handle);
    *result = engine.pending() ? takeError(engine) : jsonResult(engine, object, {.mayBorrow = true});
    engine.leave();
}

void itwin_create(const itwin_value* value, itwin_value* result) {
    perform(result, {.flags = ITWIN_WANT_HANDLE}, [&](Engine& engine) -> Value {
        if (value->kind == ITWIN_UNDEFINED) return Ref<Object>(new Object());
        return fromArgument(engine, *value);
    });
}

int32_t itwin_release_handle(uint64_t handle) {
    if (handle == ITWIN_EXPORTS) return 1;
    Engine& engine = Engine::current();
    engine.enter();
    bool released;
    {
        const std::optional<Value> value = handleTable().remove(handle);
        released = value.has_value();
        if (released) --engine.usage().handles;
    }
    engine.leave();
    return released ? 0 : 1;
}

void itwin_release_memory(itwin_memory* owner) {
    if (!owner) return;
    Engine& engine = Engine::current();
    if (std::this_thread::get_id() == engineThread)
        engine.turn([owner] { freeMemory(owner); });
    else
        engine.tasks().post([owner] { freeMemory(owner); });
}

void itwin_trim_memory(void) {
    malloc_trim(0);
    // That leaves out the end of the heaps of threads other than the main one; there glibc trims when a larger block is freed.
    mallopt(M_TRIM_THRESHOLD, 128 * 1024);
    void* volatile block = std::malloc(256 * 1024);
    std::free(block);
    mallopt(M_TRIM_THRESHOLD, keptFree);
}

void itwin_get_usage(itwin_usage* usage) {
    *usage = Engine::current().usage();
    usage->cells = Cell::liveCount();
}
