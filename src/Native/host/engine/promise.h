#pragma once

#include "values/object.h"
#include <vector>

namespace itwin {

/// A promise. What waits for it runs when the engine thread is at rest, as JavaScript's microtasks do.
class Promise final : public Object {
public:
    static constexpr ObjectKind ownKind = ObjectKind::promise;
    enum class State : uint8_t { pending, fulfilled, rejected };
    using Reaction = std::function<void(State, const Value&)>;

    Promise() noexcept : Object(ObjectKind::promise, nullptr) {}
    State state() const noexcept { return state_; }

    /// Resolves it; with another promise it takes over what becomes of that. Does nothing if it is settled already.
    void resolve(const Value& value);
    void reject(const Value& reason);
    /// Runs the reaction, from the engine's rest, once it is settled.
    void whenSettled(Reaction reaction);

    /// Promise.all: the array of all values, or the first rejection.
    static Ref<Promise> all(std::span<const Value> values);

private:
    void settle(State state, const Value& value);

    State state_ = State::pending;
    bool resolved_ = false;
    Value value_;
    std::vector<Reaction> reactions_;
};

} // namespace itwin
