// Steps that the stand-ins share when they answer.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox {

inline verdict refuse(http::server::response response) { return {std::move(response), decision::refused, {}, {}}; }

/// "2026-11-22T08:30:00"; each platform appends its own spelling of the zone.
inline std::string seconds_text(base::timestamp at) {
  auto text = base::to_string(std::chrono::floor<std::chrono::seconds>(at));
  text.resize(text.find('.'));
  return text;
}

}  // namespace pulse::sandbox
