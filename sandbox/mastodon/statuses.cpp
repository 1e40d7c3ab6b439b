// Mastodon's statuses and media: creating them under keys, listing and deleting them.
#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/core/replies.hpp"
#include "sandbox/mastodon/mastodon.hpp"
#include "sandbox/mastodon/requests.hpp"

namespace pulse::sandbox::mastodon {

namespace {

constexpr std::chrono::hours key_life{1};

verdict unprocessable(std::string_view what) { return refuse(422, "Validation failed: " + std::string{what}); }

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '<')
      html += "&lt;";
    else if (c == '>')
      html += "&gt;";
    else if (c == '&')
      html += "&amp;";
    else if (c == '\n')
      html += "<br />";
    else
      html += c;
  }
  return html;
}

/// Ids are compared as numbers: a longer one is newer.
bool is_newer(const std::string& one, const std::string& other) {
  return one.size() != other.size() ? one.size() > other.size() : one > other;
}

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::optional<verdict> mastodon_platform::refuse_status(const values& given, const stored_status& made,
                                                        base::timestamp now) const {
  for (const auto& [name, ignored] : given) {
    if (name != "status" && name != "media_ids" && name != "media_ids[]" && name != "sensitive" &&
        name != "spoiler_text" && name != "visibility" && name != "language" && name != "in_reply_to_id")
      return refuse(422, name + " is not known to this sandbox");
  }
  if (made.text.empty() && made.media_ids.empty()) return unprocessable("Text can't be blank");
  if (length_of(rules_, made.text) + length_of(rules_, made.spoiler) > rules_.max_characters)
    return unprocessable(fmt::format("Text character limit of {} exceeded", rules_.max_characters));
  if (made.visibility != "public" && made.visibility != "unlisted" && made.visibility != "private" &&
      made.visibility != "direct")
    return unprocessable("Visibility is not included in the list");
  if (!made.language.empty() && !is_language(made.language)) return unprocessable("Language is invalid");
  if (!made.reply_to.empty() && find(made.reply_to) == nullptr) return refuse(404, "Record not found");
  if (static_cast<std::int64_t>(made.media_ids.size()) > rules_.max_media)
    return unprocessable(fmt::format("Cannot attach more than {} files", rules_.max_media));
  const auto is_film = [this](const std::string& id) {
    const auto found = media_.find(id);
    return found != media_.end() && found->second.is_film;
  };
  if (made.media_ids.size() > 1 && std::any_of(made.media_ids.begin(), made.media_ids.end(), is_film))
    return unprocessable("Cannot attach a video to a post that already contains images");
  for (const auto& id : made.media_ids) {
    const auto found = media_.find(id);
    if (found == media_.end() || found->second.user_id != made.user_id)
      return unprocessable(fmt::format("Media {} not found", id));
    if (!found->second.status_id.empty()) return unprocessable(fmt::format("Media {} is already attached", id));
    if (now < found->second.ready_at || found->second.fails)
      return unprocessable("Cannot attach files that have not finished processing. Try again in a moment!");
  }
  return std::nullopt;
}

verdict mastodon_platform::create(const http::server::request& request, const token_holder& holder,
                                  base::timestamp now) {
  const auto given = read_values(request);
  const std::pair key{holder.user_id, std::string{request.find("idempotency-key").value_or("")}};
  if (const auto known = keys_.find(key); !key.second.empty() && rules_.keys != key_mode::ignored &&
                                          known != keys_.end() && now < known->second.at + key_life) {
    if (rules_.keys == key_mode::fails_on_repeat) return refuse(500, "Something broke");
    const auto* first = find(known->second.status_id);
    return first == nullptr ? refuse(404, "Record not found") : done(200, to_json(*first), first->id);
  }
  stored_status made{.id = {},
                     .user_id = holder.user_id,
                     .text = value_of(given, "status"),
                     .spoiler = value_of(given, "spoiler_text"),
                     .visibility = value_of(given, "visibility"),
                     .language = value_of(given, "language"),
                     .reply_to = value_of(given, "in_reply_to_id"),
                     .app_name = holder.app_name,
                     .media_ids = words_of(value_of(given, "media_ids") + value_of(given, "media_ids[]")),
                     .created_at = now};
  if (made.visibility.empty()) made.visibility = "public";
  if (auto refused = refuse_status(given, made, now)) return std::move(*refused);
  made.id = std::to_string(++last_id_);
  boost::json::array media;
  for (const auto& each : made.media_ids) media.emplace_back(each);
  const boost::json::object record{{"id", made.id},
                                   {"user_id", made.user_id},
                                   {"text", made.text},
                                   {"spoiler", made.spoiler},
                                   {"visibility", made.visibility},
                                   {"language", made.language},
                                   {"reply_to", made.reply_to},
                                   {"app_name", made.app_name},
                                   {"media_ids", std::move(media)},
                                   {"key", key.second},
                                   {"created_at", base::to_string(now)}};
  restore_status(record);
  return {json_reply(200, to_json(statuses_.back())), decision::accepted, statuses_.back().id, {{"status", record}}};
}

