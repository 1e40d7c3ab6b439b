// What the texts of settings may be: addresses, origins, networks, numbers. Pure functions; value_kinds.hpp makes
// settings of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pulse::config {

/// No value of a setting is longer, in bytes.
inline constexpr std::size_t max_value_size = 4096;

/// A whole number without sign or blanks; nothing for anything else, also when it does not fit.
std::optional<std::int64_t> read_whole(std::string_view text);

/// Visible ASCII, no longer than a value may be: what a URL may consist of.
bool is_visible(std::string_view text);

/// One line of printable characters.
bool is_line(std::string_view text);

/// Takes `prefix` off `text`; false when it does not begin with it.
bool cut_prefix(std::string_view& text, std::string_view prefix);

/// Without the blanks around it.
std::string_view trimmed(std::string_view text);

/// 1 to 65535.
bool is_port(std::string_view text);

/// An IPv4 or IPv6 address, without brackets.
bool is_ip(const std::string& text);

bool is_host_name(std::string_view text);

/// host, host:port, [IPv6] or [IPv6]:port
bool is_host_and_port(std::string_view text);

/// Origins between commas, scheme and host in lower case, as browsers send them; or `*` alone. Nothing when one is
/// none.
std::optional<std::vector<std::string>> read_origins(std::string_view text);

/// IP addresses and networks between commas. Nothing if one is malformed.
std::optional<std::vector<std::string>> read_networks(std::string_view text);

/// A PostgreSQL address in libpq's form; nothing if it is malformed.
std::optional<std::string> read_database_address(std::string_view text);

bool is_redis_address(std::string_view text);

/// http:// or https:// with a host, perhaps a port and a path; no user, query or fragment.
bool is_web_address(std::string_view text);

std::string_view without_slashes(std::string_view address);

/// A version of Meta's Graph API, such as v26.0.
bool is_graph_version(std::string_view text);

/// A month such as 202611, from 2023 to 2099.
bool is_year_month(std::string_view text);

/// `url` with `***` in the place of its password, also one given as a parameter.
std::string without_password(std::string_view url);

/// The password in the authority of `url`, as it is written there; empty when it has none.
std::string_view password_of(std::string_view url);

}  // namespace pulse::config
