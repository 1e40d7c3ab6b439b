// E-mail addresses, in one spelling.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace pulse::domain {

/// An e-mail address as we store and compare it: lower case, at most 254 bytes (RFC 5321 §4.5.3.1.3), a dot-atom of at
/// most 64 (RFC 5322 §3.2.3) without the percent and bang of old routes, and a domain of at least two labels of
/// letters, digits and hyphens (RFC 1035 §2.3.1; international ones in their ASCII form). Quoted local parts and IP
/// literals are refused.
struct email_address {
  std::string value;

  friend auto operator<=>(const email_address&, const email_address&) = default;
};

/// Nothing when `text` is not an address. Surrounding spaces are not forgiven.
std::optional<email_address> parse_email(std::string_view text);

}  // namespace pulse::domain

template <>
struct pulse::base::json::string_form<pulse::domain::email_address> {
  static constexpr std::string_view expected = "an e-mail address";
  static constexpr std::string_view format = "email";
  static std::optional<domain::email_address> parse(std::string_view text) { return domain::parse_email(text); }
  static std::string write(const domain::email_address& value) { return value.value; }
};