void mastodon_platform::restore_status(const boost::json::object& record) {
  const auto at = base::parse_timestamp(text_at(record, "created_at"));
  if (!at) return;
  stored_status made{text_at(record, "id"),
                     text_at(record, "user_id"),
                     text_at(record, "text"),
                     text_at(record, "spoiler"),
                     text_at(record, "visibility"),
                     text_at(record, "language"),
                     text_at(record, "reply_to"),
                     text_at(record, "app_name"),
                     {},
                     *at};
  if (const auto* media = record.if_contains("media_ids"); media != nullptr && media->is_array()) {
    for (const auto& each : media->get_array()) made.media_ids.emplace_back(each.get_string().c_str());
  }
  for (const auto& each : made.media_ids) media_[each].status_id = made.id;
  if (const auto key = text_at(record, "key"); !key.empty()) keys_[{made.user_id, key}] = {made.id, *at};
  std::uint64_t number = 0;
  std::from_chars(made.id.data(), made.id.data() + made.id.size(), number);
  last_id_ = std::max(last_id_, number);
  statuses_.push_back(std::move(made));
}

verdict mastodon_platform::upload(const http::server::request& request, const std::string& account,
                                  base::timestamp now) {
  const auto how = std::exchange(next_, std::nullopt).value_or(processing{});
  const auto parts = read_multipart(request);
  if (!parts || parts->find("file") == parts->end()) return unprocessable("File can't be blank");
  for (const auto& [name, ignored] : *parts) {
    if (name != "file" && name != "description" && name != "focus")
      return refuse(422, name + " is not known to this sandbox");
  }
  const auto bytes = parts->find("file")->second;
  const bool is_picture = bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG") ||
                          bytes.starts_with("GIF8") ||
                          (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"));
  const bool is_film = bytes.size() > 12 && bytes.substr(4, 4) == "ftyp";
  if (!is_picture && !is_film) return unprocessable("File content type is invalid");
  if (is_film && static_cast<std::int64_t>(bytes.size()) > rules_.max_video_bytes)
    return unprocessable("File file size must be less than or equal to the server's");
  const auto described = parts->find("description");
  const std::string description{described == parts->end() ? std::string_view{} : described->second};
  if (static_cast<std::int64_t>(base::count_code_points(description)) > rules_.max_description)
    return unprocessable("Description is too long");
  const auto id = std::to_string(++last_id_);
  media_[id] = {account, description, now + how.time, how.fails, {}, is_film};
  // A film always needs processing.
  auto what =
      done(how.time.count() > 0 || how.fails || is_film ? 202 : 200,
           {{"id", id}, {"type", is_film ? "video" : "image"}, {"url", nullptr}, {"description", description}}, id);
  what.record = {{"medium",
                  {{"id", id},
                   {"user_id", account},
                   {"description", description},
                   {"ready_at", base::to_string(now + how.time)},
                   {"fails", how.fails},
                   {"film", is_film},
                   {"bytes", bytes.size()}}}};
  return what;
}

verdict mastodon_platform::show_medium(const std::string& account, const std::string& id, base::timestamp now) const {
  const auto found = media_.find(id);
  if (found == media_.end() || found->second.user_id != account) return refuse(404, "Record not found");
  const bool is_ready = now >= found->second.ready_at;
  if (is_ready && found->second.fails) return refuse(422, "Error processing thumbnail for uploaded media");
  return done(is_ready ? 200 : 206,
              {{"id", id},
               {"type", found->second.is_film ? "video" : "image"},
               {"url", nullptr},
               {"description", found->second.description}},
              id);
}

verdict mastodon_platform::list(const http::server::request& request, const std::string& account,
                                const std::string& of) const {
  if (users_.find(of) == users_.end()) return refuse(404, "Record not found");
  const auto given = read_values(request);
  std::size_t limit = 20;
  if (const auto text = value_of(given, "limit"); !text.empty())
    std::from_chars(text.data(), text.data() + text.size(), limit);
  limit = std::clamp<std::size_t>(limit, 1, 40);
  const auto newer_than = value_of(given, "min_id").empty() ? value_of(given, "since_id") : value_of(given, "min_id");
  const auto older_than = value_of(given, "max_id");
  std::vector<const stored_status*> found;  // oldest first
  for (const auto& each : statuses_) {
    const bool is_visible = each.user_id == account || each.visibility == "public" || each.visibility == "unlisted";
    if (each.user_id != of || !is_visible) continue;
    if (!newer_than.empty() && !is_newer(each.id, newer_than)) continue;
    if (!older_than.empty() && !is_newer(older_than, each.id)) continue;
    found.push_back(&each);
  }
  // min_id counts from the oldest, everything else from the newest.
  if (found.size() > limit) {
    if (value_of(given, "min_id").empty())
      found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(limit));
    else
      found.resize(limit);
  }
  boost::json::array shown;
  for (auto each = found.rbegin(); each != found.rend(); ++each) shown.push_back(to_json(**each));
  return done(200, shown);
}

