#pragma once

#include "engine/engine.h"

struct itwin_memory {
    itwin::Value value; ///< what the result's data lies in
    std::string text;
    std::vector<itwin::Ref<itwin::Object>> binaries;
    std::vector<itwin_span> spans;
};

namespace itwin {

/// The value that an argument of the C interface stands for. With an exception pending when it stands for none.
Value fromArgument(Engine& engine, const itwin_value& argument);
std::vector<Value> fromArguments(Engine& engine, const itwin_value* arguments, size_t count);
/// The JavaScript exception that an ITWIN_ERROR argument stands for.
Value fromErrorArgument(Engine& engine, const itwin_value& argument);

/// How a result is given away.
struct ResultOptions {
    uint32_t flags = 0;
    uint64_t token = 0;   ///< for a promise
    bool mayBorrow = false; ///< small texts may lie in the engine's scratch memory until the next call
};

itwin_value toResult(Engine& engine, const Value& value, const ResultOptions& options);
/// The pending exception as ITWIN_ERROR; takes it.
itwin_value takeError(Engine& engine);
itwin_value errorResult(Engine& engine, const Value& exception);
itwin_value jsonResult(Engine& engine, const Value& value, const ResultOptions& options);
/// The value that a promise was settled with, told through the hooks.
void tellWhenSettled(Engine& engine, const Value& promise, uint64_t token);

/// Frees a result's memory; on the engine thread.
void freeMemory(itwin_memory* memory) noexcept;

} // namespace itwin
