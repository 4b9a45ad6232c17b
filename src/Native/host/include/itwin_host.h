/// The C interface between .NET and the N-API host. Everything except `itwin_release_memory` is called on the engine thread: the
/// thread that called `itwin_start`. No C++ exception crosses it. One engine lives in a process, for the life of the process
/// (the add-on keeps its environment and its main thread in statics).
#ifndef ITWIN_HOST_H
#define ITWIN_HOST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ITWIN_API __attribute__((visibility("default")))

typedef enum itwin_kind {
    ITWIN_UNDEFINED = 0,
    ITWIN_NULL = 1,
    ITWIN_BOOLEAN = 2,  ///< `number` is 0 or 1
    ITWIN_NUMBER = 3,   ///< `number`
    ITWIN_STRING = 4,   ///< `data`, `size`: UTF-8, not terminated
    ITWIN_JSON = 5,     ///< `data`, `size`: UTF-8 JSON of an object or array; `{"$binary":i}` in it stands for `binaries[i]`
    ITWIN_BINARY = 6,   ///< `data`, `size`: the bytes of a typed array or ArrayBuffer (as argument: becomes a Uint8Array)
    ITWIN_HANDLE = 7,   ///< `handle`: an object, function or external kept by the host until `itwin_release_handle`
    ITWIN_PENDING = 8,  ///< result only: a promise; `settled` will be called with the token of the call
    ITWIN_ERROR = 9,    ///< `data`, `size`: UTF-8 JSON of the thrown error: `{"name","message",...own properties}`
    ITWIN_CALLBACK = 10, ///< argument only: a function; `handle` is the token passed to `call` (0: it does nothing), `count` an
                         ///< itwin_callback_mode
    ITWIN_CONSTANT = 11  ///< argument only: a function within the host that always gives the object `handle`
} itwin_kind;

/// How the arguments of a callback are delivered.
typedef enum itwin_callback_mode {
    ITWIN_BY_VALUE = 0, ///< objects as JSON
    ITWIN_BY_HANDLE = 1 ///< objects as handles that are valid during the callback only, so that it can change them
} itwin_callback_mode;

typedef struct itwin_span {
    const uint8_t* data;
    size_t size;
} itwin_span;

/// What keeps the memory of a result alive.
typedef struct itwin_memory itwin_memory;

/// An argument or a result.
/// Result: `data` and `binaries` are valid until `owner` is released; with a null `owner`, until the next call into the host.
/// Argument: the memory is the caller's, it is copied where it is kept.
typedef struct itwin_value {
    int32_t kind;
    int32_t count; ///< the number of `binaries`; of a callback its mode
    union {
        double number;
        uint64_t handle;
    };
    const uint8_t* data;
    size_t size;
    const itwin_span* binaries;
    itwin_memory* owner;
} itwin_value;

/// Functions of the caller. `wake` may be called from any thread, the others come on the engine thread. Only `call` may call back
/// into the host.
typedef struct itwin_hooks {
    /// Work is queued: call `itwin_pump` soon.
    void (*wake)(void);
    /// Native code calls a callback argument. The result is given with `itwin_return` before it returns (else undefined). The
    /// arguments with an owner are the callee's to release.
    void (*call)(uint64_t token, itwin_value* arguments, size_t count);
    /// The promise of a call is settled; the callee releases the value's owner. Kind ITWIN_ERROR: rejected.
    void (*settled)(uint64_t token, itwin_value* value);
    /// The host no longer holds the callback.
    void (*dropped)(uint64_t token);
} itwin_hooks;

/// What the host holds now, to find leaks.
typedef struct itwin_usage {
    uint64_t handles;   ///< live handles given to the caller
    uint64_t memories;  ///< results whose memory is not released
    uint64_t callbacks; ///< callbacks not yet dropped
    uint64_t cells;     ///< live values on the heap
} itwin_usage;

/// The handle of the add-on's exports object.
#define ITWIN_EXPORTS ((uint64_t)1)

/// For `flags`: give an object as ITWIN_HANDLE even if it could be JSON.
#define ITWIN_WANT_HANDLE 1u

/// Loads the add-on at `path` and makes the calling thread the engine thread. 0: started; else `error` says why (ITWIN_ERROR).
ITWIN_API int32_t itwin_start(const char* path, const itwin_hooks* hooks, itwin_value* error);

/// Runs the add-on's cleanup hooks and waits for its background work. Nothing may be called afterwards.
ITWIN_API void itwin_stop(void);

/// Runs what other threads queued (completed work, thread-safe calls, finalizers, promise reactions).
ITWIN_API void itwin_pump(void);

/// Calls the method `name` of `target`; with an empty name, calls `target` itself.
/// `token` is for `settled`, should the result be a promise (ITWIN_PENDING); 0: the promise comes as a handle.
ITWIN_API void itwin_call(uint64_t target, const char* name, size_t name_size, const itwin_value* arguments, size_t count, uint32_t flags,
                          uint64_t token, itwin_value* result);

/// Constructs an instance of the class that is the property `name` of `target`. The result is a handle or an error.
ITWIN_API void itwin_construct(uint64_t target, const char* name, size_t name_size, const itwin_value* arguments, size_t count,
                               itwin_value* result);

/// Reads the property `name` of `target`.
ITWIN_API void itwin_get(uint64_t target, const char* name, size_t name_size, uint32_t flags, uint64_t token, itwin_value* result);

/// Sets the property `name` of `target`. The result is undefined or an error.
ITWIN_API void itwin_set(uint64_t target, const char* name, size_t name_size, const itwin_value* value, itwin_value* result);

/// Gives the object behind a handle as JSON.
ITWIN_API void itwin_to_json(uint64_t handle, itwin_value* result);

/// Makes a plain object from a value (ITWIN_JSON, or ITWIN_UNDEFINED for an empty object) or a function (ITWIN_CALLBACK); gives a handle.
ITWIN_API void itwin_create(const itwin_value* value, itwin_value* result);

/// Within `call`: the value that the callback returns, or the error (ITWIN_ERROR with JSON) that it throws.
ITWIN_API void itwin_return(const itwin_value* value);

/// Releases a handle. 0: released; 1: there is no such handle (released before, or never given).
ITWIN_API int32_t itwin_release_handle(uint64_t handle);

/// Releases a result's memory. From any thread; once per owner.
ITWIN_API void itwin_release_memory(itwin_memory* owner);

/// Gives memory that is free, but kept by the allocator, back to the system; after something large was let go, or when work rests.
ITWIN_API void itwin_trim_memory(void);

ITWIN_API void itwin_get_usage(itwin_usage* usage);

#ifdef __cplusplus
}
#endif
#endif
