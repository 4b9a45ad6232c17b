#include "api/handles.h"

namespace itwin {

HandleTable& handleTable() noexcept {
    static auto* table = new HandleTable(); // as long-lived as the engine
    return *table;
}

uint64_t HandleTable::add(Value value) {
    uint32_t index;
    if (free_.empty()) {
        index = static_cast<uint32_t>(slots_.size());
        slots_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    slots_[index].value = std::move(value);
    return (static_cast<uint64_t>(slots_[index].generation) << 32) | (index + 1);
}

const HandleTable::Slot* HandleTable::slotOf(uint64_t handle) const noexcept {
    const auto number = static_cast<uint32_t>(handle);
    if (number == 0 || number > slots_.size()) return nullptr;
    const Slot& slot = slots_[number - 1];
    return slot.generation == static_cast<uint32_t>(handle >> 32) && slot.value.isObject() ? &slot : nullptr;
}

const Value* HandleTable::find(uint64_t handle) const noexcept {
    const Slot* slot = slotOf(handle);
    return slot ? &slot->value : nullptr;
}

std::optional<Value> HandleTable::remove(uint64_t handle) noexcept {
    auto* slot = const_cast<Slot*>(slotOf(handle));
    if (!slot) return std::nullopt;
    Value value = std::move(slot->value);
    slot->value = Value();
    ++slot->generation;
    free_.push_back(static_cast<uint32_t>(handle) - 1);
    return value;
}

} // namespace itwin
