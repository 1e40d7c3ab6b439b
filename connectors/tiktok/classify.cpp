#include "connectors/tiktok/classify.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::tiktok {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr std::chrono::minutes short_pause{1};
/// TikTok counts posts over a sliding day and does not say when it ends: a retry an hour avoids being late by a day.
constexpr std::chrono::hours long_pause{1};
constexpr std::size_t most_id_bytes = 64;

struct problem {
  std::string code;
  std::string words;
};

/// `{"data":{},"error":{"code":"…","message":"…","log_id":"…"}}`; an error of the login is a string instead.
std::optional<problem> read_problem(const std::string& body) {
  const auto object = object_of(body);
  const auto* error = object ? object->if_contains("error") : nullptr;
  if (error == nullptr) return std::nullopt;
  if (error->is_string()) return problem{error->get_string().c_str(), text_at(*object, "error_description")};
  if (!error->is_object()) return std::nullopt;
  return problem{text_at(error->get_object(), "code"), text_at(error->get_object(), "message")};
}

struct meaning {
  std::string_view code;
  outcome_kind kind;
  std::string_view reason;
  std::chrono::minutes pause{0};
};

// Errors of `init` and of the envelope; `fail_reason` has the same words.
constexpr meaning meanings[] = {
    {"access_token_invalid", outcome_kind::auth_expired,
     "TikTok no longer accepts the access to this account. Connect the account again."},
    {"auth_removed", outcome_kind::auth_expired,
     "The account has taken back what it allowed at TikTok. Connect the account again."},
    {"scope_not_authorized", outcome_kind::permission,
     "The account did not allow Pulse to publish at TikTok. Connect it again and leave everything switched on."},
    {"scope_permission_missed", outcome_kind::permission,
     "The account did not allow Pulse to publish at TikTok. Connect it again and leave everything switched on."},
    {"token_not_authorized_for_specified_publish_id", outcome_kind::permission,
     "TikTok says that the post is another account's."},
    {"spam_risk_user_banned_from_posting", outcome_kind::permission,
     "TikTok does not let the account post at present. Open TikTok and do what it asks for."},
    {"unaudited_client_can_only_post_to_private_accounts", outcome_kind::permission,
     "TikTok has not audited this installation's app: until then it may post to private accounts only."},
    {"spam_risk_too_many_posts", outcome_kind::rate_limited, "TikTok allows this account no more posts today.",
     long_pause},
    {"spam_risk_too_many_pending_share", outcome_kind::rate_limited,
     "The account has too many drafts at TikTok that wait for it.", long_pause},
    {"reached_active_user_cap", outcome_kind::rate_limited,
     "TikTok allows this installation's app no more accounts today.", long_pause},
    {"rate_limit_exceeded", outcome_kind::rate_limited, "TikTok asks for a pause.", short_pause},
    {"privacy_level_option_mismatch", outcome_kind::invalid,
     "TikTok does not offer this account what was chosen for who can see it. Choose another."},
    {"url_ownership_unverified", outcome_kind::invalid,
     "TikTok fetches media from addresses alone that this installation's app has verified. Whoever runs Pulse must "
     "verify "
     "them in TikTok's developer console."},
    {"app_version_check_failed", outcome_kind::invalid, "The account's TikTok app is too old for this post."},
    {"invalid_file_upload", outcome_kind::invalid, "TikTok does not take the file."},
    {"invalid_param", outcome_kind::invalid, "TikTok refused the post."},
    {"invalid_params", outcome_kind::invalid, "TikTok refused the post."},
    {"invalid_publish_id", outcome_kind::invalid, "TikTok does not know the post."},
    {"file_format_check_failed", outcome_kind::invalid, "TikTok does not take files of this kind."},
    {"duration_check_failed", outcome_kind::invalid, "The film is too long or too short for the account."},
    {"frame_rate_check_failed", outcome_kind::invalid, "The film must have 23 to 60 pictures a second."},
    {"picture_size_check_failed", outcome_kind::invalid, "The picture or film is too large or too small for TikTok."},
    {"publish_cancelled", outcome_kind::invalid, "The post was cancelled at TikTok."},
    {"spam_risk_text", outcome_kind::invalid, "TikTok takes the text for spam."},
    {"spam_risk", outcome_kind::invalid, "TikTok takes the post for spam."},
    {"internal", outcome_kind::transient, "TikTok could not make the post."},
    {"video_pull_failed", outcome_kind::transient, "TikTok could not fetch the film."},
    {"photo_pull_failed", outcome_kind::transient, "TikTok could not fetch a picture."},
};

