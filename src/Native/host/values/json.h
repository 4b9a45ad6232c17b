#pragma once

#include "values/object.h"
#include <functional>
#include <optional>
#include <string>

namespace itwin {

/// Objects and arrays may be nested this deep in JSON that comes in or goes out.
constexpr int maximumJsonDepth = 512;

/// Why a text is no JSON.
struct JsonFault {
    size_t position = 0;
    const char* reason = nullptr;
};

/// Checks a whole text; nothing if it is JSON (RFC 8259).
std::optional<JsonFault> validateJson(std::string_view text) noexcept;

/// The value of a JSON text: an object or array stays text until it is looked into.
/// A text that is not validated before must have been made by a JSON writer.
Value parseTrustedJson(const Ref<String>& text);

/// Calls `visit` for each member of an object's text (which is JSON), one level deep.
void forEachMember(const LazyText& object, const std::function<void(Ref<String>, Value)>& visit);
/// Calls `visit` for each item of an array's text (which is JSON), one level deep.
void forEachItem(const LazyText& array, const std::function<void(Value)>& visit);

/// How a value is written.
struct JsonOptions {
    int indent = 0;
    /// Where typed arrays go, each as `{"$binary":i}`; null: as JSON.stringify writes them.
    std::vector<Ref<Object>>* binaries = nullptr;
};

enum class JsonOutcome : uint8_t { written, undefined, tooDeep, thrown };

/// JSON.stringify: `toJSON` methods, own enumerable properties, indices first, undefined and functions left out. The text of
/// an object that was never looked into is copied as it is.
JsonOutcome writeJson(Engine& engine, const Value& value, const JsonOptions& options, std::string& out);

/// Appends a JSON string literal.
void writeJsonString(std::string_view text, std::string& out);

/// ECMAScript's Number::toString.
std::string numberText(double number);
/// The shortest text that reads back as the (finite) number; JSON does not care which of its forms that is.
void appendNumber(double number, std::string& out);

} // namespace itwin
