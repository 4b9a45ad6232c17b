#include "engine/engine.h"

#include <cmath>
#include <cstring>

namespace itwin {
namespace {
Engine* theEngine = nullptr;

/// The slot of an array or typed array that a key means, or -1.
int64_t indexIn(const Object& object, std::string_view key) noexcept {
    return object.kind() == ObjectKind::array || object.kind() == ObjectKind::typedArray ? arrayIndexOf(key) : -1;
}
} // namespace

Engine& Engine::create(const itwin_hooks& hooks) {
    theEngine = new Engine(hooks); // never deleted: the add-on's statics refer to it until the process ends
    theEngine->makeGlobals();
    return *theEngine;
}

Engine& Engine::current() noexcept { return *theEngine; }
Engine* Engine::currentIfAny() noexcept { return theEngine; }

Engine::Engine(const itwin_hooks& hooks) : hooks_(hooks), tasks_(hooks.wake) {}

Value Engine::get(const Value& target, std::string_view key) {
    if (target.isString() && key == "length") return Value::number(static_cast<double>(target.asString().utf16Length()));
    if (!target.isObject()) return {};
    Object& object = target.asObject();
    if (object.kind() == ObjectKind::array) {
        auto& items = static_cast<Array&>(object).items();
        if (key == "length") return Value::number(static_cast<double>(items.size()));
        const int64_t index = arrayIndexOf(key);
        if (index >= 0) return static_cast<size_t>(index) < items.size() ? items[static_cast<size_t>(index)] : Value();
    } else if (object.kind() == ObjectKind::typedArray) {
        const auto& array = static_cast<TypedArray&>(object);
        if (key == "length") return Value::number(static_cast<double>(array.length()));
        if (key == "byteLength") return Value::number(static_cast<double>(array.byteLength()));
        const int64_t index = arrayIndexOf(key);
        if (index >= 0) return element(array, static_cast<size_t>(index));
    } else if (object.kind() == ObjectKind::function && key == "prototype") {
        if (auto* prototype = static_cast<Function&>(object).instancePrototype()) return prototype;
    }
    for (Object* at = &object; at; at = at->prototype()) {
        const Property* property = at->properties().find(key);
        if (!property) continue;
        if (!property->value.isAccessor()) return property->value;
        const Ref<Function> getter(property->value.asAccessor().getter());
        return getter ? call(*getter, target, {}) : Value();
    }
    return {};
}

bool Engine::has(const Value& target, std::string_view key) {
    if (!target.isObject()) return false;
    Object& object = target.asObject();
    if ((object.kind() == ObjectKind::array || object.kind() == ObjectKind::typedArray) && key == "length") return true;
    if (const int64_t index = indexIn(object, key); index >= 0) {
        const size_t length = object.kind() == ObjectKind::array ? static_cast<Array&>(object).items().size()
                                                                 : static_cast<TypedArray&>(object).length();
        return static_cast<size_t>(index) < length;
    }
    for (Object* at = &object; at; at = at->prototype())
        if (at->properties().find(key)) return true;
    return object.kind() == ObjectKind::function && key == "prototype" && static_cast<Function&>(object).instancePrototype();
}

bool Engine::set(const Value& target, Ref<String> key, const Value& value) {
    if (!target.isObject()) return false;
    Object& object = target.asObject();
    if (object.kind() == ObjectKind::array) {
        auto& items = static_cast<Array&>(object).items();
        const bool isLength = key->view() == "length";
        const int64_t index = arrayIndexOf(key->view());
        if (isLength || index >= 0) {
            const double wanted = isLength ? (value.isNumber() ? value.asNumber() : -1) : static_cast<double>(index) + 1;
            if (!(wanted >= 0) || wanted > static_cast<double>(Array::maximumLength) || wanted != std::trunc(wanted)) {
                raiseError("Invalid array length");
                return false;
            }
            const auto length = static_cast<size_t>(wanted);
            if (isLength || length > items.size()) items.resize(length);
            if (!isLength) items[length - 1] = value;
            return true;
        }
    } else if (object.kind() == ObjectKind::typedArray && arrayIndexOf(key->view()) >= 0) {
        return false; // bytes are written through their memory
    }
    for (Object* at = &object; at; at = at->prototype()) {
        Property* property = at->properties().find(key->view());
        if (!property) continue;
        if (property->value.isAccessor()) {
            const Ref<Function> setter(property->value.asAccessor().setter());
            if (setter) call(*setter, target, {&value, 1});
            return !pending();
        }
        if (!(property->attributes & writable)) return false;
        if (at != &object) break;
        property->value = value;
        return true;
    }
    object.properties().add(std::move(key), value);
    return true;
}

Ref<String> Engine::keyFor(std::string_view text) {
    constexpr size_t longestKept = 40;
    if (text.size() > longestKept) return String::fromUtf8(text);
    Ref<String>& kept = keys_[hashOf(text) % keys_.size()];
    if (!kept || kept->view() != text) {
        Ref<String> key = String::fromUtf8(text);
        // Text with invalid parts is another key than its bytes say.
        if (key->view() != text) return key;
        kept = std::move(key);
    }
    return kept;
}

Value Engine::element(const TypedArray& array, size_t index) const noexcept {
    if (index >= array.length()) return {};
    const uint8_t* at = array.data() + index * TypedArray::elementSize(array.type());
    const auto read = [at]<class T>(T value) {
        std::memcpy(&value, at, sizeof value);
        return Value::number(static_cast<double>(value));
    };
    switch (array.type()) {
    case napi_int8_array: return read(int8_t{});
    case napi_int16_array: return read(int16_t{});
    case napi_uint16_array: return read(uint16_t{});
    case napi_int32_array: return read(int32_t{});
    case napi_uint32_array: return read(uint32_t{});
    case napi_float32_array: return read(float{});
    case napi_float64_array: return read(double{});
    case napi_bigint64_array: return read(int64_t{});
    case napi_biguint64_array: return read(uint64_t{});
    default: return read(uint8_t{});
    }
}

Value Engine::callNative(const Function& function, const Value& self, std::span<const Value> arguments, const Function* newTarget) {
    const Ref<const Function> alive(&function);
    enter();
    Value result;
    {
        const HandleScope scope(handles_);
        std::array<napi_value, 8> few;
        std::vector<napi_value> many(arguments.size() > few.size() ? arguments.size() : 0);
        const std::span<napi_value> slots(many.empty() ? few.data() : many.data(), arguments.size());
        for (size_t i = 0; i < slots.size(); ++i) slots[i] = handles_.push(arguments[i]);
        napi_callback_info__ info{self, slots, newTarget, function.data()};
        guarded([&] {
            const napi_value returned = function.callback()(env(), reinterpret_cast<napi_callback_info>(&info));
            if (returned && !pending()) result = valueOf(returned);
        });
    }
    // No rest here: whoever made the outermost call gives its result away before anything else runs.
    --depth_;
    return result;
}

Engine::Nesting::Nesting(Engine& engine) : engine_(engine) {
    if (++engine_.nesting_ == maximumNesting + 1) {
        const Ref<Object> error = engine_.makeError(Value(String::fromUtf8("Maximum call stack size exceeded")));
        error->define("name", String::fromUtf8("RangeError"), writable | configurable);
        engine_.raise(error);
    }
}

Value Engine::call(const Function& function, const Value& self, std::span<const Value> arguments) {
    const Nesting nesting(*this);
    if (!nesting.allowed()) return {};
    if (function.callback()) return callNative(function, self, arguments, nullptr);
    if (function.builtin()) return function.builtin()(*this, self, arguments);
    return callCaller(function, arguments);
}

Value Engine::construct(const Function& type, std::span<const Value> arguments) {
    if (!type.callback() || !type.instancePrototype()) {
        raiseTypeError("it is not a constructor");
        return {};
    }
    const Nesting nesting(*this);
    if (!nesting.allowed()) return {};
    const Ref<Object> instance(new Object(type.instancePrototype()));
    const Value result = callNative(type, instance, arguments, &type);
    if (pending()) return {};
    return result.isObject() ? result : Value(instance);
}

void Engine::leave() {
    if (--depth_ == 0) rest();
}

void Engine::rest() {
    if (resting_) return;
    resting_ = true;
    exception_.reset();
    while (!finalizers_.empty() || !reactions_.empty()) {
        ++depth_;
        if (!finalizers_.empty()) {
            const Finalizer finalizer = finalizers_.front();
            finalizers_.pop_front();
            const HandleScope scope(handles_);
            guarded([&] { finalizer.callback(env(), finalizer.data, finalizer.hint); });
        } else {
            const std::function<void()> reaction = std::move(reactions_.front());
            reactions_.pop_front();
            guarded(reaction);
        }
        --depth_;
        exception_.reset();
    }
    resting_ = false;
}

void Engine::pump() {
    for (auto tasks = tasks_.take(); !tasks.empty(); tasks = tasks_.take())
        for (std::function<void()>& task : tasks) {
            turn(task);
            task = nullptr;
        }
}

void Engine::bury(ObjectExtras& extras) noexcept {
    for (napi_ref__* reference = extras.references; reference; reference = reference->next) reference->object = nullptr;
    if (extras.wrapped && extras.wrap.callback) finalizers_.push_back(extras.wrap);
    for (const Finalizer& finalizer : extras.finalizers) finalizers_.push_back(finalizer);
}

void Engine::stop() {
    pump();
    pool_.stop();
    pump();
    for (auto hook = cleanupHooks_.rbegin(); hook != cleanupHooks_.rend(); ++hook) turn([&] { hook->first(hook->second); });
    cleanupHooks_.clear();
    pump();
}

void Engine::raiseError(std::string_view message) { raise(makeError(Value(String::fromUtf8(message)))); }
void Engine::raiseTypeError(std::string_view message) { raise(makeTypeError(Value(String::fromUtf8(message)))); }

Value Engine::takeException() noexcept {
    Value exception = exception_.value_or(Value());
    exception_.reset();
    return exception;
}

Ref<Object> Engine::makeError(const Value& message) {
    Ref<Object> error(new Error(errorPrototype_.get()));
    error->define("message", message, writable | configurable);
    return error;
}

Ref<Object> Engine::makeTypeError(const Value& message) {
    Ref<Object> error = makeError(message);
    error->setPrototype(typeErrorPrototype_.get());
    return error;
}

} // namespace itwin
