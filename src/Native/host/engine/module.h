#pragma once

#include "engine/engine.h"

namespace itwin {

/// Loads the add-on at a path and lets it fill its exports. Leaves an error pending and gives null if that fails.
Ref<Object> loadModule(Engine& engine, const char* path);

} // namespace itwin
