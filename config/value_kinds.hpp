// The kinds of values that settings have: each reads text into a member of `settings` and says what it allows.
#pragma once

#include <charconv>
#include <chrono>
#include <string>

#include "base/describe.hpp"
#include "config/declaration.hpp"
#include "config/value_text.hpp"

namespace pulse::config {

/// A whole number from `min` to `max`.
template <std::integral T>
value_kind whole_number(T settings::*member, T min, T max) {
  return {"a whole number from " + std::to_string(min) + " to " + std::to_string(max),
          [member, min, max](std::string_view text, settings& into) {
            const auto value = read_whole(text);
            if (!value || *value < min || *value > max) return false;
            into.*member = static_cast<T>(*value);
            return true;
          }};
}

/// A decimal number from `min` to `max`, such as 0.2.
value_kind decimal(double settings::*member, double min, double max);

/// One to 200 visible ASCII characters.
value_kind word(std::string settings::*member);

/// The same; empty means none.
value_kind optional_word(std::string settings::*member);

/// "text or json", "debug, info, warning or error"
template <base::described_enum E>
std::string names_of_enum() {
  std::string names;
  std::size_t left = boost::mp11::mp_size<boost::describe::describe_enumerators<E>>::value;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
    names += base::plain_name(entry.name);
    --left;
    if (left > 0) names += left == 1 ? " or " : ", ";
  });
  return names;
}

/// A name of a described enum, in either case.
template <base::described_enum E>
value_kind one_of(E settings::*member) {
  return {names_of_enum<E>(), [member](std::string_view text, settings& into) {
            std::string lower{text};
            for (char& c : lower) {
              if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
            }
            const auto value = base::from_name<E>(lower);
            if (!value) return false;
            into.*member = *value;
            return true;
          }};
}

/// An IPv4 or IPv6 address, `localhost`, which becomes 127.0.0.1, or `unix:` and the absolute path of a socket.
value_kind listen_address(std::string settings::*member);

/// The meaning of 0 threads.
enum class share_of_cores { whole, half };

/// The number of threads: 1 to `max`, or 0 for one a core, or for half the cores and one at least.
value_kind threads(int settings::*member, int max, share_of_cores share = share_of_cores::whole);

/// http:// or https:// with a host, perhaps a port and a path; no user, query or fragment. A slash at the end is cut.
value_kind web_address(std::string settings::*member);

/// The same, or nothing.
value_kind optional_web_address(std::string settings::*member);

/// smtp:// or smtps:// with a host, perhaps a user, password and port; or nothing.
value_kind smtp_address(base::secret settings::*member);

/// An e-mail address, or a name with one between < and >.
value_kind mail_sender(std::string settings::*member);

/// What a setting of a platform may be; it goes into `settings::platforms`.
value_kind of_platform(const domain::platform_setting& setting);

/// Origins (scheme, host, perhaps a port) between commas, or `*` alone, or nothing.
value_kind origins(std::vector<std::string> settings::*member);

/// IP addresses and networks between commas, or nothing.
value_kind networks(std::vector<std::string> settings::*member);

/// 127.0.0.1:9100 or [::1]:9100, or nothing.
value_kind address_and_port(std::string settings::*member);

value_kind directory(std::filesystem::path settings::*member);

/// The path of a file, or nothing.
value_kind file_path(std::string settings::*member);

/// A PostgreSQL URI. What SQLAlchemy writes (`postgres://`, `postgresql+asyncpg://`, `?ssl=require`) becomes libpq's
/// form.
value_kind database_address(base::secret settings::*member);

/// redis://[user:password@]host[:port][/database] or unix:///path[?db=database]; or nothing.
value_kind redis_address(base::secret settings::*member);

/// A plan of failpoints (base/failpoint), or nothing.
value_kind failpoints(std::vector<base::failpoint_rule> settings::*member);

/// Any printable text; how good a key it must be depends on APP_ENV and is checked by `production_problems`.
value_kind key(base::secret settings::*member);

/// The same, or nothing.
value_kind optional_key(base::secret settings::*member);
/// At most so many, because a secret box holds 16 keys.
inline constexpr std::size_t most_previous_keys = 15;
/// Keys, comma-separated; or nothing.
value_kind keys(std::vector<base::secret> settings::*member);

}  // namespace pulse::config
