// What the media worker found out about a picture or film.
#pragma once

#include <cstdint>
#include <string>

#include <boost/describe.hpp>

#include "domain/platforms/media.hpp"

namespace pulse::domain {

/// Either what a file is, or why it is not taken.
struct media_findings {
  std::string problem;  // a sentence for the uploader; empty: it is accepted
  media_kind kind = media_kind::image;
  std::string type;  // "image/jpeg"
  int width = 0;     // pixels, as people see it: turned as the file says
  int height = 0;
  std::int64_t duration_ms = 0;  // of films and animations
  bool is_animated = false;

  friend bool operator==(const media_findings&, const media_findings&) = default;
};
BOOST_DESCRIBE_STRUCT(media_findings, (), (problem, kind, type, width, height, duration_ms, is_animated))

/// The form that a picture must take for a platform.
struct fit_order {
  std::string type = "image/jpeg";  // or "image/png"
  std::int64_t max_bytes = 0;       // 0: any
  int max_width = 0;                // pixels; 0: any
  int max_height = 0;
};
BOOST_DESCRIBE_STRUCT(fit_order, (), (type, max_bytes, max_width, max_height))

}  // namespace pulse::domain
