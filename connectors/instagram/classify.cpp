#include "connectors/instagram/classify.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include <boost/json.hpp>

#include "connectors/instagram/options.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::instagram {

namespace {

using domain::outcome;
using domain::outcome_kind;
using meta::step;

constexpr std::string_view platform = "Instagram";

/// One row of Instagram's table of publishing errors.
struct table_row {
  int subcode;
  outcome_kind before;         // at a step that publishes nothing
  outcome_kind at_publishing;  // at the step that publishes
  int pause_s;                 // 0: the retry policy decides
  const char* sentence;
};

constexpr auto invalid = outcome_kind::invalid;
constexpr auto transient = outcome_kind::transient;
constexpr auto permission = outcome_kind::permission;
constexpr auto unknown = outcome_kind::unknown;
constexpr auto limited = outcome_kind::rate_limited;
constexpr int an_hour = 3600;

constexpr const char* trouble = "Instagram had trouble with the image.";
constexpr const char* tags = "Instagram does not take the tags of this post.";

constexpr table_row table[] = {
    {2207001, transient, unknown, 0, "Instagram answered with an error of its own."},
    {2207003, transient, transient, 0, "Instagram took too long to fetch the image."},
    {2207004, invalid, invalid, 0, "The image is too large for Instagram: at most 8 MiB."},
    {2207005, invalid, invalid, 0, "Instagram does not take this kind of image. It must be a JPEG."},
    {2207006, transient, transient, 0, "Instagram no longer has the prepared post; it is prepared again."},
    {2207008, transient, transient, 30, "Instagram was not ready to publish the prepared post."},
    {2207009, invalid, invalid, 0, "The image is too tall or too wide for Instagram: from 4:5 to 1.91:1."},
    {2207010, invalid, invalid, 0, "The text is too long for Instagram: at most 2,200 characters."},
    {2207020, transient, transient, 0, "The prepared post has expired at Instagram; it is prepared again."},
    {2207023, invalid, invalid, 0, "Instagram does not know this kind of post."},
    {2207026, invalid, invalid, 0, "Instagram does not take this kind of video."},
    {2207027, transient, transient, 5, "Instagram is still processing the image."},
    {2207028, invalid, invalid, 0, "Instagram takes 2 to 10 images in one post."},
    {2207032, transient, unknown, 0, trouble},
    {2207035, invalid, invalid, 0, tags},
    {2207036, invalid, invalid, 0, tags},
    {2207037, invalid, invalid, 0, tags},
    {2207040, invalid, invalid, 0, "The text has too many hashtags or mentions for Instagram: at most 30 and 20."},
    {2207042, limited, limited, an_hour, "The account has published as many posts as Instagram allows in 24 hours."},
    {2207050, permission, permission, 0,
     "The Instagram account is restricted or inactive. Sign in to the Instagram app and do what it asks for."},
    {2207051, permission, unknown, 0, "Instagram suspects spam and blocks the post. Check the account at Instagram."},
    {2207052, invalid, invalid, 0,
     "Instagram could not fetch the image. Its address must be public, and must lead to a JPEG."},
    {2207053, transient, unknown, 0, trouble},
    {2207057, invalid, invalid, 0, "The cover of the video is not within it."},
};

const table_row* find_row(int subcode) {
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [subcode](const table_row& row) { return row.subcode == subcode; });
  return found == std::end(table) ? nullptr : found;
}

/// Errors that come without their subcode.
int subcode_of(const meta::graph_error& error) {
  if (error.subcode != 0) return error.subcode;
  switch (error.code) {
    case 9: return 2207042;
    case 24: return 2207006;
    case 25: return 2207050;
    case 9004: return 2207052;
    case 9007: return 2207027;
    case 36000: return 2207004;
    case 36001: return 2207005;
    case 36003: return 2207009;
    case 36004: return 2207010;
    default: return 0;
  }
}

std::optional<outcome> own_error(const meta::graph_error& error, step which, base::timestamp now) {
  const auto* row = find_row(subcode_of(error));
  if (row == nullptr) return std::nullopt;
  outcome result;
  result.kind = which == step::publishing ? row->at_publishing : row->before;
  if (row->pause_s > 0) result.retry_at = now + std::chrono::seconds{row->pause_s};
  result.reason = row->sentence;
  if (result.kind == outcome_kind::unknown) result.reason += " Whether the post is live must be looked up.";
  result.reason += quoted(platform, error.words);
  return result;
}

