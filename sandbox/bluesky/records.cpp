#include "sandbox/bluesky/records.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/text.hpp"
#include "sandbox/bluesky/replies.hpp"

namespace pulse::sandbox::bluesky {

namespace {

constexpr std::size_t most_characters = 300;
constexpr std::size_t most_bytes = 3'000;
constexpr std::int64_t most_image_bytes = 2'000'000;
constexpr std::int64_t most_thumb_bytes = 1'000'000;
constexpr std::int64_t most_film_bytes = 300'000'000;
constexpr std::size_t longest_film_description = 1'000;

verdict invalid(std::string_view path, std::string_view what) {
  return refuse(400, "InvalidRequest", fmt::format("Invalid app.bsky.feed.post record: Record{} {}", path, what));
}

/// Code points without combining ones: never more than people see, and fewer in doubt.
std::size_t graphemes_of(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if ((c & 0xc0U) == 0x80U) continue;
    const auto rest = text.substr(at);
    const bool joins = (c == 0xcc || (c == 0xcd && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xb0)) ||
                       rest.starts_with("\xe2\x80\x8d") || rest.starts_with("\xef\xb8") ||
                       rest.starts_with("\xf0\x9f\x8f\xbb") || rest.starts_with("\xf0\x9f\x8f\xbc") ||
                       rest.starts_with("\xf0\x9f\x8f\xbd") || rest.starts_with("\xf0\x9f\x8f\xbe") ||
                       rest.starts_with("\xf0\x9f\x8f\xbf") || rest.starts_with("\xf0\x9f\x87") ||
                       (c >= 0xe0 && c <= 0xe1) || (at >= 3 && text.substr(at - 3, 3) == "\xe2\x80\x8d");
    if (!joins) ++count;
  }
  return count;
}

std::int64_t number_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

bool has_zone(std::string_view time) {
  return time.ends_with('Z') || (time.size() > 6 && (time[time.size() - 6] == '+' || time[time.size() - 6] == '-'));
}

std::optional<verdict> refuse_facets(const boost::json::object& record, std::string_view text) {
  const auto* facets = record.if_contains("facets");
  if (facets == nullptr) return std::nullopt;
  if (!facets->is_array()) return invalid("/facets", "must be an array");
  const auto cuts = [text](std::int64_t at) {
    const auto place = static_cast<std::size_t>(at);
    return place < text.size() && (static_cast<unsigned char>(text[place]) & 0xc0U) == 0x80U;
  };
  for (const auto& each : facets->get_array()) {
    const auto* index = each.is_object() ? part_of(each.get_object(), "index") : nullptr;
    const auto begin = index == nullptr ? -1 : number_at(*index, "byteStart");
    const auto end = index == nullptr ? -1 : number_at(*index, "byteEnd");
    if (begin < 0 || end <= begin || end > static_cast<std::int64_t>(text.size()) || cuts(begin) || cuts(end))
      return invalid("/facets/0/index", "does not lie in the text");
    const auto* features = each.get_object().if_contains("features");
    if (features == nullptr || !features->is_array() || features->get_array().empty())
      return invalid("/facets/0/features", "must have the property \"features\"");
    for (const auto& feature : features->get_array()) {
      const auto& one = feature.get_object();
      const auto type = text_at(one, "$type");
      const bool is_good =
          (type == "app.bsky.richtext.facet#link" && text_at(one, "uri").starts_with("http")) ||
          (type == "app.bsky.richtext.facet#mention" && text_at(one, "did").starts_with("did:")) ||
          (type == "app.bsky.richtext.facet#tag" && !text_at(one, "tag").empty() && text_at(one, "tag")[0] != '#');
      if (!is_good) return invalid("/facets/0/features/0", "is no feature of a text");
    }
  }
  return std::nullopt;
}

std::optional<verdict> refuse_blob(const boost::json::object* blob, std::string_view path, std::int64_t most,
                                   const std::string& did, const blobs& known, std::string_view type = "image/") {
  const auto* ref = blob == nullptr ? nullptr : part_of(*blob, "ref");
  if (ref == nullptr || text_at(*blob, "$type") != "blob") return invalid(path, "should be a blob ref");
  const auto found = known.find(text_at(*ref, "$link"));
  if (found == known.end() || found->second.did != did)
    return refuse(400, "BlobNotFound", "Could not find blob: " + text_at(*ref, "$link"));
  if (found->second.size != number_at(*blob, "size"))
    return refuse(400, "InvalidSize", "Referenced Size does not match stored size");
  if (found->second.media_type != text_at(*blob, "mimeType"))
    return refuse(400, "InvalidMimeType", "Referenced MimeType does not match stored MimeType");
  if (!found->second.media_type.starts_with(type)) return refuse(400, "InvalidMimeType", "Wrong type of file");
  if (found->second.size > most) return refuse(400, "BlobTooLarge", "This file is too large");
  return std::nullopt;
}

std::optional<verdict> refuse_film(const boost::json::object& embed, const std::string& did, const blobs& known) {
  const auto* alt = embed.if_contains("alt");
  if (alt != nullptr && (!alt->is_string() || graphemes_of(text_at(embed, "alt")) > longest_film_description))
    return invalid("/embed/alt", "must not be longer than 1000 graphemes");
  if (const auto* aspect = embed.if_contains("aspectRatio"); aspect != nullptr) {
    const auto* shape = aspect->if_object();
    if (shape == nullptr || number_at(*shape, "width") < 1 || number_at(*shape, "height") < 1)
      return invalid("/embed/aspectRatio", "must have the properties \"width\" and \"height\"");
  }
  return refuse_blob(part_of(embed, "video"), "/embed/video", most_film_bytes, did, known, "video/mp4");
}

std::optional<verdict> refuse_embed(const boost::json::object& record, const std::string& did, const blobs& known) {
  const auto* embed = part_of(record, "embed");
  if (embed == nullptr) return std::nullopt;
  const auto type = text_at(*embed, "$type");
  if (type == "app.bsky.embed.external") {
    const auto* external = part_of(*embed, "external");
    const bool is_whole = external != nullptr && !text_at(*external, "uri").empty() &&
                          external->if_contains("title") != nullptr && external->if_contains("description") != nullptr;
    if (!is_whole) return invalid("/embed/external", "must have the property \"title\"");
    const auto* thumb = part_of(*external, "thumb");
    return thumb == nullptr ? std::nullopt : refuse_blob(thumb, "/embed/external/thumb", most_thumb_bytes, did, known);
  }
  if (type == "app.bsky.embed.video") return refuse_film(*embed, did, known);
  if (type != "app.bsky.embed.images") return invalid("/embed", "is not known to this sandbox");
  const auto* images = embed->if_contains("images");
  if (images == nullptr || !images->is_array()) return invalid("/embed/images", "must be an array");
  if (images->get_array().size() > 4) return invalid("/embed/images", "must not have more than 4 elements");
  for (const auto& each : images->get_array()) {
    const auto& image = each.get_object();
    const auto* alt = image.if_contains("alt");
    if (alt == nullptr || !alt->is_string()) return invalid("/embed/images/0", "must have the property \"alt\"");
    if (auto wrong = refuse_blob(part_of(image, "image"), "/embed/images/0/image", most_image_bytes, did, known))
      return wrong;
  }
  return std::nullopt;
}

}  // namespace