const meaning* meaning_of(std::string_view code) {
  const auto found =
      std::find_if(std::begin(meanings), std::end(meanings), [code](const meaning& each) { return each.code == code; });
  return found == std::end(meanings) ? nullptr : found;
}

outcome made(const meaning& as, const std::string& words, base::timestamp now) {
  outcome result{.kind = as.kind, .reason = std::string{as.reason} + quoted("TikTok", words)};
  if (as.pause.count() > 0) result.retry_at = now + as.pause;
  return result;
}

/// A complete reply that refuses. Nothing was published.
outcome refused(const egress_reply& reply, const problem& error, base::timestamp now) {
  if (const auto* known = meaning_of(error.code)) {
    auto result = made(*known, error.words, now);
    if (result.kind == outcome_kind::rate_limited) {
      if (const auto told = retry_after_in(reply, now)) result.retry_at = told;
    }
    return result;
  }
  const auto words = error.words.empty() ? error.code : error.words;
  if (reply.status == 401) return made(meanings[0], words, now);
  if (reply.status == 429) return made(*meaning_of("rate_limit_exceeded"), words, now);
  if (reply.status == 403)
    return {.kind = outcome_kind::permission,
            .reason = "TikTok does not let the account publish this." + quoted("TikTok", words)};
  return {.kind = outcome_kind::invalid, .reason = "TikTok refused the post." + quoted("TikTok", words)};
}

std::int64_t number_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() && value->get_int64() > 0 ? value->get_int64() : 0;
}

bool is_true(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

bool is_publish_id(std::string_view id) {
  return !id.empty() && id.size() <= most_id_bytes &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '"'; });
}

/// The field's name is misspelt at TikTok; the right spelling is taken, too. Ids are 64-bit numbers, or texts.
std::string first_post_id(const boost::json::object& data) {
  for (const std::string_view name : {"publicaly_available_post_id", "publicly_available_post_id"}) {
    const auto* ids = data.if_contains(name);
    if (ids == nullptr || !ids->is_array() || ids->get_array().empty()) continue;
    const auto& first = ids->get_array().front();
    if (first.is_int64() || first.is_uint64()) return boost::json::serialize(first);
    if (first.is_string()) return first.get_string().c_str();
  }
  return {};
}

std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

}  // namespace

std::optional<boost::json::object> data_in(const egress_reply& reply) {
  if (reply.how_far != progress::complete || reply.status != 200) return std::nullopt;
  const auto error = read_problem(reply.body);
  if (!error || error->code != "ok") return std::nullopt;
  auto object = object_of(reply.body);
  auto* data = object->if_contains("data");
  if (data == nullptr || !data->is_object()) return std::nullopt;
  return std::move(data->get_object());
}

outcome problem_of(const egress_reply& reply, step which, base::timestamp now) {
  outcome result;
  const auto error = reply.how_far == progress::complete ? read_problem(reply.body) : std::nullopt;
  const bool says_no = error && error->code != "ok" && !error->code.empty() && error->code != "internal_error";
  const bool is_refusal = reply.status >= 400 && reply.status < 500 && reply.status != 408;
  if (reply.how_far == progress::no_byte_sent) {
    result = {.kind = outcome_kind::transient, .reason = "TikTok could not be reached. " + reply.error};
  } else if (reply.how_far == progress::complete && reply.status >= 300 && reply.status < 400) {
    result = {.kind = outcome_kind::transient,
              .reason =
                  "TikTok's address answered with a redirect, which is not followed. Check the address of TikTok's "
                  "API in the settings."};
  } else if (reply.how_far == progress::complete && reply.status < 500 && (says_no || is_refusal)) {
    result = refused(reply, error.value_or(problem{}), now);
  } else {
    result.kind = which == step::publishing ? outcome_kind::unknown : outcome_kind::transient;
    if (reply.how_far == progress::complete) result.retry_at = retry_after_in(reply, now);
    result.reason = reply.how_far == progress::complete
                        ? fmt::format("TikTok answered {}, which does not tell what it did.", reply.status)
                        : "TikTok's reply did not arrive. " + reply.error;
  }
  result.http_status = reply.status;
  return result;
}

