// Editing a Page's published post, and reading its reactions.
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/facebook/classify.hpp"
#include "connectors/facebook/connector.hpp"
#include "connectors/facebook/publish.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/shared/after_publishing.hpp"

namespace pulse::connectors::facebook {

namespace {

bool is_missing(const egress_reply& reply) {
  if (reply.how_far != progress::complete) return false;
  const auto error = meta::read_error(reply.body);
  return error && meta::says_missing(*error);
}

std::optional<post_figures> read_figures(const boost::json::value& document) {
  auto shares = count_at(document, "/shares/count");
  const auto likes = count_at(document, "/reactions/summary/total_count");
  if (!shares && likes) shares = 0;  // left out while nobody has shared it
  return post_figures{
      .likes = likes, .comments = count_at(document, "/comments/summary/total_count"), .shares = shares};
}

}  // namespace

void facebook_connector::edit(edition what, std::function<void(removal_reply)> done) {
  auto request = request_to(options_, "POST", percent_encoded(what.external_id), what.account);
  // A post is named by page and number, a film by its own number; the words of either have another name.
  const bool is_post = what.external_id.find('_') != std::string::npos;
  request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
  request.body = form_encoded({{is_post ? "message" : "description", what.text}});
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    if (reply.how_far == progress::complete && reply.status == 200) return done({.kind = removal_kind::done});
    if (is_missing(reply)) return done({.kind = removal_kind::gone});
    done(removal_of(problem_of(reply, meta::step::harmless, clock.now())));
  });
}

void facebook_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  const std::string fields = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares";
  auto request = request_to(options_, "GET",
                            fmt::format("{}?{}", percent_encoded(what.external_id), form_encoded({{"fields", fields}})),
                            what.account);
  request.timeout = what.timeout;
  ask_figures(
      client_, std::move(request), &read_figures,
      [&clock = clock_](const egress_reply& reply) {
        if (is_missing(reply)) return measure_reply{.kind = measure_kind::gone};
        return measure_of(problem_of(reply, meta::step::harmless, clock.now()));
      },
      std::move(done));
}

}  // namespace pulse::connectors::facebook
