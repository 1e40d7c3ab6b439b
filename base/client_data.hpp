// What a browser tells an authenticator to sign (WebAuthn level 2 §5.8.1), read and not judged.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::base {

inline constexpr std::size_t client_data_bytes_max = 4096;

struct client_data {
  std::string type;        // "webauthn.get"
  std::string challenge;   // base64url
  std::string origin;      // of the page
  bool is_framed = false;  // the page was framed by one of another origin, or it is not said in a form that is known
};

/// Nothing where it is longer, or no JSON object. What is missing, or no text, is empty; what else there is, is left.
std::optional<client_data> read_client_data(std::string_view json);

}  // namespace pulse::base
