#include "sandbox/x/requests.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include <fmt/core.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/x/errors.hpp"
#include "sandbox/x/text.hpp"

namespace pulse::sandbox::x {

namespace {

constexpr int max_weighted_length = 280;

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(blank) - first + 1)};
}

/// Real fields of X's request that this stand-in does not implement.
bool is_known_field(std::string_view name) {
  constexpr std::string_view known[] = {
      "poll",         "quote_tweet_id", "reply_settings",           "community_id",
      "edit_options", "made_with_ai",   "paid_partnership",         "nullcast",
      "geo",          "card_uri",       "direct_message_deep_link", "for_super_followers_only"};
  return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

bool is_json(const http::server::request& request) {
  const auto type = request.find("content-type");
  return type && type->starts_with("application/json");
}

}  // namespace

std::optional<std::string> read_fields(std::string_view list, shown_fields& fields) {
  constexpr std::string_view known[] = {"id",
                                        "text",
                                        "edit_history_tweet_ids",
                                        "edit_history_post_ids",
                                        "lang",
                                        "source",
                                        "conversation_id",
                                        "attachments",
                                        "referenced_tweets"};
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    const auto name = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    fields.created_at = fields.created_at || name == "created_at";
    fields.author_id = fields.author_id || name == "author_id";
    fields.entities = fields.entities || name == "entities";
    fields.public_metrics = fields.public_metrics || name == "public_metrics";
    const bool shown = name == "created_at" || name == "author_id" || name == "entities" || name == "public_metrics";
    if (!shown && std::find(std::begin(known), std::end(known), name) == std::end(known)) return std::string{name};
  }
  return std::nullopt;
}

std::optional<http::server::response> read_parameter(const std::string& name, const std::string& value,
                                                     list_parameters& into) {
  const auto wrong = [&](std::string_view message) { return invalid_request(name, value, message); };
  if (name == "max_results") {
    std::size_t count = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (failed != std::errc{} || end != value.data() + value.size() || count < 5 || count > 100) {
      return wrong(fmt::format("The `max_results` query parameter value [{}] is not between 5 and 100", value));
    }
    into.query.max_results = count;
  } else if (name == "since_id" || name == "until_id") {
    const auto id = parse_id(value);
    if (!id) return wrong(fmt::format("The `{}` query parameter value [{}] is not valid", name, value));
    if (name == "since_id") into.query.since_id = id;
    if (name == "until_id") into.query.until_id = id;
  } else if (name == "start_time" || name == "end_time") {
    const auto time = value.ends_with('Z') ? base::parse_timestamp(value) : std::nullopt;
    if (!time)
      return wrong(fmt::format("The `{}` query parameter value [{}] is not a valid RFC3339 date-time", name, value));
    if (name == "start_time") into.query.start_time = time;
    if (name == "end_time") into.query.end_time = time;
  } else if (name == "pagination_token") {
    // Opaque to clients; here it is a letter and the id of the last shown post.
    const auto id = value.starts_with('p') ? parse_id(std::string_view{value}.substr(1)) : std::nullopt;
    if (!id) return wrong(fmt::format("The `pagination_token` query parameter value [{}] is not valid", value));
    into.query.until_id = std::min(*id, into.query.until_id.value_or(*id));
  } else if (name == "tweet.fields" || name == "post.fields") {
    if (const auto unknown = read_fields(value, into.fields)) {
      return wrong(
          fmt::format("The `{}` query parameter value [{}] is not one of [id,text,created_at,author_id,entities,…]",
                      name, *unknown));
    }
  } else if (name == "exclude") {
    if (value != "retweets" && value != "replies" && value != "retweets,replies" && value != "replies,retweets") {
      return wrong(fmt::format("The `exclude` query parameter value [{}] is not one of [replies,retweets]", value));
    }
  } else {
    return wrong(
        fmt::format("The query parameter [{}] is not one of "
                    "[id,max_results,pagination_token,exclude,since_id,until_id,start_time,end_time,tweet.fields]",
                    name));
  }
  return std::nullopt;
}

std::variant<std::pair<std::string, std::string>, http::server::response> read_metadata(
    const http::server::request& request) {
  constexpr std::size_t max_alt_bytes = 4'000;
  base::json::cursor ignored;
  const auto document = is_json(request) ? base::json::parse(request.body, ignored) : std::nullopt;
  if (!document) return invalid_request("", "", "Request body is not a JSON object");
  boost::system::error_code missing;
  const auto* id = document->find_pointer("/id", missing);
  const auto* text = document->find_pointer("/metadata/alt_text/text", missing);
  if (id == nullptr || !id->is_string()) return invalid_request("id", "", "$.id: is missing but it is required");
  if (text == nullptr || !text->is_string() || text->get_string().size() > max_alt_bytes)
    return invalid_request("metadata", "", "$.metadata.alt_text.text: must be a text of at most 1000 characters");
  return std::pair{std::string{id->get_string().c_str()}, std::string{text->get_string().c_str()}};
}

std::variant<new_post, http::server::response> read_create(const http::server::request& request) {
  if (!is_json(request)) return invalid_request("", "", "The content type must be application/json");
  base::json::cursor ignored;
  const auto document = base::json::parse(request.body, ignored);
  if (!document || !document->is_object()) return invalid_request("", "", "Request body is not a JSON object");
  for (const auto& field : document->get_object()) {
    const std::string name{field.key()};
    if (name == "text" || name == "media" || name == "reply") continue;
    if (is_known_field(name))
      return invalid_request(name, "", fmt::format("$.{}: is not supported by this sandbox", name));
    return invalid_request(
        name, "",
        fmt::format("$.{}: is not defined in the schema and the schema does not allow additional properties", name));
  }
  const auto* text = document->get_object().if_contains("text");
  if (text == nullptr || !text->is_string())
    return invalid_request("text", "", "$.text: is missing but it is required");
  auto plain = trimmed({text->get_string().data(), text->get_string().size()});
  if (!base::is_clean_utf8(plain)) return invalid_request("text", "", "$.text: is not valid text");
  if (plain.empty()) return invalid_request("text", "", "$.text: must not be empty");
  if (const auto length = weighted_length(plain); length > max_weighted_length) {
    return invalid_request("text", "", fmt::format("Your Tweet text is too long: {} of 280", length));
  }
  std::vector<std::string> media_ids;
  if (const auto* media = document->get_object().if_contains("media")) {
    boost::system::error_code missing;
    const auto* ids = media->find_pointer("/media_ids", missing);
    if (ids == nullptr || !ids->is_array() || media->get_object().size() != 1 || ids->get_array().empty() ||
        ids->get_array().size() > 4)
      return invalid_request("media", "", "$.media.media_ids: must have 1 to 4 entries");
    for (const auto& id : ids->get_array()) {
      if (!id.is_string()) return invalid_request("media", "", "$.media.media_ids[0]: must be a string");
      media_ids.emplace_back(id.get_string().c_str());
    }
  }
  post_id reply_to = 0;
  if (const auto* reply = document->get_object().if_contains("reply")) {
    boost::system::error_code missing;
    const auto* id = reply->find_pointer("/in_reply_to_tweet_id", missing);
    const auto number = id != nullptr && id->is_string() ? parse_id(id->get_string().c_str()) : std::nullopt;
    if (!number || reply->get_object().size() != 1)
      return invalid_request("reply", "", "$.reply.in_reply_to_tweet_id: must be the id of a post");
    reply_to = *number;
  }
  return new_post{std::move(plain), std::move(media_ids), reply_to};
}

}  // namespace pulse::sandbox::x
