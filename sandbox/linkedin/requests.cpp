#include "sandbox/linkedin/requests.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/linkedin/errors.hpp"
#include "sandbox/linkedin/text.hpp"

namespace pulse::sandbox::linkedin {

namespace {

using boost::json::object;
using refused = std::optional<response>;

constexpr std::size_t max_commentary = 3'000;  // as readers see it
constexpr std::size_t max_alt_text = 4'086;

std::variant<object, response> read_body(const http::server::request& request) {
  const auto type = request.find("content-type");
  if (!type || !type->starts_with("application/json"))
    return refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The content type must be application/json");
  base::json::cursor ignored;
  auto document = base::json::parse(request.body, ignored);
  if (!document || !document->is_object()) return refusal(400, "INVALID_REQUEST", "Unable to parse the request body");
  return std::move(document->get_object());
}

response wrong(std::string_view code, std::string_view field, std::string_view what) {
  return refusal(400, code, fmt::format("ERROR :: /{} :: {}", field, what));
}

/// Refuses the first field that is not in `known`.
refused unknown_field(const object& given, std::string_view at, std::initializer_list<std::string_view> known) {
  for (const auto& field : given) {
    if (std::find(known.begin(), known.end(), std::string_view{field.key()}) == known.end())
      return wrong("UNPERMITTED_FIELD", std::string{at} + std::string{field.key()},
                   "unrecognized field found but not allowed");
  }
  return std::nullopt;
}

/// Refuses a string field that is missing or not in `allowed`.
refused not_one_of(const object& given, std::string_view name, std::initializer_list<std::string_view> allowed) {
  const auto* value = given.if_contains(name);
  if (value == nullptr) return wrong("MISSING_FIELD", name, "field is required but not found and has no default value");
  const auto text = text_at(given, name);
  if (std::find(allowed.begin(), allowed.end(), std::string_view{text}) == allowed.end())
    return wrong("INVALID_VALUE_FOR_FIELD", name, fmt::format("\"{}\" is not an enum symbol", text));
  return std::nullopt;
}

refused read_distribution(const object& given) {
  const auto* value = given.if_contains("distribution");
  if (value == nullptr)
    return wrong("MISSING_FIELD", "distribution", "field is required but not found and has no default value");
  if (!value->is_object()) return wrong("INVALID_VALUE_FOR_FIELD", "distribution", "must be a record");
  const auto& distribution = value->get_object();
  if (auto no = unknown_field(distribution, "distribution/",
                              {"feedDistribution", "targetEntities", "thirdPartyDistributionChannels"}))
    return no;
  for (const auto* list : {"targetEntities", "thirdPartyDistributionChannels"}) {
    const auto* entries = distribution.if_contains(list);
    if (entries != nullptr && (!entries->is_array() || !entries->get_array().empty()))
      return wrong("INVALID_VALUE_FOR_FIELD", list, "must be an empty array here");
  }
  return not_one_of(distribution, "feedDistribution", {"MAIN_FEED", "NONE"});
}

/// Adds one picture or film of the content to the post.
refused read_medium(const boost::json::value& value, const std::string& place, bool may_be_film, stored_post& into) {
  if (!value.is_object()) return wrong("INVALID_VALUE_FOR_FIELD", place, "must be a record");
  const auto& one = value.get_object();
  if (auto no = unknown_field(one, place + "/", {"id", "altText", "title"})) return no;
  const auto urn = text_at(one, "id");
  const bool is_known = urn.starts_with("urn:li:image:") || (may_be_film && urn.starts_with("urn:li:video:"));
  if (!is_known) return wrong("INVALID_URN_TYPE", place + "/id", "is not an image");
  const auto alt_text = text_at(one, "altText");
  if (length(alt_text) > max_alt_text) return wrong("FIELD_LENGTH_TOO_LONG", place + "/altText", "is too long");
  into.alt_text += (into.image.empty() ? "" : "\n") + alt_text;
  into.image += (into.image.empty() ? "" : ",") + urn;
  return std::nullopt;
}

/// A picture, a film, or two to twenty pictures. The sandbox refuses LinkedIn's other kinds of content.
refused read_content(const object& given, stored_post& into) {
  const auto* value = given.if_contains("content");
  if (value == nullptr) return std::nullopt;
  if (!value->is_object() || value->get_object().size() != 1)
    return wrong("INVALID_VALUE_FOR_FIELD", "content", "this sandbox takes media or multiImage");
  if (const auto* media = value->get_object().if_contains("media"))
    return read_medium(*media, "content/media", true, into);
  const auto* several = value->get_object().if_contains("multiImage");
  const auto* images =
      several != nullptr && several->is_object() ? several->get_object().if_contains("images") : nullptr;
  if (images == nullptr || !images->is_array())
    return wrong("INVALID_VALUE_FOR_FIELD", "content", "this sandbox takes media or multiImage");
  if (images->get_array().size() < 2 || images->get_array().size() > 20)
    return wrong("INVALID_VALUE_FOR_FIELD", "content/multiImage/images", "must have 2 to 20 entries");
  for (const auto& each : images->get_array()) {
    if (auto no = read_medium(each, "content/multiImage/images", false, into)) return no;
  }
  return std::nullopt;
}

refused read_commentary(const object& given, stored_post& into) {
  const auto* value = given.if_contains("commentary");
  if (value == nullptr || !value->is_string())
    return wrong("MISSING_FIELD", "commentary", "field is required but not found and has no default value");
  into.commentary = text_at(given, "commentary");
  if (!base::is_clean_utf8(into.commentary)) return wrong("INVALID_VALUE_FOR_FIELD", "commentary", "is not text");
  auto shown = shown_text(into.commentary);
  if (!shown) return wrong("INVALID_VALUE_FOR_FIELD", "commentary", "has a reserved character that is not escaped");
  into.text = std::move(*shown);
  const bool is_blank = into.text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_blank && into.image.empty()) return wrong("INVALID_VALUE_BLANK_FIELD", "commentary", "must not be blank");
  if (const auto count = length(into.text); count > max_commentary) {
    return wrong("FIELD_LENGTH_TOO_LONG", "commentary",
                 fmt::format("has {} characters; at most {} are allowed", count, max_commentary));
  }
  return std::nullopt;
}

refused read_author(const object& given, stored_post& into) {
  into.author = text_at(given, "author");
  if (into.author.empty())
    return wrong("MISSING_FIELD", "author", "field is required but not found and has no default value");
  if (!into.author.starts_with("urn:li:person:") && !into.author.starts_with("urn:li:organization:"))
    return wrong("INVALID_URN_TYPE", "author", "is neither a member nor an organization");
  return std::nullopt;
}

}  // namespace

