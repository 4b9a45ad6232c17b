#pragma once

#include "values/cell.h"
#include <cstddef>
#include <string_view>

namespace itwin {

/// An immutable UTF-8 string, always valid: what is invalid in the source became U+FFFD. Its bytes follow the object in memory.
class String final : public Cell {
public:
    /// From UTF-8; invalid sequences are replaced (WHATWG "maximal subpart" practice).
    static Ref<String> fromUtf8(std::string_view text);
    static Ref<String> fromLatin1(std::string_view text);
    /// The concatenation of parts that are valid already.
    static Ref<String> join(std::string_view first, std::string_view second);

    std::string_view view() const noexcept { return {bytes(), size_}; }
    size_t size() const noexcept { return size_; }
    size_t hash() const noexcept;
    /// The number of UTF-16 code units: what JavaScript calls its length.
    size_t utf16Length() const noexcept;

    static void operator delete(void* memory) { ::operator delete(memory); }

private:
    explicit String(size_t size) noexcept : size_(size) {}
    static String* allocate(size_t size);
    const char* bytes() const noexcept { return reinterpret_cast<const char*>(this + 1); }
    char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }

    size_t size_;
    mutable size_t hash_ = 0;
};

/// The hash that property tables use.
size_t hashOf(std::string_view text) noexcept;

} // namespace itwin
