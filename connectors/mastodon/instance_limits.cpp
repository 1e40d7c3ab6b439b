#include "connectors/mastodon/instance_limits.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "connectors/shared/reply_words.hpp"
#include "domain/platforms/text_length.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::mastodon {

namespace {

constexpr int usual_link = 23;
constexpr std::size_t most_types = 100;

/// A whole number from 1 to `most` in place of `into`.
template <class Number>
void read_number(const boost::json::object* from, std::string_view name, Number& into, std::int64_t most) {
  const auto* value = from == nullptr ? nullptr : from->if_contains(name);
  if (value == nullptr || !value->is_number()) return;
  boost::json::error_code failed;
  const auto number = value->to_number<std::int64_t>(failed);
  if (!failed && number >= 1 && number <= most) into = static_cast<Number>(number);
}

const boost::json::object* part(const boost::json::object* of, std::string_view name) {
  const auto* value = of == nullptr ? nullptr : of->if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

/// The links that count as one: http:// or https:// and what follows without white space.
int count_links(std::string_view text) {
  int links = 0;
  for (const auto* scheme : {"https://", "http://"}) {
    for (auto at = text.find(scheme); at != text.npos; at = text.find(scheme, at + 1)) ++links;
  }
  return links;
}

}  // namespace

std::optional<instance_limits> read_limits(const std::string& body) {
  const auto document = object_of(body);
  if (!document) return std::nullopt;
  instance_limits made;
  constexpr std::int64_t most_characters = 1'000'000;
  read_number(&*document, "max_toot_chars", made.max_characters, most_characters);  // Pleroma's older ones
  const auto* configuration = part(&*document, "configuration");
  const auto* statuses = part(configuration, "statuses");
  read_number(statuses, "max_characters", made.max_characters, most_characters);
  read_number(statuses, "max_media_attachments", made.max_media, 100);
  read_number(statuses, "characters_reserved_per_url", made.characters_of_link, 10'000);
  const auto* media = part(configuration, "media_attachments");
  read_number(media, "description_limit", made.max_description, most_characters);
  read_number(media, "image_size_limit", made.max_image_bytes, std::int64_t{1} << 40);
  read_number(media, "video_size_limit", made.max_video_bytes, std::int64_t{1} << 40);
  const auto* types = media == nullptr ? nullptr : media->if_contains("supported_mime_types");
  if (types != nullptr && types->is_array()) {
    for (const auto& each : types->get_array()) {
      if (each.is_string() && made.media_types.size() < most_types)
        made.media_types.emplace_back(each.get_string().c_str());
    }
  }
  return made;
}

int length_at(const instance_limits& there, const std::string& text) {
  const int usual = domain::text_length(domain::text_count::link_graphemes, text);
  if (there.characters_of_link == usual_link) return usual;
  return usual + count_links(text) * (there.characters_of_link - usual_link);
}

std::optional<instance_limits> known_limits::find(const std::string& instance, base::timestamp now) const {
  const std::lock_guard lock{mutex_};
  const auto found = known_.find(instance);
  if (found == known_.end() || now >= found->second.read_at + life) return std::nullopt;
  return found->second.limits;
}

void known_limits::store(const std::string& instance, instance_limits limits, base::timestamp now) {
  const std::lock_guard lock{mutex_};
  if (known_.size() >= most && known_.find(instance) == known_.end()) known_.erase(known_.begin());
  known_.insert_or_assign(instance, entry{std::move(limits), now});
}

void known_limits::forget(const std::string& instance) {
  const std::lock_guard lock{mutex_};
  known_.erase(instance);
}

}  // namespace pulse::connectors::mastodon
