#include "values/json.h"

#include "engine/engine.h"
#include <cmath>

namespace itwin {
namespace {

class Writer {
public:
    Writer(Engine& engine, const JsonOptions& options, std::string& out) noexcept : engine_(engine), options_(options), out_(out) {}

    JsonOutcome write(const Value& value, std::string_view key, int depth) {
        switch (value.tag()) {
        case Value::Tag::null: out_.append("null"); return JsonOutcome::written;
        case Value::Tag::boolean: out_.append(value.asBoolean() ? "true" : "false"); return JsonOutcome::written;
        case Value::Tag::number:
            if (std::isfinite(value.asNumber()))
                appendNumber(value.asNumber(), out_);
            else
                out_.append("null");
            return JsonOutcome::written;
        case Value::Tag::string: writeJsonString(value.asString().view(), out_); return JsonOutcome::written;
        case Value::Tag::object: return writeObject(value.asObject(), key, depth);
        default: return JsonOutcome::undefined;
        }
    }

private:
    JsonOutcome writeObject(Object& object, std::string_view key, int depth) {
        if (object.lazyText() && options_.indent == 0) {
            out_.append(object.lazyText()->text);
            return JsonOutcome::written;
        }
        if (depth >= maximumJsonDepth) return JsonOutcome::tooDeep;
        const Engine::Nesting nesting(engine_);
        if (!nesting.allowed()) return JsonOutcome::thrown;
        if (options_.binaries && (object.kind() == ObjectKind::typedArray || object.kind() == ObjectKind::arrayBuffer)) {
            out_.append("{\"$binary\":").append(std::to_string(options_.binaries->size())).append("}");
            options_.binaries->emplace_back(&object);
            return JsonOutcome::written;
        }
        const Value toJson = engine_.get(&object, "toJSON");
        if (engine_.pending()) return JsonOutcome::thrown;
        if (const auto* function = toJson.as<Function>()) {
            const Value name(String::fromUtf8(key));
            const Value replaced = engine_.call(*function, &object, {&name, 1});
            if (engine_.pending()) return JsonOutcome::thrown;
            if (!replaced.isObject() || &replaced.asObject() != &object) return write(replaced, key, depth + 1);
        }
        switch (object.kind()) {
        case ObjectKind::function: return JsonOutcome::undefined;
        case ObjectKind::array: return writeArray(static_cast<Array&>(object), depth);
        case ObjectKind::typedArray: return writeTypedArray(static_cast<TypedArray&>(object));
        default: return writeMembers(object, depth);
        }
    }

    JsonOutcome writeArray(Array& array, int depth) {
        out_.push_back('[');
        // By index: a toJSON method could change the array.
        for (size_t i = 0; i < array.items().size(); ++i) {
            if (i > 0) out_.push_back(',');
            newLine(depth + 1);
            const Value item = array.items()[i];
            const JsonOutcome outcome = write(item, options_.indent ? std::to_string(i) : std::string_view(), depth + 1);
            if (outcome == JsonOutcome::undefined)
                out_.append("null");
            else if (outcome != JsonOutcome::written)
                return outcome;
        }
        if (!array.items().empty()) newLine(depth);
        out_.push_back(']');
        return JsonOutcome::written;
    }

    JsonOutcome writeTypedArray(const TypedArray& array) {
        out_.push_back('{');
        for (size_t i = 0; i < array.length(); ++i) {
            if (i > 0) out_.push_back(',');
            out_.append("\"").append(std::to_string(i)).append("\":");
            write(engine_.element(array, i), {}, 0);
        }
        out_.push_back('}');
        return JsonOutcome::written;
    }

    JsonOutcome writeMembers(Object& object, int depth) {
        // By position and with a copy of each property: a toJSON method or a getter could change the object.
        const PropertyMap& properties = object.properties();
        const std::vector<size_t> order = properties.indicesFirst();
        out_.push_back('{');
        bool first = true;
        for (size_t i = 0; i < properties.size(); ++i) {
            const size_t position = order.empty() ? i : order[i];
            if (position >= properties.size()) break;
            const Property property = properties.at(position);
            if (!(property.attributes & enumerable)) continue;
            const Value value = property.value.isAccessor() ? engine_.get(&object, property.key->view()) : property.value;
            if (engine_.pending()) return JsonOutcome::thrown;
            const size_t rewind = out_.size();
            if (!first) out_.push_back(',');
            newLine(depth + 1);
            writeJsonString(property.key->view(), out_);
            out_.append(options_.indent ? ": " : ":");
            const JsonOutcome outcome = write(value, property.key->view(), depth + 1);
            if (outcome == JsonOutcome::undefined)
                out_.resize(rewind);
            else if (outcome != JsonOutcome::written)
                return outcome;
            else
                first = false;
        }
        if (!first) newLine(depth);
        out_.push_back('}');
        return JsonOutcome::written;
    }

    void newLine(int depth) {
        if (options_.indent) out_.append("\n").append(static_cast<size_t>(options_.indent * depth), ' ');
    }

    Engine& engine_;
    const JsonOptions& options_;
    std::string& out_;
};

} // namespace

JsonOutcome writeJson(Engine& engine, const Value& value, const JsonOptions& options, std::string& out) {
    return Writer(engine, options, out).write(value, {}, 0);
}

void writeJsonString(std::string_view text, std::string& out) {
    static constexpr char hex[] = "0123456789abcdef";
    out.push_back('"');
    size_t start = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text.substr(start, i - start));
        start = i + 1;
        switch (c) {
        case '"': out.append("\\\""); break;
        case '\\': out.append("\\\\"); break;
        case '\b': out.append("\\b"); break;
        case '\f': out.append("\\f"); break;
        case '\n': out.append("\\n"); break;
        case '\r': out.append("\\r"); break;
        case '\t': out.append("\\t"); break;
        default: out.append("\\u00").append(1, hex[c >> 4]).append(1, hex[c & 15]);
        }
    }
    out.append(text.substr(start));
    out.push_back('"');
}

} // namespace itwin
