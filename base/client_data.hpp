// Parses the client data that an authenticator signs (WebAuthn level 2 §5.8.1), without judging it.
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

/// Nothing when it is too long or no JSON object. Members that are missing or no text are empty; others are ignored.
std::optional<client_data> read_client_data(std::string_view json);

}  // namespace pulse::base
