#include "values/json.h"

#include <charconv>
#include <cmath>

namespace itwin {

namespace {

/// Integers, which are most numbers; false for others.
bool appendInteger(double number, std::string& out) {
    if (!(std::fabs(number) < 9007199254740992.0) || number != std::trunc(number)) return false;
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, static_cast<int64_t>(number)).ptr);
    return true;
}

void appendAsJavaScript(double number, std::string& out) {
    if (appendInteger(number, out)) return;
    char buffer[40];
    // The shortest digits that read back as the number, laid out as ECMA-262 6.1.6.1.20 says.
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific).ptr;
    std::string_view text(buffer, static_cast<size_t>(end - buffer));
    if (text[0] == '-') {
        out.push_back('-');
        text.remove_prefix(1);
    }
    const size_t e = text.find('e');
    std::string digits(1, text[0]);
    if (e > 2) digits.append(text.substr(2, e - 2));
    int exponent = 0;
    const size_t exponentAt = text[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(text.data() + exponentAt, text.data() + text.size(), exponent);
    const int k = static_cast<int>(digits.size());
    const int n = exponent + 1;
    if (k <= n && n <= 21) {
        out.append(digits).append(static_cast<size_t>(n - k), '0');
    } else if (0 < n && n <= 21) {
        out.append(digits, 0, static_cast<size_t>(n)).append(".").append(digits, static_cast<size_t>(n));
    } else if (-6 < n && n <= 0) {
        out.append("0.").append(static_cast<size_t>(-n), '0').append(digits);
    } else {
        out.append(digits, 0, 1);
        if (k > 1) out.append(".").append(digits, 1);
        out.append("e").append(n > 0 ? "+" : "-").append(std::to_string(std::abs(n - 1)));
    }
}

} // namespace

void appendNumber(double number, std::string& out) {
    if (appendInteger(number, out)) return;
    char buffer[40];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

std::string numberText(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    std::string text;
    appendAsJavaScript(number, text);
    return text;
}

} // namespace itwin
