#pragma once

#include "values/string.h"

namespace itwin {

class Object;
class Accessor;

/// A JavaScript value in 16 bytes.
class Value {
public:
    enum class Tag : uint8_t {
        undefined,
        null,
        boolean,
        number,
        string,
        object,
        accessor, ///< only inside a property: getter and setter
    };

    Value() noexcept : tag_(Tag::undefined), bits_(0) {}
    static Value null() noexcept {
        Value value;
        value.tag_ = Tag::null;
        return value;
    }
    static Value boolean(bool boolean) noexcept {
        Value value;
        value.tag_ = Tag::boolean;
        value.boolean_ = boolean;
        return value;
    }
    static Value number(double number) noexcept {
        Value value;
        value.tag_ = Tag::number;
        value.number_ = number;
        return value;
    }
    Value(Ref<String> string) noexcept : Value(Tag::string, string.get()) {}
    Value(String* string) noexcept : Value(Tag::string, string) {}
    Value(Object* object) noexcept;
    template <class T> Value(const Ref<T>& object) noexcept : Value(object.get()) {}
    static Value accessor(Accessor* accessor) noexcept;

    Value(const Value& other) noexcept : tag_(other.tag_), bits_(other.bits_) {
        if (isCell()) cell_->retain();
    }
    Value(Value&& other) noexcept : tag_(other.tag_), bits_(other.bits_) { other.tag_ = Tag::undefined; }
    ~Value() { reset(); }
    Value& operator=(const Value& other) noexcept {
        Value copy(other);
        swap(copy);
        return *this;
    }
    Value& operator=(Value&& other) noexcept {
        Value moved(std::move(other));
        swap(moved);
        return *this;
    }
    void reset() noexcept {
        if (isCell()) {
            Cell* cell = cell_;
            tag_ = Tag::undefined;
            cell->release();
        } else {
            tag_ = Tag::undefined;
        }
    }

    Tag tag() const noexcept { return tag_; }
    bool isUndefined() const noexcept { return tag_ == Tag::undefined; }
    bool isNull() const noexcept { return tag_ == Tag::null; }
    bool isBoolean() const noexcept { return tag_ == Tag::boolean; }
    bool isNumber() const noexcept { return tag_ == Tag::number; }
    bool isString() const noexcept { return tag_ == Tag::string; }
    bool isObject() const noexcept { return tag_ == Tag::object; }
    bool isAccessor() const noexcept { return tag_ == Tag::accessor; }

    bool asBoolean() const noexcept { return boolean_; }
    double asNumber() const noexcept { return number_; }
    String& asString() const noexcept { return static_cast<String&>(*cell_); }
    Object& asObject() const noexcept;
    Accessor& asAccessor() const noexcept;
    /// The object as T when it is one, else null. Defined in object.h.
    template <class T> T* as() const noexcept;

private:
    Value(Tag tag, Cell* cell) noexcept : tag_(tag), cell_(cell) { cell_->retain(); }
    bool isCell() const noexcept { return tag_ >= Tag::string; }
    void swap(Value& other) noexcept {
        std::swap(tag_, other.tag_);
        std::swap(bits_, other.bits_);
    }

    Tag tag_;
    union {
        bool boolean_;
        double number_;
        Cell* cell_;
        uint64_t bits_; ///< as wide as the widest: copying it copies any of them
    };
};

static_assert(sizeof(Value) == 16);

} // namespace itwin