std::optional<creator_info> creator_in(const egress_reply& reply) {
  const auto data = data_in(reply);
  const auto* levels = data ? data->if_contains("privacy_level_options") : nullptr;
  if (levels == nullptr || !levels->is_array()) return std::nullopt;
  creator_info made;
  made.username = text_at(*data, "creator_username");
  for (const auto& each : levels->get_array()) {
    if (each.is_string()) made.privacy_levels.emplace_back(each.get_string().c_str());
  }
  made.comment_disabled = is_true(*data, "comment_disabled");
  made.duet_disabled = is_true(*data, "duet_disabled");
  made.stitch_disabled = is_true(*data, "stitch_disabled");
  return made;
}

std::optional<begun_post> begun_in(const egress_reply& reply) {
  const auto data = data_in(reply);
  if (!data) return std::nullopt;
  begun_post made{text_at(*data, "publish_id"), text_at(*data, "upload_url")};
  if (!is_publish_id(made.publish_id)) return std::nullopt;
  return made;
}

std::optional<post_status> status_in(const egress_reply& reply) {
  const auto data = data_in(reply);
  if (!data) return std::nullopt;
  const auto word = text_at(*data, "status");
  post_status made;
  if (word == "PROCESSING_UPLOAD")
    made.state = post_state::uploading;
  else if (word == "PROCESSING_DOWNLOAD")
    made.state = post_state::downloading;
  else if (word == "SEND_TO_USER_INBOX")
    made.state = post_state::in_inbox;
  else if (word == "PUBLISH_COMPLETE")
    made.state = post_state::complete;
  else if (word == "FAILED")
    made.state = post_state::failed;
  else
    return std::nullopt;
  made.fail_reason = text_at(*data, "fail_reason");
  made.post_id = first_post_id(*data);
  if (const auto* bytes = data->if_contains("uploaded_bytes"); bytes != nullptr && bytes->is_int64())
    made.uploaded_bytes = bytes->get_int64();
  return made;
}

bool says_unknown_post(const egress_reply& reply) {
  if (reply.how_far != progress::complete) return false;
  const auto error = read_problem(reply.body);
  return error && error->code == "invalid_publish_id";
}

outcome failed_post(const post_status& status, base::timestamp now) {
  if (const auto* known = meaning_of(status.fail_reason)) return made(*known, "", now);
  return {.kind = outcome_kind::invalid,
          .reason = "TikTok could not make the post." + quoted("TikTok", status.fail_reason)};
}

outcome live_post(const post_status& status, const std::string& publish_id, const std::string& username, bool is_film) {
  outcome live{.kind = outcome_kind::published};
  live.external_id = status.post_id.empty() ? publish_id : status.post_id;
  if (!status.post_id.empty() && !username.empty())
    live.external_url =
        fmt::format("https://www.tiktok.com/@{}{}{}", username, is_film ? "/video/" : "/photo/", status.post_id);
  live.reason = status.post_id.empty()
                    ? "Published on TikTok, which does not name posts that are not public, or not yet."
                    : "Published on TikTok.";
  return live;
}

std::optional<list_page> read_videos(const std::string& body) {
  const auto document = object_of(body);
  const auto* data = document ? document->if_contains("data") : nullptr;
  const auto error = read_problem(body);
  if (data == nullptr || !data->is_object() || !error || error->code != "ok") return std::nullopt;
  const auto* videos = data->get_object().if_contains("videos");
  if (videos == nullptr || !videos->is_array()) return std::nullopt;
  list_page page;
  for (const auto& entry : videos->get_array()) {
    if (!entry.is_object()) return std::nullopt;
    const auto& object = entry.get_object();
    auto id = id_at(object, "id");
    const auto at = number_at(object, "create_time");
    if (id.empty() || at == 0) return std::nullopt;
    auto words = text_at(object, "video_description");
    if (words.empty()) words = text_at(object, "title");
    auto url = text_at(object, "share_url");
    if (!url.starts_with("https://www.tiktok.com/")) url.clear();
    page.items.push_back({std::move(id), std::move(words), std::move(url), base::timestamp{std::chrono::seconds{at}}});
  }
  if (is_true(data->get_object(), "has_more")) page.next = id_at(data->get_object(), "cursor");
  return page;
}

std::string listed_words(std::string_view text) {
  constexpr std::size_t most_listed_characters = 150;
  auto whole = domain::to_code_points(comparable_text(text));
  if (whole.size() > most_listed_characters) whole.resize(most_listed_characters);
  return comparable_text(domain::to_utf8(whole));
}

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
  return is_plain && (host.ends_with(".tiktokapis.com") || host.ends_with(".tiktok.com"));
}

}  // namespace pulse::connectors::tiktok
