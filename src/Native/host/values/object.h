#pragma once

#include "values/property_map.h"
#include <functional>
#include <memory>
#include <node_api.h>
#include <span>
#include <string>

struct napi_ref__;

namespace itwin {

class Engine;
class Function;

enum class ObjectKind : uint8_t { plain, array, function, error, external, arrayBuffer, typedArray, promise };

/// A native finalizer that waits for its object's death.
struct Finalizer {
    napi_finalize callback = nullptr;
    void* data = nullptr;
    void* hint = nullptr;
};

/// What only few objects have: a wrapped native instance, finalizers, weak references.
struct ObjectExtras {
    bool wrapped = false;
    Finalizer wrap;
    std::vector<Finalizer> finalizers;
    napi_ref__* references = nullptr; ///< all references to this object, a list through napi_ref__::next
};

/// JSON text that is not parsed yet: a slice of a string.
struct LazyText {
    Ref<String> source;
    std::string_view text; ///< within `source`
};

/// A JavaScript object. One made by JSON.parse keeps its text and is materialised, level by level, when it is looked into.
class Object : public Cell {
public:
    static constexpr ObjectKind ownKind = ObjectKind::plain;
    explicit Object(Object* prototype = nullptr) noexcept : Object(ObjectKind::plain, prototype) {}
    static Ref<Object> fromText(LazyText text);

    ObjectKind kind() const noexcept { return kind_; }
    Object* prototype() const noexcept { return prototype_.get(); }
    void setPrototype(Object* prototype) noexcept { prototype_ = prototype; }

    PropertyMap& properties() {
        if (lazy_) materialise();
        return properties_;
    }
    /// The text that this object still is, or null once it was looked into.
    const LazyText* lazyText() const noexcept { return lazy_.get(); }

    /// An own property set without regard to accessors and attributes.
    void define(std::string_view key, Value value, uint8_t attributes = plainProperty);
    /// An own data property's value, undefined if there is none; accessors and prototypes are not looked at.
    Value own(std::string_view key);

    ObjectExtras& extras() {
        if (!extras_) extras_ = std::make_unique<ObjectExtras>();
        return *extras_;
    }
    ObjectExtras* extrasIfAny() const noexcept { return extras_.get(); }

protected:
    Object(ObjectKind kind, Object* prototype) noexcept : prototype_(prototype), kind_(kind) {}
    void dying() noexcept override;
    void setLazy(LazyText text) { lazy_ = std::make_unique<LazyText>(std::move(text)); }

    std::unique_ptr<LazyText> lazy_;
    PropertyMap properties_;

private:
    void materialise();

    std::unique_ptr<ObjectExtras> extras_;
    Ref<Object> prototype_;
    ObjectKind kind_;
};

class Array final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::array;
    /// The largest length that `set` grows an array to; beyond it JavaScript would make it sparse, which nothing here needs.
    static constexpr size_t maximumLength = 1U << 26;
    explicit Array(size_t length = 0);
    static Ref<Array> fromText(LazyText text);

    std::vector<Value>& items() {
        if (lazy_) materialise();
        return items_;
    }

private:
    void materialise();
    std::vector<Value> items_;
};

/// A function: of the add-on (an N-API callback), of the caller (a token) or of the host itself.
class Function final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::function;
    using Builtin = std::function<Value(Engine&, const Value& self, std::span<const Value> arguments)>;

    Function(napi_callback callback, void* data);
    explicit Function(Builtin builtin);
    /// A function of the caller; `dropped` of the hooks is called with the token when it dies.
    Function(uint64_t token, int32_t mode);

    napi_callback callback() const noexcept { return callback_; }
    void* data() const noexcept { return data_; }
    const Builtin& builtin() const noexcept { return builtin_; }
    bool isCallers() const noexcept { return isCallers_; }
    uint64_t token() const noexcept { return token_; }
    int32_t mode() const noexcept { return mode_; }
    /// The `prototype` property of a class, null for other functions.
    Object* instancePrototype() const noexcept { return instancePrototype_.get(); }
    void setInstancePrototype(Ref<Object> prototype) noexcept { instancePrototype_ = std::move(prototype); }

protected:
    ~Function() override;

private:
    napi_callback callback_ = nullptr;
    void* data_ = nullptr;
    Builtin builtin_;
    Ref<Object> instancePrototype_;
    uint64_t token_ = 0;
    int32_t mode_ = 0;
    bool isCallers_ = false;
};

class Error final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::error;
    explicit Error(Object* prototype) noexcept : Object(ObjectKind::error, prototype) {}
};

class External final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::external;
    explicit External(void* data) noexcept : Object(ObjectKind::external, nullptr), data_(data) {}
    void* data() const noexcept { return data_; }

private:
    void* data_;
};

class ArrayBuffer final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::arrayBuffer;
    explicit ArrayBuffer(size_t size);
    /// Over memory of the add-on, which a finalizer gives back.
    ArrayBuffer(void* data, size_t size) noexcept;
    uint8_t* data() const noexcept { return data_; }
    size_t size() const noexcept { return size_; }

private:
    std::unique_ptr<uint8_t[]> owned_;
    uint8_t* data_;
    size_t size_;
};

class TypedArray final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::typedArray;
    TypedArray(napi_typedarray_type type, Ref<ArrayBuffer> buffer, size_t offset, size_t length) noexcept;
    napi_typedarray_type type() const noexcept { return type_; }
    ArrayBuffer& buffer() const noexcept { return *buffer_; }
    size_t offset() const noexcept { return offset_; }
    size_t length() const noexcept { return length_; }
    size_t byteLength() const noexcept { return length_ * elementSize(type_); }
    uint8_t* data() const noexcept { return buffer_->data() + offset_; }
    static size_t elementSize(napi_typedarray_type type) noexcept;

private:
    Ref<ArrayBuffer> buffer_;
    size_t offset_;
    size_t length_;
    napi_typedarray_type type_;
};

/// Getter and setter of a property; either may be null.
class Accessor final : public Cell {
public:
    Accessor(Ref<Function> getter, Ref<Function> setter) noexcept : getter_(std::move(getter)), setter_(std::move(setter)) {}
    Function* getter() const noexcept { return getter_.get(); }
    Function* setter() const noexcept { return setter_.get(); }

private:
    Ref<Function> getter_;
    Ref<Function> setter_;
};

inline Value::Value(Object* object) noexcept : Value(Tag::object, object) {}
inline Value Value::accessor(Accessor* accessor) noexcept { return {Tag::accessor, accessor}; }
inline Object& Value::asObject() const noexcept { return static_cast<Object&>(*cell_); }
inline Accessor& Value::asAccessor() const noexcept { return static_cast<Accessor&>(*cell_); }
template <class T> T* Value::as() const noexcept {
    return isObject() && asObject().kind() == T::ownKind ? static_cast<T*>(&asObject()) : nullptr;
}

} // namespace itwin
