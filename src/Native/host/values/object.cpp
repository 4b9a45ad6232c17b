#include "values/object.h"

#include "engine/engine.h"
#include "values/json.h"

#include <algorithm>

namespace itwin {

const Property* PropertyMap::find(std::string_view key) const noexcept {
    if (index_.empty()) {
        for (const Property& property : properties_)
            if (property.key->view() == key) return &property;
        return nullptr;
    }
    const size_t mask = index_.size() - 1;
    for (size_t at = hashOf(key) & mask; index_[at] != 0; at = (at + 1) & mask) {
        const Property& property = properties_[index_[at] - 1];
        if (property.key->view() == key) return &property;
    }
    return nullptr;
}

Property& PropertyMap::add(Ref<String> key, Value value, uint8_t attributes) {
    if (properties_.empty()) properties_.reserve(searchedSize);
    properties_.push_back({std::move(key), std::move(value), attributes});
    if (properties_.size() > searchedSize) {
        if (properties_.size() * 2 > index_.size())
            rebuildIndex();
        else
            insertIntoIndex(properties_.size() - 1);
    }
    return properties_.back();
}

bool PropertyMap::remove(std::string_view key) {
    const Property* property = find(key);
    if (!property) return false;
    properties_.erase(properties_.begin() + (property - properties_.data()));
    rebuildIndex();
    return true;
}

void PropertyMap::rebuildIndex() {
    index_.clear();
    if (properties_.size() <= searchedSize) return;
    size_t capacity = searchedSize * 4;
    while (capacity < properties_.size() * 3) capacity *= 2;
    index_.resize(capacity);
    for (size_t i = 0; i < properties_.size(); ++i) insertIntoIndex(i);
}

void PropertyMap::insertIntoIndex(size_t position) noexcept {
    const size_t mask = index_.size() - 1;
    size_t at = properties_[position].key->hash() & mask;
    while (index_[at] != 0) at = (at + 1) & mask;
    index_[at] = static_cast<uint32_t>(position + 1);
}

std::vector<size_t> PropertyMap::indicesFirst() const {
    std::vector<std::pair<int64_t, size_t>> indices;
    for (size_t i = 0; i < properties_.size(); ++i) {
        const int64_t index = arrayIndexOf(properties_[i].key->view());
        if (index >= 0) indices.emplace_back(index, i);
    }
    if (indices.empty()) return {};
    std::sort(indices.begin(), indices.end());
    std::vector<size_t> order;
    order.reserve(properties_.size());
    for (const auto& [index, position] : indices) order.push_back(position);
    for (size_t i = 0; i < properties_.size(); ++i)
        if (arrayIndexOf(properties_[i].key->view()) < 0) order.push_back(i);
    return order;
}

int64_t arrayIndexOf(std::string_view key) noexcept {
    if (key.empty() || key.size() > 10 || (key.size() > 1 && key[0] == '0')) return -1;
    int64_t index = 0;
    for (const char c : key) {
        if (c < '0' || c > '9') return -1;
        index = index * 10 + (c - '0');
    }
    return index < 0xFFFFFFFFLL ? index : -1;
}

Ref<Object> Object::fromText(LazyText text) {
    Ref<Object> object(new Object());
    object->setLazy(std::move(text));
    return object;
}

void Object::materialise() {
    if (kind_ == ObjectKind::array) {
        static_cast<Array*>(this)->items();
        return;
    }
    const std::unique_ptr<LazyText> text = std::move(lazy_);
    forEachMember(*text, [this](Ref<String> key, Value value) {
        // The last of several equal keys wins, at the place of the first.
        if (Property* property = properties_.find(key->view()))
            property->value = std::move(value);
        else
            properties_.add(std::move(key), std::move(value));
    });
}

void Object::define(std::string_view key, Value value, uint8_t attributes) {
    if (Property* property = properties().find(key)) {
        property->value = std::move(value);
        property->attributes = attributes;
    } else {
        properties_.add(String::fromUtf8(key), std::move(value), attributes);
    }
}

Value Object::own(std::string_view key) {
    const Property* property = properties().find(key);
    return property && !property->value.isAccessor() ? property->value : Value();
}

void Object::dying() noexcept {
    if (extras_) Engine::current().bury(*extras_);
}

Array::Array(size_t count) : Object(ObjectKind::array, Engine::current().arrayPrototype()), items_(count) {}

Ref<Array> Array::fromText(LazyText text) {
    Ref<Array> array(new Array());
    array->setLazy(std::move(text));
    return array;
}

void Array::materialise() {
    const std::unique_ptr<LazyText> text = std::move(lazy_);
    forEachItem(*text, [this](Value value) { items_.push_back(std::move(value)); });
}

Function::Function(napi_callback native, void* nativeData)
    : Object(ObjectKind::function, nullptr), callback_(native), data_(nativeData) {}

Function::Function(Builtin code) : Object(ObjectKind::function, nullptr), builtin_(std::move(code)) {}

Function::Function(uint64_t callersToken, int32_t deliveryMode)
    : Object(ObjectKind::function, nullptr), token_(callersToken), mode_(deliveryMode), isCallers_(true) {
    ++Engine::current().usage().callbacks;
}

Function::~Function() {
    if (!isCallers_) return;
    --Engine::current().usage().callbacks;
    Engine::current().hooks().dropped(token_);
}

ArrayBuffer::ArrayBuffer(size_t byteCount)
    : Object(ObjectKind::arrayBuffer, nullptr), owned_(new uint8_t[byteCount == 0 ? 1 : byteCount]()), data_(owned_.get()), size_(byteCount) {}

ArrayBuffer::ArrayBuffer(void* memory, size_t byteCount) noexcept
    : Object(ObjectKind::arrayBuffer, nullptr), data_(static_cast<uint8_t*>(memory)), size_(byteCount) {}

TypedArray::TypedArray(napi_typedarray_type elementType, Ref<ArrayBuffer> memory, size_t start, size_t count) noexcept
    : Object(ObjectKind::typedArray, nullptr), buffer_(std::move(memory)), offset_(start), length_(count), type_(elementType) {}

size_t TypedArray::elementSize(napi_typedarray_type type) noexcept {
    switch (type) {
    case napi_int16_array:
    case napi_uint16_array: return 2;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array: return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array: return 8;
    default: return 1;
    }
}

} // namespace itwin
