#include "connectors/linkedin/classify.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include <fmt/core.h>

#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

using domain::outcome;
using domain::outcome_kind;

/// For a per-minute limit, and for a 429 that does not name its limit.
constexpr std::chrono::minutes short_pause{1};
/// Until the operator has set another version. Longer pauses would only delay posts that work again.
constexpr std::chrono::minutes version_pause{15};
constexpr std::size_t max_digits = 20;

/// LinkedIn's error: `{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"…"}`.
struct problem {
  std::string code;
  std::string words;
};

problem read_problem(const std::string& body) {
  const auto object = object_of(body);
  if (!object) return {};
  return {text_at(*object, "code"), text_at(*object, "message")};
}

outcome made(outcome_kind kind, std::string reason, const problem& error) {
  return {.kind = kind, .reason = std::move(reason) + quoted("LinkedIn", error.words)};
}

bool says(const problem& error, std::string_view words) { return error.words.find(words) != std::string::npos; }

outcome duplicate(const problem& error) {
  auto result = made(
      outcome_kind::duplicate,
      "LinkedIn already has a post with this content on this account. Change the text to publish it again.", error);
  result.external_id = post_urn_in(error.words);
  if (result.external_id) result.external_url = post_url(*result.external_id);
  return result;
}

/// No post is at fault and none may be given up, so all are held, which costs no attempt.
outcome wrong_version(const problem& error, base::timestamp now) {
  auto result =
      made(outcome_kind::rate_limited,
           "LinkedIn no longer serves the version of its API that Pulse asks for. The operator of Pulse must set "
           "LINKEDIN_VERSION to a current one; the post is held until then.",
           error);
  result.retry_at = now + version_pause;
  return result;
}

/// Daily budgets are renewed at midnight UTC; no header of LinkedIn says so.
outcome limited(const egress_reply& reply, const problem& error, base::timestamp now) {
  const bool is_daily = says(error, "Resource level throttle limit");
  auto result =
      made(outcome_kind::rate_limited,
           is_daily ? "LinkedIn allows this account no more posts today." : "LinkedIn asks for a pause.", error);
  result.retry_at = retry_after_in(reply, now);
  if (!result.retry_at)
    result.retry_at = is_daily ? std::chrono::floor<std::chrono::days>(now) + std::chrono::days{1} : now + short_pause;
  return result;
}

/// A complete refusal. Nothing was published: LinkedIn guarantees that with every 4xx but 408.
outcome refused(const egress_reply& reply, base::timestamp now) {
  const auto error = read_problem(reply.body);
  switch (reply.status) {
    case 401:
      return made(outcome_kind::auth_expired,
                  "LinkedIn no longer accepts the access to this account. Connect the account again.", error);
    case 403:
      return made(
          outcome_kind::permission,
          "LinkedIn does not let this account publish the post. Check the account, and that the app has the product "
          "Share on LinkedIn.",
          error);
    case 409:
    case 425: {
      auto result = made(outcome_kind::transient, "LinkedIn was not ready for the post.", error);
      result.retry_at = retry_after_in(reply, now);
      return result;
    }
    case 422:
      if (error.code == "DUPLICATE_POST" || says(error, "duplicate")) return duplicate(error);
      break;
    case 426: return wrong_version(error, now);
    case 429: return limited(reply, error, now);
    default: break;
  }
  if (error.code == "VERSION_MISSING" || error.code == "NONEXISTENT_VERSION") return wrong_version(error, now);
  return made(outcome_kind::invalid, "LinkedIn refused the post.", error);
}

/// The cases that all calls share: the request never left, or LinkedIn refused. Nothing for any other reply.
std::optional<outcome> certain(const egress_reply& reply, base::timestamp now) {
  if (reply.how_far == progress::no_byte_sent)
    return outcome{.kind = outcome_kind::transient, .reason = "LinkedIn could not be reached. " + reply.error};
  if (reply.how_far != progress::complete) return std::nullopt;
  if (reply.status >= 300 && reply.status < 400) {
    return outcome{.kind = outcome_kind::transient,
                   .reason =
                       "LinkedIn's address answered with a redirect, which is not followed. Check the address of "
                       "LinkedIn's API in the settings."};
  }
  if (reply.status >= 400 && reply.status < 500 && reply.status != 408) return refused(reply, now);
  return std::nullopt;
}

std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

}  // namespace

outcome classify_publish(const egress_reply& reply, base::timestamp now) {
  auto told = certain(reply, now);
  outcome result;
  if (told) {
    result = std::move(*told);
  } else if (reply.how_far != progress::complete) {
    result.reason = "LinkedIn may have received the post, but its reply did not arrive. " + reply.error;
  } else if (reply.status == 201) {
    const auto header = reply.find("x-restli-id").value_or("");
    const auto urn = post_urn_in(header);
    if (urn && *urn == header) {
      result = {.kind = outcome_kind::published, .external_id = urn, .external_url = post_url(*urn)};
      result.reason = "Published on LinkedIn.";
    } else {
      result.reason = "LinkedIn accepted the post, but its reply does not name it.";
    }
  } else {
    result.retry_at = retry_after_in(reply, now);
    result.reason = fmt::format("LinkedIn answered {}, which does not tell whether the post is live.", reply.status);
  }
  result.http_status = reply.status;
  return result;
}

std::optional<outcome> classify_step(const egress_reply& reply, base::timestamp now) {
  if (reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300) return std::nullopt;
  auto result = certain(reply, now);
  if (!result) {
    result = outcome{.kind = outcome_kind::transient, .reason = "LinkedIn did not take the image. " + reply.error};
    if (reply.how_far == progress::complete) {
      result->retry_at = retry_after_in(reply, now);
      result->reason = fmt::format("LinkedIn did not take the image: it answered {}.", reply.status);
    }
  }
  result->http_status = reply.status;
  return result;
}

std::optional<std::string> post_urn_in(std::string_view text) {
  constexpr std::string_view kinds[] = {"urn:li:share:", "urn:li:ugcPost:", "urn:li:activity:"};
  for (auto at = text.find("urn:li:"); at != std::string_view::npos; at = text.find("urn:li:", at + 1)) {
    const auto rest = text.substr(at);
    const auto kind = std::find_if(std::begin(kinds), std::end(kinds),
                                   [rest](std::string_view one) { return rest.starts_with(one); });
    if (kind == std::end(kinds)) continue;
    const auto end = std::min(rest.find_first_not_of("0123456789", kind->size()), rest.size());
    const auto digits = end - kind->size();
    if (digits > 0 && digits <= max_digits) return std::string{rest.substr(0, end)};
  }
  return std::nullopt;
}

std::string post_url(std::string_view urn) { return fmt::format("https://www.linkedin.com/feed/update/{}/", urn); }

bool is_upload_url(std::string_view url, std::string_view base_url) {
  const auto origin = origin_of(url);
  if (origin.empty() || url.size() == origin.size() || url[origin.size()] != '/') return false;
  if (origin == origin_of(base_url)) return true;
  constexpr std::string_view secure = "https://";
  if (!origin.starts_with(secure)) return false;
  const auto host = origin.substr(secure.size());
  const bool is_plain = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  return is_plain && (host == "linkedin.com" || host.ends_with(".linkedin.com"));
}

}  // namespace pulse::connectors::linkedin
