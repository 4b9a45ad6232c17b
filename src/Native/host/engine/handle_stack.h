#pragma once

#include "values/value.h"
#include <memory>
#include <node_api.h>
#include <vector>

namespace itwin {

/// The values that napi_value handles point at. A scope is a mark on the stack; closing it pops. Slots never move.
class HandleStack {
public:
    napi_value push(Value value) {
        if ((top_ >> chunkBits) == chunks_.size()) chunks_.push_back(std::make_unique<Value[]>(chunkSize));
        Value& slot = chunks_[top_ >> chunkBits][top_ & (chunkSize - 1)];
        ++top_;
        slot = std::move(value);
        return reinterpret_cast<napi_value>(&slot);
    }
    size_t mark() const noexcept { return top_; }
    void popTo(size_t mark) noexcept {
        while (top_ > mark) {
            --top_;
            chunks_[top_ >> chunkBits][top_ & (chunkSize - 1)].reset();
        }
    }
    Value& at(size_t position) noexcept { return chunks_[position >> chunkBits][position & (chunkSize - 1)]; }

private:
    static constexpr size_t chunkBits = 10;
    static constexpr size_t chunkSize = 1U << chunkBits;
    std::vector<std::unique_ptr<Value[]>> chunks_;
    size_t top_ = 0;
};

/// Pops what was pushed since it was made.
class HandleScope {
public:
    explicit HandleScope(HandleStack& stack) noexcept : stack_(stack), mark_(stack.mark()) {}
    ~HandleScope() { stack_.popTo(mark_); }
    HandleScope(const HandleScope&) = delete;
    HandleScope& operator=(const HandleScope&) = delete;

private:
    HandleStack& stack_;
    size_t mark_;
};

inline const Value& valueOf(napi_value handle) noexcept { return *reinterpret_cast<const Value*>(handle); }

} // namespace itwin
