// What people sign in with: e-mail addresses in one spelling, and the rule for passwords.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/text.hpp"

namespace pulse::domain {

/// An e-mail address as we store and compare it: lower case, 3 to 254 bytes of printable ASCII, one '@' with something on
/// both sides. Whether it receives mail is not ours to guess (RFC 5321 §4.5.3.1.3 for the length).
struct email_address {
  std::string value;

  friend auto operator<=>(const email_address&, const email_address&) = default;
};

/// Nothing when `text` is not an address. Surrounding spaces are not forgiven.
std::optional<email_address> parse_email(std::string_view text);

/// A password that someone chooses: 8 to 128 characters (NIST SP 800-63B §5.1.1.2: length, not composition).
using new_password = base::text<8, 128>;

/// Why the password will not do for this person, as the end of a sentence about it; nothing when it will.
std::optional<std::string> password_problem(std::string_view password, const email_address& email);

}  // namespace pulse::domain

template <>
struct pulse::base::json::string_form<pulse::domain::email_address> {
  static constexpr std::string_view expected = "an e-mail address";
  static constexpr std::string_view format = "email";
  static std::optional<domain::email_address> parse(std::string_view text) { return domain::parse_email(text); }
  static std::string write(const domain::email_address& value) { return value.value; }
};
