#include "engine/engine.h"
#include "engine/promise.h"
#include "values/json.h"
#include <algorithm>

namespace itwin {
namespace {

/// Up to here JSON.parse checks the whole text at once. A larger one comes from a JSON writer of the add-on (query rows): only its
/// brackets are checked, and the rest when it is looked into.
constexpr size_t checkedTextSize = 64 * 1024;

Value parse(Engine& engine, const Value&, std::span<const Value> arguments) {
    if (arguments.empty() || !arguments[0].isString()) {
        engine.raiseError("JSON.parse: the argument is no string");
        return {};
    }
    const Ref<String> text(&arguments[0].asString());
    const std::string_view view = text->view();
    const bool bracketed = view.size() > checkedTextSize &&
                           ((view.front() == '{' && view.back() == '}') || (view.front() == '[' && view.back() == ']'));
    if (!bracketed) {
        if (const auto fault = validateJson(view)) {
            engine.raiseError(std::string("JSON.parse: ") + fault->reason + " at position " + std::to_string(fault->position));
            return {};
        }
    }
    return parseTrustedJson(text);
}

Value stringify(Engine& engine, const Value&, std::span<const Value> arguments) {
    JsonOptions options;
    if (arguments.size() > 2 && arguments[2].isNumber()) options.indent = std::clamp(static_cast<int>(arguments[2].asNumber()), 0, 10);
    std::string text;
    switch (writeJson(engine, arguments.empty() ? Value() : arguments[0], options, text)) {
    case JsonOutcome::written: return String::fromUtf8(text);
    case JsonOutcome::tooDeep: engine.raiseTypeError("JSON.stringify: the value is circular or nested too deep"); return {};
    default: return {};
    }
}

Value splice(Engine&, const Value& self, std::span<const Value> arguments) {
    auto* array = self.as<Array>();
    Ref<Array> removed(new Array());
    if (!array || arguments.empty()) return removed;
    auto& items = array->items();
    const auto length = static_cast<double>(items.size());
    const auto integer = [&](size_t i, double otherwise) { return i < arguments.size() && arguments[i].isNumber() ? arguments[i].asNumber() : otherwise; };
    const double from = integer(0, 0);
    const auto start = static_cast<ptrdiff_t>(from < 0 ? std::max(length + from, 0.0) : std::min(from, length));
    const auto count = static_cast<ptrdiff_t>(std::clamp(integer(1, length), 0.0, length - static_cast<double>(start)));
    const auto first = items.begin() + start;
    removed->items().assign(first, first + count);
    items.erase(first, first + count);
    if (arguments.size() > 2) items.insert(items.begin() + start, arguments.begin() + 2, arguments.end());
    return removed;
}

Value promiseAll(Engine& engine, const Value&, std::span<const Value> arguments) {
    auto* array = arguments.empty() ? nullptr : arguments[0].as<Array>();
    if (!array) {
        engine.raiseTypeError("Promise.all: the argument is no array");
        return {};
    }
    return Promise::all(array->items());
}

Ref<Function> builtin(Value (*code)(Engine&, const Value&, std::span<const Value>)) { return {new Function(Function::Builtin(code))}; }

} // namespace

/// Everything of a JavaScript runtime's globals that the add-on asks for.
void Engine::makeGlobals() {
    global_ = Ref<Object>(new Object());
    arrayPrototype_ = Ref<Object>(new Object());
    arrayPrototype_->define("splice", builtin(splice), writable | configurable);
    errorPrototype_ = Ref<Object>(new Object());
    errorPrototype_->define("name", String::fromUtf8("Error"), writable | configurable);
    typeErrorPrototype_ = Ref<Object>(new Object(errorPrototype_.get()));
    typeErrorPrototype_->define("name", String::fromUtf8("TypeError"), writable | configurable);

    const Ref<Object> json(new Object());
    json->define("parse", builtin(parse));
    json->define("stringify", builtin(stringify));
    global_->define("JSON", json);
    const Ref<Object> promise(new Object());
    promise->define("all", builtin(promiseAll));
    global_->define("Promise", promise);
}

} // namespace itwin
