#include "sandbox/instagram/errors.hpp"

#include <algorithm>
#include <iterator>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"

namespace pulse::sandbox::instagram {

namespace {

constexpr std::size_t trace_bytes = 17;

struct table_row {
  int subcode;
  int code;
  bool is_transient;
  const char* message;
};

constexpr table_row publishing_errors[] = {
    {2207001, -1, true, "Instagram server error. Try again."},
    {2207003, -2, true, "It takes too long to download the media."},
    {2207004, 36000, false, "The image is too large to download. It should be less than 8 MiB."},
    {2207005, 36001, false, "The image format is not supported. Supported formats are: JPEG."},
    {2207006, 24, false, "The media with this ID cannot be found."},
    {2207008, 24, false, "The media builder with this creation ID does not exist or has been expired."},
    {2207009, 36003, false, "The submitted image's aspect ratio is not supported."},
    {2207010, 36004, false, "The submitted caption is too long: it may have at most 2,200 characters."},
    {2207020, -2, false, "The media you are trying to access has expired. Please try to upload again."},
    {2207023, 100, false, "The media type is unknown."},
    {2207026, 352, false, "The video format is not supported."},
    {2207027, 9007, false, "The media is not ready for publishing, please wait for a moment."},
    {2207040, 100, false, "There are too many hashtags or mentions in the caption."},
    {2207042, 9, false,
     "You reached maximum number of posts that is allowed to be published by Content Publishing API."},
    {2207050, 25, false, "The Instagram account is restricted."},
    {2207051, 4, false,
     "We restrict certain activity to protect our community. Tell us if you think we made a mistake."},
    {2207052, 9004, false, "The media could not be fetched from this URI."},
    {2207053, -1, false, "Unknown upload error."},
};

/// The error for the status of a fault; the Graph API has no own error for most of them.
graph_error error_of_status(int status) {
  switch (status) {
    case 400: return {100, 0, "(#100) Invalid parameter"};
    case 401: return {190, 463, "Error validating access token: The session has expired."};
    case 403: return {10, 0, "(#10) Application does not have permission for this action"};
    case 404: return {803, 0, "(#803) Some of the aliases you requested do not exist"};
    case 429: return {4, 0, "(#4) Application request limit reached", "", true};
    case 500: return {1, 0, "An unknown error has occurred.", "", true};
    default: break;
  }
  if (status > 500) return {2, 0, "Service temporarily unavailable", "", true};
  return {100, 0, "(#100) Invalid parameter"};
}

}  // namespace

response to_response(const graph_error& error) {
  boost::json::object body{{"message", error.message}, {"type", error.type}, {"code", error.code}};
  if (error.subcode != 0) body["error_subcode"] = error.subcode;
  body["is_transient"] = error.is_transient;
  if (!error.user_message.empty()) {
    body["error_user_title"] = "The post cannot be published";
    body["error_user_msg"] = error.user_message;
  }
  body["fbtrace_id"] = "A" + base::random_token(trace_bytes);
  auto reply = response::json(error.status, boost::json::serialize(boost::json::object{{"error", std::move(body)}}));
  if (error.code == 190) {
    reply.headers.push_back(
        {"www-authenticate", R"(OAuth "Facebook Platform" "invalid_token" ")" + error.message + '"'});
  }
  return reply;
}

response no_token() { return to_response({104, 0, "An access token is required to request this resource."}); }

response bad_token() { return to_response({190, 0, "Invalid OAuth access token - Cannot parse access token"}); }

response no_such_object(std::string_view method, std::string_view id) {
  std::string verb{method};
  std::transform(verb.begin(), verb.end(), verb.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return to_response({.code = 100,
                      .subcode = 33,
                      .message = fmt::format("Unsupported {} request. Object with ID '{}' does not exist, cannot be "
                                             "loaded due to missing permissions, or does not support this operation.",
                                             verb, id),
                      .type = "GraphMethodException"});
}

response invalid_parameter(std::string_view message) { return to_response({100, 0, "(#100) " + std::string{message}}); }

response unknown_path(std::string_view path) {
  return to_response({2500, 0, "Unknown path components: " + std::string{path}});
}

response old_version(std::string_view version) {
  return to_response(
      {2635, 0,
       fmt::format(
           "(#2635) You are calling a deprecated version of the API ({}). Please update to the latest version: v26.0.",
           version)});
}

response publishing_error(int subcode) {
  const auto* row = std::find_if(std::begin(publishing_errors), std::end(publishing_errors),
                                 [subcode](const table_row& one) { return one.subcode == subcode; });
  if (row == std::end(publishing_errors)) return to_response({-1, subcode, "Fatal"});
  const std::string short_words = row->subcode == 2207027 ? "Media ID is not available" : "Publishing failed";
  return to_response({row->code, row->subcode, short_words, row->message, row->is_transient});
}

response too_many_calls_of_account() {
  return to_response(
      {80002, 0, "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again."});
}

response too_many_calls_of_app() { return failure(429); }

response failure(int status) {
  auto error = error_of_status(status);
  error.status = status;
  return to_response(error);
}

}  // namespace pulse::sandbox::instagram
