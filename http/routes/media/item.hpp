// A picture or film as clients see it.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/media_desk.hpp"
#include "persistence/media/library.hpp"

namespace pulse::http::routes {

struct media_item {
  base::uuid id;
  base::uuid project_id;
  std::optional<base::uuid> created_by;
  std::string name;
  domain::media_kind kind = domain::media_kind::image;
  std::string type;
  std::int64_t bytes = 0;
  int width = 0;
  int height = 0;
  std::int64_t duration_ms = 0;
  bool is_animated = false;
  std::string alt_text;
  std::int64_t uses = 0;
  base::timestamp created_at;
  std::string url;          // the file itself
  std::string preview_url;  // a small JPEG of it
  base::timestamp urls_expire_at;
};
BOOST_DESCRIBE_STRUCT(media_item, (),
                      (id, project_id, created_by, name, kind, type, bytes, width, height, duration_ms, is_animated,
                       alt_text, uses, created_at, url, preview_url, urls_expire_at))

/// A medium of the caller's tenant, with addresses that stay valid for some hours.
media_item to_item(const request_context& context, const media_desk& desk, const persistence::media::medium& from);

/// 503: this process keeps no media.
problem no_media_here();

}  // namespace pulse::http::routes
