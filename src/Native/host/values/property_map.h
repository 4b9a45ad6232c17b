#pragma once

#include "values/value.h"
#include <vector>

namespace itwin {

/// Attributes of a property, numbered as N-API's napi_property_attributes.
enum PropertyAttributes : uint8_t {
    writable = 1,
    enumerable = 2,
    configurable = 4,
    plainProperty = writable | enumerable | configurable,
};

struct Property {
    Ref<String> key;
    Value value;
    uint8_t attributes = plainProperty;
};

/// An object's own properties in the order in which they were added. Small ones are searched, larger ones are hashed.
class PropertyMap {
public:
    Property* find(std::string_view key) noexcept { return const_cast<Property*>(std::as_const(*this).find(key)); }
    const Property* find(std::string_view key) const noexcept;
    /// Adds a property whose key is not there yet.
    Property& add(Ref<String> key, Value value, uint8_t attributes = plainProperty);
    bool remove(std::string_view key);
    size_t size() const noexcept { return properties_.size(); }
    void reserve(size_t count) { properties_.reserve(count); }

    auto begin() const noexcept { return properties_.begin(); }
    auto end() const noexcept { return properties_.end(); }

    /// The positions in JavaScript's order: keys that are array indices ascending, then the others as they were added.
    /// Empty when that is the order in which they were added.
    std::vector<size_t> indicesFirst() const;
    const Property& at(size_t position) const noexcept { return properties_[position]; }

private:
    static constexpr size_t searchedSize = 8;
    void rebuildIndex();
    void insertIntoIndex(size_t position) noexcept;

    std::vector<Property> properties_;
    std::vector<uint32_t> index_; ///< open addressing: position + 1, 0 is free; empty while the map is small
};

/// The array index that a key spells ("0", "17"; not "01", "-1"), or -1.
int64_t arrayIndexOf(std::string_view key) noexcept;

} // namespace itwin