bool is_tid(std::string_view text) {
  constexpr std::string_view signs = "234567abcdefghijklmnopqrstuvwxyz";
  return text.size() == 13 && text.front() <= 'j' &&
         std::all_of(text.begin(), text.end(), [signs](char c) { return signs.find(c) != signs.npos; });
}

std::string cid_of(std::string_view bytes) {
  constexpr std::size_t size = 52;
  return "bafyrei" + base::to_hex(base::sha256(bytes)).substr(0, size);
}

std::optional<verdict> refuse_post(const boost::json::object& record, const std::string& did, const blobs& known) {
  if (text_at(record, "$type") != "app.bsky.feed.post") return invalid("", "must be an app.bsky.feed.post");
  for (const auto& field : record) {
    constexpr std::string_view fields[] = {"$type", "text", "createdAt", "facets", "embed",
                                           "langs", "tags", "labels",    "reply"};
    if (std::find(std::begin(fields), std::end(fields), std::string_view{field.key()}) == std::end(fields))
      return refuse(400, "InvalidRequest", std::string{field.key()} + " is not known to this sandbox");
  }
  const auto text = text_at(record, "text");
  if (record.if_contains("text") == nullptr) return invalid("", "must have the property \"text\"");
  if (text.empty() && record.if_contains("embed") == nullptr) return invalid("/text", "must not be empty here");
  if (text.size() > most_bytes) return invalid("/text", "must not be longer than 3000 characters");
  if (graphemes_of(text) > most_characters) return invalid("/text", "must not be longer than 300 graphemes");
  const auto created = text_at(record, "createdAt");
  if (!has_zone(created) || !base::parse_timestamp(created))
    return invalid("/createdAt", "must be an valid atproto datetime");
  const auto* reply = part_of(record, "reply");
  if (reply != nullptr && (part_of(*reply, "root") == nullptr || part_of(*reply, "parent") == nullptr))
    return invalid("/reply", "must have the property \"root\"");
  if (auto wrong = refuse_facets(record, text)) return wrong;
  return refuse_embed(record, did, known);
}

std::int64_t write_points::used(const std::string& did, std::chrono::seconds window, base::timestamp now) const {
  std::int64_t sum = 0;
  const auto found = spent_.find(did);
  if (found == spent_.end()) return 0;
  for (const auto& [at, points] : found->second) sum += at + window > now ? points : 0;
  return sum;
}

bool write_points::spend(const std::string& did, std::int64_t points, base::timestamp now) {
  using namespace std::chrono_literals;
  if (used(did, 1h, now) + points > hourly || used(did, 24h, now) + points > daily) return false;
  auto& mine = spent_[did];
  while (!mine.empty() && mine.front().first + 24h <= now) mine.pop_front();
  mine.emplace_back(now, points);
  return true;
}

std::vector<http::server::header> write_points::headers(const std::string& did, base::timestamp now) {
  using namespace std::chrono_literals;
  const bool is_day_nearer = daily - used(did, 24h, now) < hourly - used(did, 1h, now);
  const std::chrono::seconds window = is_day_nearer ? 24h : 1h;
  const auto limit = is_day_nearer ? daily : hourly;
  const auto found = spent_.find(did);
  auto begins = now;
  if (found != spent_.end()) {
    for (const auto& [at, points] : found->second) {
      if (at + window > now) begins = std::min(begins, at);
    }
  }
  const auto resets = std::chrono::ceil<std::chrono::seconds>(begins + window).time_since_epoch().count();
  return {{"ratelimit-limit", std::to_string(limit)},
          {"ratelimit-remaining", std::to_string(std::max<std::int64_t>(0, limit - used(did, window, now)))},
          {"ratelimit-reset", std::to_string(resets)},
          {"ratelimit-policy", fmt::format("{};w={}", limit, window.count())}};
}

}  // namespace pulse::sandbox::bluesky
