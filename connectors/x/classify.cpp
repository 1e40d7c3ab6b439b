#include "connectors/x/classify.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::x {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr std::size_t max_id_digits = 20;  // a 64-bit number

/// X's error in one shape, whichever of its three it came in.
struct problem {
  std::string type;   // the last segment of the problem type: "usage-capped"; empty for about:blank
  std::string words;  // detail, title and messages, for looking into and for quoting
  int code = 0;       // of the legacy form
};

void append_words(std::string& words, const std::string& more) {
  if (more.empty() || words.find(more) != std::string::npos) return;
  if (!words.empty()) words += ' ';
  words += more;
}

void read_error(const boost::json::object& error, problem& into) {
  append_words(into.words, text_at(error, "detail"));
  append_words(into.words, text_at(error, "message"));
  const auto* code = error.if_contains("code");
  if (into.code == 0 && code != nullptr && code->is_int64())
    into.code = static_cast<int>(std::clamp<std::int64_t>(code->get_int64(), 0, 99'999));
}

/// Reads problem+json, the plain `{code, message}` and the legacy `{errors: [{code, message}]}`.
problem read_problem(const std::string& body) {
  problem found;
  const auto object = object_of(body);
  if (!object) return found;
  found.type = text_at(*object, "type");
  found.type.erase(0, found.type.find_last_of('/') + 1);  // the host may be api.x.com or api.twitter.com
  if (found.type == "about:blank") found.type.clear();
  read_error(*object, found);
  if (const auto* errors = object->if_contains("errors"); errors != nullptr && errors->is_array()) {
    for (const auto& error : errors->get_array()) {
      if (error.is_object()) read_error(error.get_object(), found);
    }
  }
  append_words(found.words, text_at(*object, "reason"));
  if (found.words.empty()) found.words = text_at(*object, "title");
  return found;
}

std::string quoted(const problem& error) { return connectors::quoted("X", error.words); }

std::optional<budget_report> read_budget(const egress_reply& reply, std::string budget, const std::string& prefix,
                                         base::timestamp now) {
  const auto limit = number_in(reply, prefix + "limit");
  const auto remaining = number_in(reply, prefix + "remaining");
  const auto reset = number_in(reply, prefix + "reset");
  constexpr std::int64_t most = 1'000'000'000;
  if (!limit || !remaining || !reset || *limit > most || *remaining > *limit) return std::nullopt;
  const auto now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (*reset > now_s + std::chrono::seconds{farthest_retry_after}.count()) return std::nullopt;
  return budget_report{std::move(budget), static_cast<int>(*limit), static_cast<int>(*remaining),
                       base::timestamp{std::chrono::seconds{*reset}}};
}

outcome published(const egress_reply& reply, std::string_view handle) {
  outcome result;
  const auto object = object_of(reply.body);
  const auto* data = object ? object->if_contains("data") : nullptr;
  const auto id = data != nullptr && data->is_object() ? text_at(data->get_object(), "id") : std::string{};
  const bool is_number = std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (id.empty() || id.size() > max_id_digits || !is_number) {
    result.reason = "X accepted the post, but its reply does not name it; whether it is live must be looked up.";
    return result;
  }
  result.kind = outcome_kind::published;
  result.external_id = id;
  result.external_url = post_url(handle, id);
  result.reason = "Published on X.";
  return result;
}

outcome forbidden(const problem& error, const egress_reply& reply, base::timestamp now) {
  const auto says = [&error](std::string_view words) { return error.words.find(words) != std::string::npos; };
  outcome result;
  if (says("duplicate content") || error.code == 187) {
    result.kind = outcome_kind::duplicate;
    result.reason =
        "X already has a post with this text on this account. Change the text to publish it again." + quoted(error);
  } else if (error.type == "unsupported-authentication") {
    result.kind = outcome_kind::auth_expired;
    result.reason = "X does not take this kind of access for posting. Connect the account again." + quoted(error);
  } else if (error.type == "usage-capped") {
    result.retry_at = retry_time(reply, now);
    result.kind = result.retry_at ? outcome_kind::rate_limited : outcome_kind::permission;
    result.reason =
        "The usage that X allows this app is used up. Raise the cap at X, or wait until it is renewed." + quoted(error);
  } else if (error.code == 186 || says("too long") || says("bit shorter")) {
    result.kind = outcome_kind::invalid;
    result.reason = "X finds the text too long. Shorten it." + quoted(error);
  } else {
    result.kind = outcome_kind::permission;
    result.reason = "X does not let this account publish the post. Check the account and the app's permissions at X." +
                    quoted(error);
  }
  return result;
}

/// A whole reply that refuses. Nothing was published: X says so with every 4xx.
outcome refused(const egress_reply& reply, base::timestamp now) {
  const auto error = read_problem(reply.body);
  outcome result;
  switch (reply.status) {
    case 401:
      result.kind = outcome_kind::auth_expired;
      result.reason = "X no longer accepts the access to this account. Connect the account again." + quoted(error);
      return result;
    case 402:
      result.kind = outcome_kind::permission;
      result.reason = "The credits of the app at X are used up. Add credits at X, then retry." + quoted(error);
      return result;
    case 403: return forbidden(error, reply, now);
    case 408:
      result.reason = "X gave up waiting for the request; whether the post is live must be looked up.";
      return result;
    case 409:
    case 425:
      result.kind = outcome_kind::transient;
      result.retry_at = retry_time(reply, now);
      result.reason = "X was not ready for the post." + quoted(error);
      return result;
    case 429:
      if (error.type == "usage-capped") return forbidden(error, reply, now);
      result.kind = outcome_kind::rate_limited;
      result.retry_at = retry_time(reply, now);
      result.reason = "X allows this account no more posts for now." + quoted(error);
      return result;
    default:
      result.kind = outcome_kind::invalid;
      result.reason = "X refused the post." + quoted(error);
      return result;
  }
}

outcome classify(const egress_reply& reply, std::string_view handle, base::timestamp now) {
  outcome result;
  switch (reply.how_far) {
    case progress::no_byte_sent:
      result.kind = outcome_kind::transient;
      result.reason = "X could not be reached. " + reply.error;
      return result;
    case progress::bytes_may_have_left:
      result.reason =
          "X may have received the post, but its reply did not arrive; whether it is live must be looked up. " +
          reply.error;
      return result;
    case progress::complete: break;
  }
  if (reply.status >= 200 && reply.status < 300) return published(reply, handle);
  if (reply.status >= 400 && reply.status < 500) return refused(reply, now);
  if (reply.status >= 300 && reply.status < 400) {
    result.kind = outcome_kind::transient;
    result.reason =
        "X's address answered with a redirect, which is not followed. Check the address of X's API in the settings.";
    return result;
  }
  result.retry_at = retry_after_in(reply, now);
  result.reason = fmt::format("X answered with an error of its own ({}); whether the post is live must be looked up.",
                              reply.status);
  return result;
}

}  // namespace

outcome classify_publish(const egress_reply& reply, std::string_view handle, base::timestamp now) {
  auto result = classify(reply, handle, now);
  result.http_status = reply.status;
  return result;
}

std::vector<budget_report> read_budgets(const egress_reply& reply, base::timestamp now) {
  constexpr std::pair<const char*, const char*> sources[] = {
      {"posts", "x-rate-limit-"}, {"posts_user_24h", "x-user-limit-24hour-"}, {"posts_app_24h", "x-app-limit-24hour-"}};
  std::vector<budget_report> budgets;
  for (const auto& [budget, prefix] : sources) {
    if (auto read = read_budget(reply, budget, prefix, now)) budgets.push_back(std::move(*read));
  }
  return budgets;
}

std::optional<base::timestamp> retry_time(const egress_reply& reply, base::timestamp now) {
  std::optional<base::timestamp> at;
  std::optional<base::timestamp> window;
  for (const auto& budget : read_budgets(reply, now)) {
    if (budget.remaining == 0) at = std::max(at.value_or(budget.resets_at), budget.resets_at);
    if (budget.budget == "posts") window = budget.resets_at;
  }
  if (const auto told = retry_after_in(reply, now)) at = std::max(at.value_or(*told), *told);
  if (!at) at = window;
  if (!at) return std::nullopt;
  return std::max(*at, now);
}

std::string post_url(std::string_view handle, std::string_view id) {
  constexpr std::size_t longest_handle = 15;
  const bool usable =
      !handle.empty() && handle.size() <= longest_handle && std::all_of(handle.begin(), handle.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      });
  return fmt::format("https://x.com/{}/status/{}", usable ? handle : "i", id);
}

}  // namespace pulse::connectors::x