/// "2207026" of "Error: Media upload has failed with error code 2207026"; 0 when there is no such number.
int subcode_in(std::string_view words) {
  const auto at = words.find("2207");
  int number = 0;
  if (at != std::string_view::npos) std::from_chars(words.data() + at, words.data() + words.size(), number);
  return number;
}

std::string id_in(const egress_reply& reply) {
  const auto document = object_of(reply.body);
  auto id = document ? text_at(*document, "id") : std::string{};
  return is_id(id) ? id : std::string{};
}

outcome not_understood(const egress_reply& reply, std::string reason) {
  outcome result{.kind = outcome_kind::transient, .reason = std::move(reason)};
  result.http_status = reply.status;
  return result;
}

int refusal_in(const egress_reply& reply) {
  const auto error = reply.how_far == progress::complete ? meta::read_error(reply.body) : std::nullopt;
  return error ? subcode_of(*error) : 0;
}

bool is_success(const egress_reply& reply) {
  return reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300 &&
         !meta::read_error(reply.body);
}

}  // namespace

outcome problem_of(const egress_reply& reply, step which, base::timestamp now) {
  const auto own = [which, now](const meta::graph_error& error) { return own_error(error, which, now); };
  return meta::problem_of(reply, which, platform, now, own);
}

base::result<std::string, outcome> read_created(const egress_reply& reply, base::timestamp now) {
  if (!is_success(reply)) return problem_of(reply, step::harmless, now);
  auto id = id_in(reply);
  if (id.empty()) return not_understood(reply, "Instagram's reply does not name the post that it prepared.");
  return id;
}

base::result<container_status, outcome> read_status(const egress_reply& reply, base::timestamp now) {
  if (!is_success(reply)) return problem_of(reply, step::harmless, now);
  const auto document = object_of(reply.body);
  const auto code = document ? text_at(*document, "status_code") : std::string{};
  constexpr std::pair<std::string_view, container_state> names[] = {{"IN_PROGRESS", container_state::in_progress},
                                                                    {"FINISHED", container_state::finished},
                                                                    {"PUBLISHED", container_state::published},
                                                                    {"EXPIRED", container_state::expired},
                                                                    {"ERROR", container_state::error}};
  for (const auto& [name, state] : names) {
    if (code == name) return container_status{state, text_at(*document, "status")};
  }
  return not_understood(reply, "Instagram's reply about the prepared post could not be read.");
}

bool says_missing(const egress_reply& reply) {
  if (reply.how_far != progress::complete) return false;
  const auto error = meta::read_error(reply.body);
  constexpr int no_such_media = 24;
  return error && (meta::says_missing(*error) || error->code == no_such_media);
}

bool refuses_container(const egress_reply& reply) {
  const auto subcode = refusal_in(reply);
  return subcode == 2207006 || subcode == 2207008;
}

bool suspects_spam(const egress_reply& reply) { return refusal_in(reply) == 2207051; }

outcome failed_processing(const container_status& status, base::timestamp now) {
  meta::graph_error error;
  error.subcode = subcode_in(status.words);
  error.words = status.words;
  if (auto known = own_error(error, step::harmless, now)) return std::move(*known);
  return {.kind = outcome_kind::transient,
          .reason = "Instagram could not process the image." + quoted(platform, status.words)};
}

outcome classify_publish(const egress_reply& reply, base::timestamp now) {
  if (!is_success(reply)) {
    auto problem = problem_of(reply, step::publishing, now);
    problem.http_status = reply.status;
    return problem;
  }
  outcome result;
  result.http_status = reply.status;
  auto id = id_in(reply);
  if (id.empty()) {
    result.reason =
        "Instagram accepted the post, but its reply does not name it; whether it is live must be looked up.";
    return result;
  }
  result.kind = outcome_kind::published;
  result.external_id = std::move(id);
  result.reason = "Published on Instagram.";
  return result;
}

}  // namespace pulse::connectors::instagram
