#pragma once

#include "values/object.h"
#include <optional>

namespace itwin {

/// The objects that the caller holds. A handle is the slot's number (+1) with the slot's generation above it, so that one that was
/// released is recognised.
class HandleTable {
public:
    uint64_t add(Value value);
    /// The object behind a handle, or null.
    const Value* find(uint64_t handle) const noexcept;
    /// Takes the object out; nothing if there is no such handle.
    std::optional<Value> remove(uint64_t handle) noexcept;

private:
    struct Slot {
        Value value;
        uint32_t generation = 0;
    };
    const Slot* slotOf(uint64_t handle) const noexcept;

    std::vector<Slot> slots_;
    std::vector<uint32_t> free_;
};

HandleTable& handleTable() noexcept;

} // namespace itwin
