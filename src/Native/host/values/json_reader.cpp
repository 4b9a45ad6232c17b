#include "values/json.h"

#include <charconv>
#include <cstdlib>

namespace itwin {
namespace {

/// Walks over JSON text. Methods that return bool say whether the text is as JSON wants it.
class Scanner {
public:
    explicit Scanner(std::string_view text) noexcept : at_(text.data()), begin_(text.data()), end_(text.data() + text.size()) {}

    void space() noexcept {
        while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
    }
    bool atEnd() const noexcept { return at_ == end_; }
    char peek() const noexcept { return at_ < end_ ? *at_ : '\0'; }
    bool take(char c) noexcept {
        if (peek() != c || at_ == end_) return false;
        ++at_;
        return true;
    }
    const char* position() const noexcept { return at_; }
    JsonFault fault(const char* reason) const noexcept { return {static_cast<size_t>(at_ - begin_), reason}; }

    bool value(int depth) noexcept {
        space();
        switch (peek()) {
        case '{': return object(depth);
        case '[': return array(depth);
        case '"': return string();
        case 't': return word("true");
        case 'f': return word("false");
        case 'n': return word("null");
        default: return number();
        }
    }

    bool string() noexcept {
        if (!take('"')) return false;
        while (at_ < end_) {
            const char c = *at_;
            if (c == '"') {
                ++at_;
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) return false;
            if (c == '\\' && !escape()) return false;
            if (c != '\\') ++at_;
        }
        return false;
    }

    bool number() noexcept {
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            if (!digits()) return false;
        }
        return true;
    }

private:
    bool digits() noexcept {
        const char* start = at_;
        while (at_ < end_ && *at_ >= '0' && *at_ <= '9') ++at_;
        return at_ > start;
    }

    bool word(std::string_view word) noexcept {
        if (static_cast<size_t>(end_ - at_) < word.size() || std::string_view(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    bool escape() noexcept {
        ++at_;
        switch (peek()) {
        case '"':
        case '\\':
        case '/':
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't': ++at_; return true;
        case 'u':
            ++at_;
            for (int i = 0; i < 4; ++i, ++at_) {
                const char c = peek();
                if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) return false;
            }
            return true;
        default: return false;
        }
    }

    bool object(int depth) noexcept {
        if (depth >= maximumJsonDepth || !take('{')) return false;
        space();
        if (take('}')) return true;
        do {
            space();
            if (!string()) return false;
            space();
            if (!take(':') || !value(depth + 1)) return false;
            space();
        } while (take(','));
        return take('}');
    }

    bool array(int depth) noexcept {
        if (depth >= maximumJsonDepth || !take('[')) return false;
        space();
        if (take(']')) return true;
        do {
            if (!value(depth + 1)) return false;
            space();
        } while (take(','));
        return take(']');
    }

    const char* at_;
    const char* begin_;
    const char* end_;
};

void appendCodePoint(uint32_t code, std::string& out) {
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (code >> 6)));
        out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | (code >> 12)));
        out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else {
        out.push_back(static_cast<char>(0xF0 | (code >> 18)));
        out.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    }
}

uint32_t hex4(std::string_view text) noexcept {
    uint32_t code = 0;
    std::from_chars(text.data(), text.data() + 4, code, 16);
    return code;
}

/// The string that a literal's inside (without the quotes) stands for. A lone surrogate becomes U+FFFD.
Ref<String> unescape(std::string_view inside) {
    size_t backslash = inside.find('\\');
    if (backslash == std::string_view::npos) return String::join(inside, {});
    std::string out;
    out.reserve(inside.size());
    while (backslash != std::string_view::npos) {
        out.append(inside.substr(0, backslash));
        const char kind = inside[backslash + 1];
        size_t length = 2;
        switch (kind) {
        case 'b': out.push_back('\b'); break;
        case 'f': out.push_back('\f'); break;
        case 'n': out.push_back('\n'); break;
        case 'r': out.push_back('\r'); break;
        case 't': out.push_back('\t'); break;
        case 'u': {
            uint32_t code = hex4(inside.substr(backslash + 2));
            length = 6;
            if (code >= 0xD800 && code <= 0xDFFF) {
                const std::string_view rest = inside.substr(backslash + 6);
                const uint32_t low = rest.size() >= 6 && rest[0] == '\\' && rest[1] == 'u' ? hex4(rest.substr(2)) : 0;
                if (code < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    length = 12;
                } else {
                    code = 0xFFFD;
                }
            }
            appendCodePoint(code, out);
            break;
        }
        default: out.push_back(kind);
        }
        inside.remove_prefix(backslash + length);
        backslash = inside.find('\\');
    }
    out.append(inside);
    return String::join(out, {});
}

/// The value whose text was scanned.
Value valueOf(std::string_view text, const Ref<String>& source) {
    switch (text[0]) {
    case '{': return Object::fromText({source, text});
    case '[': return Array::fromText({source, text});
    case '"': return unescape(text.substr(1, text.size() - 2));
    case 't': return Value::boolean(true);
    case 'f': return Value::boolean(false);
    case 'n': return Value::null();
    default: break;
    }
    double number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec == std::errc::result_out_of_range) number = std::strtod(std::string(text).c_str(), nullptr);
    return Value::number(number);
}

std::string_view nextValue(Scanner& scanner) noexcept {
    scanner.space();
    const char* start = scanner.position();
    scanner.value(0);
    return {start, static_cast<size_t>(scanner.position() - start)};
}

} // namespace

std::optional<JsonFault> validateJson(std::string_view text) noexcept {
    Scanner scanner(text);
    if (!scanner.value(0)) return scanner.fault(scanner.atEnd() ? "it ends too early" : "there is something unexpected, or it is nested too deep");
    scanner.space();
    if (!scanner.atEnd()) return scanner.fault("there is something behind the value");
    return std::nullopt;
}

Value parseTrustedJson(const Ref<String>& text) {
    Scanner scanner(text->view());
    scanner.space();
    const char first = scanner.peek();
    if (first == '{' || first == '[') {
        // Whatever is behind the last bracket is white space.
        std::string_view view = text->view().substr(static_cast<size_t>(scanner.position() - text->view().data()));
        view = view.substr(0, view.find_last_of(first == '{' ? '}' : ']') + 1);
        return valueOf(view, text);
    }
    return valueOf(nextValue(scanner), text);
}

void forEachMember(const LazyText& object, const std::function<void(Ref<String>, Value)>& visit) {
    Scanner scanner(object.text);
    scanner.take('{');
    scanner.space();
    if (scanner.take('}')) return;
    do {
        scanner.space();
        const char* start = scanner.position();
        if (!scanner.string()) return;
        Ref<String> key = unescape({start + 1, static_cast<size_t>(scanner.position() - start) - 2});
        scanner.space();
        if (!scanner.take(':')) return;
        const std::string_view text = nextValue(scanner);
        if (text.empty()) return;
        visit(std::move(key), valueOf(text, object.source));
        scanner.space();
    } while (scanner.take(','));
}

void forEachItem(const LazyText& array, const std::function<void(Value)>& visit) {
    Scanner scanner(array.text);
    scanner.take('[');
    scanner.space();
    if (scanner.take(']')) return;
    do {
        const std::string_view text = nextValue(scanner);
        if (text.empty()) return;
        visit(valueOf(text, array.source));
        scanner.space();
    } while (scanner.take(','));
}

} // namespace itwin
