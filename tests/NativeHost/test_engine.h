#pragma once

#include "engine/engine.h"
#include <string>

/// The engine of the test process, without an add-on; made on first use.
napi_env testEnv();
itwin::Engine& testEngine();

/// Waits until another thread queued work, then runs it.
void pumpWhenWoken();

/// The JSON text of a value through the add-on's own way: Global.JSON.stringify.
std::string stringify(napi_value value);
/// Global.JSON.parse.
napi_value parse(const std::string& text);