verdict mastodon_platform::remove(const std::string& account, const std::string& id) {
  const auto* one = find(id);
  if (one == nullptr || one->user_id != account) return refuse(404, "Record not found");
  auto shown = to_json(*one);
  shown["text"] = one->text;
  std::erase_if(statuses_, [&id](const stored_status& each) { return each.id == id; });
  auto what = done(200, shown, id);
  what.record = {{"deleted", {{"id", id}}}};
  return what;
}

/// Replaces the whole status: omitted fields become empty.
verdict mastodon_platform::edit(const http::server::request& request, const std::string& account,
                                const std::string& id) {
  const auto found =
      std::find_if(statuses_.begin(), statuses_.end(), [&](const stored_status& each) { return each.id == id; });
  if (found == statuses_.end() || found->user_id != account) return refuse(404, "Record not found");
  const auto given = read_values(request);
  for (const auto& [name, ignored] : given) {
    if (name != "status" && name != "media_ids" && name != "media_ids[]" && name != "sensitive" &&
        name != "spoiler_text" && name != "language")
      return refuse(422, name + " is not known to this sandbox");
  }
  auto changed = *found;
  changed.text = value_of(given, "status");
  changed.spoiler = value_of(given, "spoiler_text");
  changed.media_ids = words_of(value_of(given, "media_ids"));
  for (const auto& each : changed.media_ids) {
    if (std::find(found->media_ids.begin(), found->media_ids.end(), each) == found->media_ids.end())
      return unprocessable("a medium is none of this status");
  }
  if (changed.text.empty() && changed.media_ids.empty()) return unprocessable("Text can't be blank");
  if (length_of(rules_, changed.text) + length_of(rules_, changed.spoiler) > rules_.max_characters)
    return unprocessable(fmt::format("Text character limit of {} exceeded", rules_.max_characters));
  *found = changed;
  auto what = done(200, to_json(changed), id);
  what.record = {{"edited",
                  {{"id", id},
                   {"text", changed.text},
                   {"spoiler", changed.spoiler},
                   {"media_ids", boost::json::value_from(changed.media_ids)}}}};
  return what;
}

boost::json::object mastodon_platform::to_json(const stored_status& one) const {
  boost::json::array media;
  for (const auto& id : one.media_ids) {
    const auto found = media_.find(id);
    media.push_back(
        {{"id", id}, {"type", "image"}, {"description", found == media_.end() ? "" : found->second.description}});
  }
  const auto found = users_.find(one.user_id);
  const auto username = found == users_.end() ? std::string{"unknown"} : found->second.username;
  return {{"id", one.id},
          {"created_at", base::to_string(one.created_at)},
          {"uri", fmt::format("https://sandbox.test/users/{}/statuses/{}", username, one.id)},
          {"url", fmt::format("https://sandbox.test/@{}/{}", username, one.id)},
          {"content", fmt::format("<p>{}</p>", escaped(one.text))},
          {"visibility", one.visibility},
          {"spoiler_text", one.spoiler},
          {"language", one.language.empty() ? boost::json::value(nullptr) : boost::json::value(one.language)},
          {"in_reply_to_id", one.reply_to.empty() ? boost::json::value(nullptr) : boost::json::value(one.reply_to)},
          {"application", {{"name", one.app_name}}},
          {"media_attachments", std::move(media)},
          {"sensitive", false},
          {"favourites_count", figures_of(one.id).likes},
          {"reblogs_count", figures_of(one.id).shares},
          {"quotes_count", 0},
          {"replies_count", figures_of(one.id).comments}};
}

const stored_status* mastodon_platform::find(const std::string& id) const {
  const auto found =
      std::find_if(statuses_.begin(), statuses_.end(), [&id](const stored_status& each) { return each.id == id; });
  return found == statuses_.end() ? nullptr : &*found;
}

}  // namespace pulse::sandbox::mastodon
