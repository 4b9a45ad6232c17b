#include "engine/engine.h"
#include "engine/promise.h"

namespace itwin {

void Promise::resolve(const Value& value) {
    if (resolved_) return;
    resolved_ = true;
    if (auto* other = value.as<Promise>()) {
        Ref<Promise> self(this);
        other->whenSettled([self](State state, const Value& result) { self->settle(state, result); });
    } else {
        settle(State::fulfilled, value);
    }
}

void Promise::reject(const Value& reason) {
    if (resolved_) return;
    resolved_ = true;
    settle(State::rejected, reason);
}

void Promise::settle(State state, const Value& value) {
    state_ = state;
    value_ = value;
    for (Reaction& reaction : std::exchange(reactions_, {})) whenSettled(std::move(reaction));
}

void Promise::whenSettled(Reaction reaction) {
    if (state_ == State::pending)
        reactions_.push_back(std::move(reaction));
    else
        Engine::current().atRest([state = state_, value = value_, reaction = std::move(reaction)] { reaction(state, value); });
}

Ref<Promise> Promise::all(std::span<const Value> values) {
    Ref<Promise> result(new Promise());
    Ref<Array> results(new Array(values.size()));
    const auto left = std::make_shared<size_t>(values.size());
    if (values.empty()) result->resolve(results);
    for (size_t i = 0; i < values.size(); ++i) {
        auto settled = [result, results, left, i](State state, const Value& value) {
            if (state == State::rejected) return result->reject(value);
            results->items()[i] = value;
            if (--*left == 0) result->resolve(results);
        };
        if (auto* promise = values[i].as<Promise>())
            promise->whenSettled(settled);
        else
            Engine::current().atRest([settled, value = values[i]] { settled(State::fulfilled, value); });
    }
    return result;
}

} // namespace itwin
