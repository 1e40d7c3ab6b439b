// Reads the reactions to a public post on TikTok. TikTok deletes and edits nothing through its API.
#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "connectors/shared/after_publishing.hpp"
#include "connectors/tiktok/classify.hpp"
#include "connectors/tiktok/connector.hpp"

namespace pulse::connectors::tiktok {

namespace {

/// Only public posts have a number; until then a post is known by the id under which it was begun.
bool is_public_id(const std::string& id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

/// TikTok API v2, "Query Videos": the scope video.list, and the fields of its video object.
void tiktok_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  if (!is_public_id(what.external_id)) {
    return client_.after({}, [done = std::move(done)] {
      done({measure_kind::refused, {}, std::nullopt, "TikTok counts public posts alone."});
    });
  }
  auto request =
      post_request(options_, what.account, "/v2/video/query/?fields=id,like_count,comment_count,share_count,view_count",
                   {{"filters", {{"video_ids", boost::json::array{what.external_id}}}}});
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    const auto data = data_in(reply);
    if (!data) return done(measure_of(problem_of(reply, step::harmless, clock.now())));
    const boost::json::value document(*data);
    boost::system::error_code missing;
    const auto* const videos = document.find_pointer("/videos", missing);
    if (videos != nullptr && videos->is_array() && videos->get_array().empty())
      return done({.kind = measure_kind::gone});
    done(measure_of(post_figures{.likes = count_at(document, "/videos/0/like_count"),
                                 .comments = count_at(document, "/videos/0/comment_count"),
                                 .shares = count_at(document, "/videos/0/share_count"),
                                 .views = count_at(document, "/videos/0/view_count")}));
  });
}

}  // namespace pulse::connectors::tiktok
