// Films, read by the programs ffprobe and ffmpeg.
#pragma once

#include <string>

#include "domain/media/findings.hpp"

namespace pulse::media_worker {

/// What a film of this type is, and a small JPEG of its beginning to `out`.
domain::media_findings look_at_film(int in, int out, const std::string& type);

}  // namespace pulse::media_worker