std::variant<stored_post, response> read_post(const http::server::request& request) {
  auto body = read_body(request);
  if (auto* no = std::get_if<response>(&body)) return std::move(*no);
  const auto& given = std::get<object>(body);
  if (auto no = unknown_field(given, "",
                              {"author", "commentary", "visibility", "distribution", "lifecycleState",
                               "isReshareDisabledByAuthor", "content"}))
    return std::move(*no);
  stored_post post;
  if (auto no = read_author(given, post)) return std::move(*no);
  if (auto no = not_one_of(given, "visibility", {"PUBLIC", "CONNECTIONS", "LOGGED_IN"})) return std::move(*no);
  if (auto no = read_distribution(given)) return std::move(*no);
  if (auto no = not_one_of(given, "lifecycleState", {"PUBLISHED"})) return std::move(*no);
  if (const auto* value = given.if_contains("isReshareDisabledByAuthor"); value != nullptr && !value->is_bool())
    return wrong("INVALID_VALUE_FOR_FIELD", "isReshareDisabledByAuthor", "must be a boolean");
  if (auto no = read_content(given, post)) return std::move(*no);
  if (auto no = read_commentary(given, post)) return std::move(*no);
  return post;
}

std::variant<stored_post, response> read_edit(const http::server::request& request) {
  auto body = read_body(request);
  if (auto* no = std::get_if<response>(&body)) return std::move(*no);
  const auto& given = std::get<object>(body);
  if (auto no = unknown_field(given, "", {"patch"})) return std::move(*no);
  boost::system::error_code missing;
  const boost::json::value document(given);
  const auto* set = document.find_pointer("/patch/$set", missing);
  if (set == nullptr || !set->is_object())
    return wrong("MISSING_FIELD", "patch/$set", "field is required but not found and has no default value");
  if (auto no = unknown_field(set->get_object(), "", {"commentary"})) return std::move(*no);
  stored_post post;
  if (auto no = read_commentary(set->get_object(), post)) return std::move(*no);
  return post;
}

std::variant<std::string, response> read_image_owner(const http::server::request& request) {
  auto body = read_body(request);
  if (auto* no = std::get_if<response>(&body)) return std::move(*no);
  const auto& given = std::get<object>(body);
  if (auto no = unknown_field(given, "", {"initializeUploadRequest"})) return std::move(*no);
  const auto* value = given.if_contains("initializeUploadRequest");
  auto owner = value != nullptr && value->is_object() ? text_at(value->get_object(), "owner") : std::string{};
  if (owner.empty()) {
    return wrong("MISSING_FIELD", "initializeUploadRequest/owner",
                 "field is required but not found and has no default value");
  }
  return owner;
}

}  // namespace pulse::sandbox::linkedin
