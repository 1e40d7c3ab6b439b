// The Graph API's errors in their wire format.
#pragma once

#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::sandbox::instagram {

using http::server::response;

/// The parts of an error.
struct graph_error {
  int code = 0;
  int subcode = 0;  // 0: none
  std::string message;
  std::string user_message{};  // for people; empty: none
  bool is_transient = false;
  int status = 400;
  std::string type = "OAuthException";
};

/// The JSON envelope, with its own `fbtrace_id`.
response to_response(const graph_error& error);

response no_token();
response bad_token();
/// For missing and invisible objects alike: the Graph API does not distinguish them.
response no_such_object(std::string_view method, std::string_view id);
response invalid_parameter(std::string_view message);
response unknown_path(std::string_view path);
response old_version(std::string_view version);
/// One of the publishing errors, by its subcode.
response publishing_error(int subcode);
response too_many_calls_of_account();
response too_many_calls_of_app();
/// Any status, for faults.
response failure(int status);

}  // namespace pulse::sandbox::instagram
