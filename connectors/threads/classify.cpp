#include "connectors/threads/classify.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::threads {

namespace {

using domain::outcome;
using domain::outcome_kind;
using meta::step;

constexpr std::string_view platform = "Threads";

std::optional<outcome> own_error(const meta::graph_error& error, step which, base::timestamp now) {
  outcome made;
  if (error.subcode == 2'207'051 || error.code == 4'279'013 || error.subcode == 4'279'013) {
    made.kind =
        which == step::publishing && error.subcode == 2'207'051 ? outcome_kind::unknown : outcome_kind::permission;
    made.reason = "Threads restricts what the account may do. Sign in to Threads and do what it asks for.";
  } else if (error.subcode == 2'207'052 || error.code == 9'004) {
    made.kind = outcome_kind::invalid;
    made.reason = "Threads could not fetch the image. Its address must be public.";
  } else if (error.code == 24 || error.subcode == 4'279'009) {
    made.kind = outcome_kind::transient;
    made.retry_at = now + std::chrono::seconds{30};
    made.reason = "Threads does not have the prepared post yet.";
  } else {
    return std::nullopt;
  }
  made.reason += quoted(platform, error.words);
  return made;
}

}  // namespace

outcome problem_of(const egress_reply& reply, step which, base::timestamp now) {
  return meta::problem_of(reply, which, platform, now,
                          [which, now](const meta::graph_error& error) { return own_error(error, which, now); });
}

std::optional<std::string> id_in(const egress_reply& reply) {
  if (reply.how_far != progress::complete || reply.status != 200) return std::nullopt;
  const auto object = object_of(reply.body);
  auto id = object ? id_at(*object, "id") : std::string{};
  constexpr std::size_t most_digits = 25;
  const bool is_number = std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (id.empty() || id.size() > most_digits || !is_number) return std::nullopt;
  return id;
}

std::optional<container_status> status_in(const egress_reply& reply) {
  if (reply.how_far != progress::complete || reply.status != 200) return std::nullopt;
  const auto object = object_of(reply.body);
  const auto word = object ? text_at(*object, "status") : std::string{};
  container_status made;
  if (object) made.error_message = text_at(*object, "error_message");
  if (word == "IN_PROGRESS")
    made.state = container_state::in_progress;
  else if (word == "FINISHED")
    made.state = container_state::finished;
  else if (word == "PUBLISHED")
    made.state = container_state::published;
  else if (word == "ERROR")
    made.state = container_state::error;
  else if (word == "EXPIRED")
    made.state = container_state::expired;
  else
    return std::nullopt;
  return made;
}

outcome failed_processing(const container_status& status) {
  if (status.state == container_state::expired || status.error_message == "UNKNOWN" ||
      status.error_message.starts_with("FAILED_"))
    return {.kind = outcome_kind::transient, .reason = "Threads could not process the post; it is prepared again."};
  return {.kind = outcome_kind::invalid,
          .reason = "Threads does not take the post's media." + quoted(platform, status.error_message)};
}

outcome classify_publish(const egress_reply& reply, base::timestamp now) {
  const auto id = id_in(reply);
  if (!id) return problem_of(reply, step::publishing, now);
  outcome live{.kind = outcome_kind::published};
  live.external_id = *id;
  live.http_status = reply.status;
  live.reason = "Published on Threads.";
  return live;
}

namespace {

/// The permalink of a post's entry; empty when it leads elsewhere.
std::string permalink_of(const boost::json::object& entry) {
  auto url = text_at(entry, "permalink");
  if (!url.starts_with("https://www.threads.net/") && !url.starts_with("https://www.threads.com/")) url.clear();
  return url;
}

std::optional<list_page> read_page(const std::string& body, bool (*is_wanted)(const boost::json::object&)) {
  return read_graph_page(body, [is_wanted](const boost::json::object& entry, list_page& page) {
    if (!is_wanted(entry)) return true;
    const auto at = read_graph_time(text_at(entry, "timestamp"));
    auto id = id_at(entry, "id");
    if (id.empty() || !at) return false;
    page.items.push_back({std::move(id), text_at(entry, "text"), permalink_of(entry), *at});
    return true;
  });
}

bool is_own_reply(const boost::json::object& entry) {
  const auto* own = entry.if_contains("is_reply_owned_by_me");
  return own != nullptr && own->is_bool() && own->get_bool();
}

}  // namespace

std::string permalink_in(const egress_reply& reply) {
  const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
  const auto object = is_whole ? object_of(reply.body) : std::nullopt;
  return object ? permalink_of(*object) : std::string{};
}

std::optional<list_page> read_threads(const std::string& body) {
  return read_page(body, [](const boost::json::object&) { return true; });
}

std::optional<list_page> read_own_replies(const std::string& body) { return read_page(body, &is_own_reply); }

}  // namespace pulse::connectors::threads
