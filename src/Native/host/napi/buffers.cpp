#include "napi/napi_support.h"

#include <cstring>

using namespace itwin;

namespace {
template <class T> napi_status isA(napi_env env, napi_value value, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    *result = valueOf(value).as<T>() != nullptr;
    return napi_ok;
}

Value bytesOver(const Ref<ArrayBuffer>& buffer) { return Ref<TypedArray>(new TypedArray(napi_uint8_array, buffer, 0, buffer->size())); }

/// More than any result of the add-on; keeps a wild size from ending the process.
constexpr size_t maximumBufferSize = size_t{1} << 32;
} // namespace

napi_status napi_is_arraybuffer(napi_env env, napi_value value, bool* result) { return isA<ArrayBuffer>(env, value, result); }
napi_status napi_is_typedarray(napi_env env, napi_value value, bool* result) { return isA<TypedArray>(env, value, result); }
/// A Node Buffer is a Uint8Array, and Node says yes for any typed array.
napi_status napi_is_buffer(napi_env env, napi_value value, bool* result) { return isA<TypedArray>(env, value, result); }

napi_status napi_is_dataview(napi_env env, napi_value value, bool* result) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    NAPI_ARG(result);
    *result = false; // nothing makes one
    return napi_ok;
}

napi_status napi_create_arraybuffer(napi_env env, size_t size, void** data, napi_value* result) {
    NAPI_ENV(env);
    NAPI_ARG(result);
    NAPI_EXPECT(size <= maximumBufferSize, napi_invalid_arg);
    const Ref<ArrayBuffer> buffer(new ArrayBuffer(size));
    if (data) *data = buffer->data();
    *result = engine.handles().push(buffer);
    return napi_ok;
}

napi_status napi_get_arraybuffer_info(napi_env env, napi_value value, void** data, size_t* size) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    const auto* buffer = valueOf(value).as<ArrayBuffer>();
    NAPI_EXPECT(buffer, napi_invalid_arg);
    if (data) *data = buffer->data();
    if (size) *size = buffer->size();
    return napi_ok;
}

napi_status napi_create_typedarray(napi_env env, napi_typedarray_type type, size_t length, napi_value arraybuffer, size_t offset, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(arraybuffer);
    NAPI_ARG(result);
    auto* buffer = valueOf(arraybuffer).as<ArrayBuffer>();
    NAPI_EXPECT(buffer, napi_invalid_arg);
    NAPI_EXPECT(type >= napi_int8_array && type <= napi_biguint64_array, napi_invalid_arg);
    const size_t elementSize = TypedArray::elementSize(type);
    if (offset % elementSize != 0 || offset > buffer->size() || length > (buffer->size() - offset) / elementSize) {
        engine.raiseError(offset % elementSize != 0 ? "start offset of the typed array should be a multiple of its element size"
                                                    : "Invalid typed array length");
        return engine.setStatus(napi_pending_exception);
    }
    *result = engine.handles().push(Ref<TypedArray>(new TypedArray(type, buffer, offset, length)));
    return napi_ok;
}

napi_status napi_get_typedarray_info(napi_env env, napi_value value, napi_typedarray_type* type, size_t* length, void** data,
                                     napi_value* arraybuffer, size_t* offset) {
    NAPI_ENV(env);
    NAPI_ARG(value);
    const auto* array = valueOf(value).as<TypedArray>();
    NAPI_EXPECT(array, napi_invalid_arg);
    if (type) *type = array->type();
    if (length) *length = array->length();
    if (data) *data = array->data();
    if (arraybuffer) *arraybuffer = engine.handles().push(&array->buffer());
    if (offset) *offset = array->offset();
    return napi_ok;
}

napi_status napi_create_buffer_copy(napi_env env, size_t size, const void* source, void** data, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(result);
    NAPI_EXPECT(size <= maximumBufferSize && (source || size == 0), napi_invalid_arg);
    const Ref<ArrayBuffer> buffer(new ArrayBuffer(size));
    if (size > 0) std::memcpy(buffer->data(), source, size);
    if (data) *data = buffer->data();
    *result = engine.handles().push(bytesOver(buffer));
    return napi_ok;
}

napi_status napi_create_external_buffer(napi_env env, size_t size, void* source, napi_finalize finalize, void* hint, napi_value* result) {
    NAPI_ENV(env);
    NAPI_CAN_CALL();
    NAPI_ARG(result);
    const Ref<ArrayBuffer> buffer(new ArrayBuffer(source, size));
    if (finalize) buffer->extras().finalizers.push_back({finalize, source, hint});
    *result = engine.handles().push(bytesOver(buffer));
    return napi_ok;
}
