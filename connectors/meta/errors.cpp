#include "connectors/meta/errors.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/meta/usage.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::meta {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr std::chrono::hours pause_of_block{1};  // nothing says how long a block for posting too fast lasts
/// Until an operator has set another version. Longer pauses would only delay what works again.
constexpr std::chrono::minutes pause_of_version{15};

int int_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* number = value == nullptr ? nullptr : value->if_int64();
  constexpr std::int64_t most = std::numeric_limits<int>::max();
  return number == nullptr || *number > most || *number < -most ? 0 : static_cast<int>(*number);
}

outcome made(outcome_kind kind, std::string reason) { return {.kind = kind, .reason = std::move(reason)}; }

/// An answer that does not tell what became of the call.
outcome untold(step which, const std::string& platform, const std::string& how) {
  switch (which) {
    case step::publishing:
      return made(outcome_kind::unknown,
                  fmt::format("{} {}; whether the post is live must be looked up.", platform, how));
    case step::harmless:
      return made(outcome_kind::transient, fmt::format("{} {}; the post was not published.", platform, how));
  }
  return {};
}

outcome of_error(const graph_error& error, const egress_reply& reply, step which, const std::string& platform,
                 base::timestamp now) {
  const auto words = quoted(platform, error.words);
  switch (class_of(error)) {
    case error_class::auth:
      return made(outcome_kind::auth_expired,
                  fmt::format("{} no longer accepts the access to this account. Connect the account again.{}", platform,
                              words));
    case error_class::permission:
      return made(
          outcome_kind::permission,
          fmt::format(
              "{} does not let this account publish the post. Check the account and the app's permissions at Meta.{}",
              platform, words));
    case error_class::rate_limited: {
      auto limited = made(outcome_kind::rate_limited,
                          fmt::format("{} allows this account no more calls for now.{}", platform, words));
      limited.retry_at = retry_time(reply, now);
      return limited;
    }
    case error_class::blocked: {
      auto limited =
          made(outcome_kind::rate_limited,
               fmt::format("{} has blocked posting for a while because it came too fast.{}", platform, words));
      limited.retry_at = std::max(retry_time(reply, now).value_or(now), now + pause_of_block);
      return limited;
    }
    case error_class::duplicate:
      return made(outcome_kind::duplicate,
                  fmt::format("{} has this post already. Change the text to publish it again.{}", platform, words));
    case error_class::invalid:
      return made(outcome_kind::invalid, fmt::format("{} refused the post.{}", platform, words));
    case error_class::ended: {
      auto held = made(outcome_kind::rate_limited,
                       "Meta no longer serves the version of its API that Pulse asks for. Whoever runs Pulse must set "
                       "META_GRAPH_VERSION to a current one; the post is held until then." +
                           words);
      held.retry_at = now + pause_of_version;
      return held;
    }
    case error_class::server: {
      auto failed = untold(which, platform, fmt::format("answered with an error of its own ({})", reply.status));
      failed.reason += words;
      return failed;
    }
  }
  return {};
}

/// A whole reply that is no error of the Graph API: something between us and Meta, or a wrong address, answered.
outcome of_stranger(const egress_reply& reply, step which, const std::string& platform, base::timestamp now) {
  const auto status = std::to_string(reply.status);
  if (reply.status >= 300 && reply.status < 400) {
    return made(outcome_kind::transient, platform +
                                             "'s address answered with a redirect, which is not followed. Check the "
                                             "address of the API in the settings.");
  }
  if (reply.status == 401)
    return made(outcome_kind::auth_expired,
                platform + " no longer accepts the access to this account. Connect the account again.");
  if (reply.status == 429) {
    auto limited = made(outcome_kind::rate_limited, platform + " allows no more calls for now.");
    limited.retry_at = retry_time(reply, now);
    return limited;
  }
  return untold(which, platform, fmt::format("answered {} with a reply that could not be read", status));
}

outcome of_whole(const egress_reply& reply, step which, const std::string& platform, base::timestamp now,
                 const own_errors& own) {
  const auto error = read_error(reply.body);
  if (!error) return of_stranger(reply, which, platform, now);
  if (own) {
    if (auto known = own(*error)) return std::move(*known);
  }
  return of_error(*error, reply, which, platform, now);
}

}  // namespace

std::optional<graph_error> read_error(const std::string& body) {
  const auto document = object_of(body);
  const auto* inner = document ? document->if_contains("error") : nullptr;
  const auto* object = inner == nullptr ? nullptr : inner->if_object();
  if (object == nullptr) return std::nullopt;
  graph_error error;
  error.code = int_at(*object, "code");
  error.subcode = int_at(*object, "error_subcode");
  const auto* transient = object->if_contains("is_transient");
  error.is_transient = transient != nullptr && transient->is_bool() && transient->get_bool();
  error.words = text_at(*object, "error_user_msg");
  if (error.words.empty()) error.words = text_at(*object, "message");
  return error;
}

bool says_missing(const graph_error& error) {
  constexpr int no_such_alias = 803;
  return (error.code == 100 && error.subcode == 33) || error.code == no_such_alias;
}

error_class class_of(const graph_error& error) {
  const auto code = error.code;
  switch (code) {
    case 102:
    case 104:  // no token at all: ours was lost on the way
    case 190: return error_class::auth;
    case 4:
    case 17:
    case 32:
    case 341:
    case 613: return error_class::rate_limited;
    case 368:
      // 4854002 wants an identity to be confirmed, 1346003 calls the content abusive: neither passes by waiting.
      return error.subcode == 4854002 || error.subcode == 1346003 ? error_class::permission : error_class::blocked;
    case 506: return error_class::duplicate;
    case 3:
    case 10: return error_class::permission;
    case 2635: return error_class::ended;
    case -2:
    case -1:
    case 1:
    case 2: return error_class::server;
    default: break;
  }
  if (code >= 80'000 && code <= 80'014) return error_class::rate_limited;
  if (code >= 200 && code <= 299) return error_class::permission;
  if (says_missing(error)) return error_class::permission;
  return error.is_transient ? error_class::server : error_class::invalid;
}

outcome problem_of(const egress_reply& reply, step which, std::string_view platform, base::timestamp now,
                   const own_errors& own) {
  const std::string name{platform};
  outcome result;
  switch (reply.how_far) {
    case progress::no_byte_sent:
      result = made(outcome_kind::transient, fmt::format("{} could not be reached. {}", name, reply.error));
      break;
    case progress::bytes_may_have_left:
      result = untold(which, name, "was asked, and its reply did not arrive");
      result.reason += " " + reply.error;
      break;
    case progress::complete:
      result = of_whole(reply, which, name, now, own);
      if (reply.status >= 500 && !result.retry_at) result.retry_at = retry_time(reply, now);
      break;
  }
  result.http_status = reply.status;
  return result;
}

}  // namespace pulse::connectors::meta
