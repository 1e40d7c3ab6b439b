// `pulse doctor`: what each platform's settings lack, and what its developer console must hold.
#pragma once

#include <ostream>

#include "base/time.hpp"
#include "config/load.hpp"

namespace pulse::service {

/// Looks at the settings of every platform, asks each whether it is reached and accepts the app, and writes a sentence
/// for what it finds. Nothing is changed anywhere. The exit code: success unless something is wrong.
int doctor(const config::settings& settings, const base::clock& clock, std::ostream& out);

}  // namespace pulse::service
