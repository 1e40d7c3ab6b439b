#include "connectors/bluesky/film_session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::bluesky {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr std::int64_t most_parts = 10'000;
/// The day's films come back by and by.
constexpr std::chrono::hours limit_pause{1};

bool is_whole(const egress_reply& reply) { return reply.how_far == progress::complete; }

/// The name of the error that it answers with; empty for anything else.
std::string error_in(const egress_reply& reply) {
  const auto object = is_whole(reply) && reply.status >= 400 ? object_of(reply.body) : std::nullopt;
  return object ? text_at(*object, "error") : std::string{};
}

std::int64_t number_in(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

film_session::state state_named(std::string_view name) {
  if (name.empty() || name == "created") return film_session::state::open;  // startUpload does not say it
  if (name == "finishing") return film_session::state::finishing;
  if (name == "completed") return film_session::state::completed;
  return film_session::state::over;
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

}  // namespace

std::optional<std::size_t> film_session::next_part() const {
  const auto missing = std::find(has.begin(), has.end(), false);
  if (missing == has.end()) return std::nullopt;
  return static_cast<std::size_t>(missing - has.begin());
}

std::int64_t film_session::bytes_of(std::size_t part, std::int64_t film_bytes) const {
  return std::min(part_bytes, film_bytes - begin_of(part));
}

std::optional<film_session> session_in(const egress_reply& reply, std::int64_t film_bytes) {
  const auto object = is_whole(reply) && reply.status == 200 ? object_of(reply.body) : std::nullopt;
  if (!object) return std::nullopt;
  film_session made;
  made.id = text_at(*object, "jobId");
  made.part_bytes = number_in(*object, "partSizeBytes");
  const auto count = number_in(*object, "partCount");
  if (made.id.empty() || made.part_bytes < 1 || count < 1 || count > most_parts) return std::nullopt;
  if (count != (film_bytes + made.part_bytes - 1) / made.part_bytes) return std::nullopt;
  made.has.assign(static_cast<std::size_t>(count), false);
  if (const auto* received = object->if_contains("receivedParts"); received != nullptr && received->is_array()) {
    for (const auto& each : received->get_array()) {
      if (each.is_int64() && each.get_int64() >= 1 && each.get_int64() <= count)
        made.has[static_cast<std::size_t>(each.get_int64() - 1)] = true;
    }
  }
  made.is = state_named(text_at(*object, "state"));
  made.job = text_at(*object, "completedJobId");
  if (made.is == film_session::state::completed && made.job.empty()) made.job = made.id;
  return made;
}

bool is_session_over(const egress_reply& reply) {
  constexpr std::array<std::string_view, 4> names{"UploadNotFound", "UploadExpired", "UploadFailed", "UploadAborted"};
  return is_one_of(error_in(reply), names);
}

bool is_session_ahead(const egress_reply& reply) {
  constexpr std::array<std::string_view, 5> names{"UploadAlreadyCompleted", "UploadNotReady", "MissingParts",
                                                  "InvalidPartNumber", "PartSizeMismatch"};
  return is_one_of(error_in(reply), names);
}

bool knows_no_parts(const egress_reply& reply) {
  return is_whole(reply) && (reply.status == 404 || reply.status == 501) && !is_session_over(reply);
}

std::optional<outcome> session_problem(const egress_reply& reply, base::timestamp now) {
  const auto name = error_in(reply);
  const auto object = object_of(reply.body);
  const auto words = object ? quoted("Bluesky", text_at(*object, "message")) : std::string{};
  const auto made = [&reply, &words](outcome_kind kind, std::string reason) {
    outcome told{.kind = kind, .reason = std::move(reason) + words};
    told.http_status = reply.status;
    return told;
  };
  if (name == "UnsupportedContentType" || name == "BadAspectRatio")
    return made(outcome_kind::invalid, "Bluesky does not take the film as it is.");
  if (name == "VideoTooLarge") return made(outcome_kind::invalid, "The film is larger than Bluesky takes.");
  if (name == "VideoTooLong") return made(outcome_kind::invalid, "The film is longer than Bluesky takes.");
  if (name == "UploadForbidden") return made(outcome_kind::permission, "Bluesky takes no film from this account.");
  if (name == "TooManyOpenUploads")
    return made(outcome_kind::transient,
                "Too many films of the account are on their way to Bluesky; this one follows.");
  if (name == "ServiceOverloaded")
    return made(outcome_kind::transient, "Bluesky's service for films has too much to do just now.");
  if (name != "DailyLimitExceeded") return std::nullopt;
  auto told = made(outcome_kind::rate_limited, "The account has uploaded as much film today as Bluesky allows.");
  told.retry_at = now + limit_pause;
  return told;
}

}  // namespace pulse::connectors::bluesky
