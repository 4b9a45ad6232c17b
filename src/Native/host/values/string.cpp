#include "values/string.h"

#include <cstring>
#include <functional>
#include <new>
#include <string>

namespace itwin {
namespace {

/// The length of the valid UTF-8 sequence at `at`, 0 if there is none; `bad` is then the length of the maximal invalid subpart.
size_t sequenceLength(const unsigned char* at, size_t left, size_t& bad) noexcept {
    const unsigned char lead = *at;
    if (lead < 0x80) return 1;
    size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    }
    bad = 1;
    for (size_t i = 1; i < length; ++i) {
        if (i >= left || at[i] < low || at[i] > high) return 0;
        low = 0x80;
        high = 0xBF;
        bad = i + 1;
    }
    return length;
}

/// The length of the prefix that is ASCII, eight bytes at a time.
size_t asciiPrefix(std::string_view text) noexcept {
    size_t i = 0;
    while (i + 8 <= text.size()) {
        uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        if (word & 0x8080808080808080ULL) break;
        i += 8;
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

/// The length of the prefix that is valid UTF-8.
size_t validPrefix(std::string_view text) noexcept {
    size_t i = asciiPrefix(text);
    size_t bad = 0;
    while (i < text.size()) {
        const size_t n = sequenceLength(reinterpret_cast<const unsigned char*>(text.data()) + i, text.size() - i, bad);
        if (n == 0) break;
        i += n;
        if (n == 1) i += asciiPrefix(text.substr(i));
    }
    return i;
}

std::string replaceInvalid(std::string_view text, size_t validLength) {
    std::string result;
    result.reserve(text.size() + 16);
    while (true) {
        result.append(text.substr(0, validLength));
        text.remove_prefix(validLength);
        if (text.empty()) return result;
        size_t bad = 1;
        sequenceLength(reinterpret_cast<const unsigned char*>(text.data()), text.size(), bad);
        result.append("\xEF\xBF\xBD");
        text.remove_prefix(bad);
        validLength = validPrefix(text);
    }
}

} // namespace

String* String::allocate(size_t size) {
    void* memory = ::operator new(sizeof(String) + size + 1);
    auto* string = new (memory) String(size);
    string->bytes()[size] = '\0';
    return string;
}

Ref<String> String::fromUtf8(std::string_view text) {
    const size_t valid = validPrefix(text);
    if (valid != text.size()) return join(replaceInvalid(text, valid), {});
    return join(text, {});
}

Ref<String> String::fromLatin1(std::string_view text) {
    std::string utf8;
    utf8.reserve(text.size());
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80) {
            utf8.push_back(c);
        } else {
            utf8.push_back(static_cast<char>(0xC0 | (code >> 6)));
            utf8.push_back(static_cast<char>(0x80 | (code & 0x3F)));
        }
    }
    return join(utf8, {});
}

Ref<String> String::join(std::string_view first, std::string_view second) {
    Ref<String> string(allocate(first.size() + second.size()));
    if (!first.empty()) std::memcpy(string->bytes(), first.data(), first.size());
    if (!second.empty()) std::memcpy(string->bytes() + first.size(), second.data(), second.size());
    return string;
}

size_t String::hash() const noexcept {
    if (hash_ == 0) hash_ = hashOf(view());
    return hash_;
}

size_t String::utf16Length() const noexcept {
    size_t units = 0;
    for (const char c : view()) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2U : 1U;
    }
    return units;
}

size_t hashOf(std::string_view text) noexcept {
    const size_t hash = std::hash<std::string_view>{}(text);
    return hash == 0 ? 1 : hash;
}

} // namespace itwin
