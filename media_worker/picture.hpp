// Pictures, read and written by libvips.
#pragma once

#include <string>

#include "domain/media/findings.hpp"

namespace pulse::media_worker {

/// Once, before the process is confined: libvips opens its modules.
bool prepare_pictures(const char* program);

/// Reads the whole picture of this type from `in`, and writes a small JPEG of it to `out`.
domain::media_findings look_at_picture(int in, int out, const std::string& type);

/// Writes the picture to `out` as ordered: turned upright, without what else is in the file, smaller where it must be.
/// What it is then, or a problem.
domain::media_findings fit_picture(int in, int out, const domain::fit_order& order);

}  // namespace pulse::media_worker
