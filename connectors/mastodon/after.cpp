// Editing a published post on Mastodon, and reading its reactions.
#include <utility>

#include <boost/json.hpp>

#include "base/json.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/mastodon/classify.hpp"
#include "connectors/mastodon/connector.hpp"
#include "connectors/shared/after_publishing.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::mastodon {

namespace {

bool is_missing(const egress_reply& reply) {
  return reply.how_far == progress::complete && (reply.status == 404 || reply.status == 410);
}

std::optional<post_figures> read_figures(const boost::json::value& document) {
  return post_figures{.likes = count_at(document, "/favourites_count"),
                      .comments = count_at(document, "/replies_count"),
                      .shares = sum_of(count_at(document, "/reblogs_count"), count_at(document, "/quotes_count"))};
}

/// What an edit must repeat, because it replaces the whole post.
boost::json::object edited(const boost::json::object& old, const std::string& text) {
  boost::json::object made{{"status", text}};
  if (const auto* const sensitive = old.if_contains("sensitive"); sensitive != nullptr && sensitive->is_bool())
    made["sensitive"] = *sensitive;
  if (const auto warning = text_at(old, "spoiler_text"); !warning.empty()) made["spoiler_text"] = warning;
  if (const auto language = text_at(old, "language"); !language.empty()) made["language"] = language;
  boost::json::array ids;
  const auto* const media = old.if_contains("media_attachments");
  if (media != nullptr && media->is_array()) {
    for (const auto& each : media->get_array()) {
      if (each.is_object()) ids.emplace_back(text_at(each.get_object(), "id"));
    }
  }
  if (!ids.empty()) made["media_ids"] = std::move(ids);
  return made;
}

}  // namespace

void mastodon_connector::edit(edition what, std::function<void(removal_reply)> done) {
  const auto place = place_of(what.account);
  const auto path = "/api/v1/statuses/" + percent_encoded(what.external_id);
  auto read = request_to(options_.reached, place.instance, "GET", path, what.account.access_token.reveal());
  read.timeout = what.timeout / 2;
  auto then = [options = options_, &client = client_, &clock = clock_, what, place, path,
               done = std::move(done)](const egress_reply& reply) {
    if (is_missing(reply)) return done({.kind = removal_kind::gone});
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    const auto old = is_whole ? object_of(reply.body) : std::nullopt;
    if (!old) return done(removal_of(problem_of(reply, clock.now())));
    auto sent = request_to(options.reached, place.instance, "PUT", path, what.account.access_token.reveal());
    sent.headers.push_back({"content-type", "application/json"});
    sent.body = boost::json::serialize(edited(*old, what.text));
    sent.timeout = what.timeout / 2;
    client.send(std::move(sent), [&clock, done](const egress_reply& answer) {
      if (answer.how_far == progress::complete && answer.status == 200) return done({.kind = removal_kind::done});
      if (is_missing(answer)) return done({.kind = removal_kind::gone});
      done(removal_of(problem_of(answer, clock.now())));
    });
  };
  client_.send(std::move(read), std::move(then));
}

void mastodon_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  const auto place = place_of(what.account);
  auto request =
      request_to(options_.reached, place.instance, "GET", "/api/v1/statuses/" + percent_encoded(what.external_id),
                 what.account.access_token.reveal());
  request.timeout = what.timeout;
  ask_figures(
      client_, std::move(request), &read_figures,
      [&clock = clock_](const egress_reply& reply) {
        if (is_missing(reply)) return measure_reply{.kind = measure_kind::gone};
        return measure_of(problem_of(reply, clock.now()));
      },
      std::move(done));
}

}  // namespace pulse::connectors::mastodon
