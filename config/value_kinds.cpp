#include "config/value_kinds.hpp"

#include <fmt/core.h>
#include <sys/un.h>

#include <algorithm>
#include <thread>

#include "base/ip_address.hpp"

namespace pulse::config {

namespace {

constexpr std::size_t max_socket_path = sizeof(sockaddr_un::sun_path) - 1;

std::string_view allowed_by(domain::setting_kind kind) {
  switch (kind) {
    case domain::setting_kind::web_address: return "a web address such as https://pulse.example.org, without a query";
    case domain::setting_kind::secret: return "one line";
    case domain::setting_kind::text: return "one line";
    case domain::setting_kind::scopes: return "words between spaces or commas";
    case domain::setting_kind::year_month: return "a whole number from 202301 to 209912";
    case domain::setting_kind::graph_version: return "a version such as v26.0";
    case domain::setting_kind::yes_or_no: return "yes or no";
  }
  return "";
}

bool is_allowed(domain::setting_kind kind, std::string_view text) {
  switch (kind) {
    case domain::setting_kind::web_address: return text.empty() || is_web_address(text);
    case domain::setting_kind::secret:
    case domain::setting_kind::text: return is_line(text);
    case domain::setting_kind::scopes: return text.empty() || is_line(text);
    case domain::setting_kind::year_month: return is_year_month(text);
    case domain::setting_kind::graph_version: return is_graph_version(text);
    case domain::setting_kind::yes_or_no: return text == "yes" || text == "no";
  }
  return false;
}

}  // namespace

value_kind listen_address(std::string settings::*member) {
  return {"an IP address of this machine (0.0.0.0 for all of them), localhost, or unix:/path/of/a/socket",
          [member](std::string_view text, settings& into) {
            constexpr std::string_view unix_prefix = "unix:/";
            if (text.starts_with(unix_prefix)) {
              if (text.size() - unix_prefix.size() + 1 > max_socket_path || text.find('\0') != text.npos) return false;
              into.*member = text;
              return true;
            }
            std::string address{text == "localhost" ? "127.0.0.1" : text};
            if (address.find('\0') != address.npos || !is_ip(address)) return false;
            into.*member = std::move(address);
            return true;
          }};
}

value_kind threads(int settings::*member, int max, share_of_cores share) {
  const bool is_half = share == share_of_cores::half;
  return {fmt::format("a whole number from 1 to {}, or 0 for {}", max, is_half ? "half the cores" : "one a core"),
          [member, max, is_half](std::string_view text, settings& into) {
            const auto value = read_whole(text);
            if (!value || *value > max) return false;
            const int cores = static_cast<int>(std::thread::hardware_concurrency());
            into.*member = *value == 0 ? std::clamp(is_half ? cores / 2 : cores, 1, max) : static_cast<int>(*value);
            return true;
          }};
}

value_kind web_address(std::string settings::*member) {
  return {"a web address such as https://pulse.example.org, without a query",
          [member](std::string_view text, settings& into) {
            if (!is_web_address(text)) return false;
            into.*member = without_slashes(text);
            return true;
          }};
}

value_kind optional_web_address(std::string settings::*member) {
  return {"a web address such as http://127.0.0.1:9000, without a query; or nothing",
          [member](std::string_view text, settings& into) {
            if (!text.empty() && !is_web_address(text)) return false;
            into.*member = without_slashes(text);
            return true;
          }};
}

value_kind of_platform(const domain::platform_setting& setting) {
  return {std::string{allowed_by(setting.kind)},
          [name = setting.name, kind = setting.kind](std::string_view text, settings& into) {
            if (!is_allowed(kind, text)) return false;
            const bool is_address = kind == domain::setting_kind::web_address;
            into.platforms.set(name, std::string{is_address ? without_slashes(text) : text});
            return true;
          }};
}

value_kind decimal(double settings::*member, double min, double max) {
  const auto shown = [](double value) {
    char digits[40];
    return std::string(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  };
  return {fmt::format("a number from {} to {}", shown(min), shown(max)),
          [member, min, max](std::string_view text, settings& into) {
            double value = 0;
            const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (wrong != std::errc{} || end != text.data() + text.size() || !(value >= min && value <= max))
              return false;
            into.*member = value;
            return true;
          }};
}

value_kind word(std::string settings::*member) {
  return {"one to 200 visible characters", [member](std::string_view text, settings& into) {
            if (text.empty() || text.size() > 200 || !is_visible(text)) return false;
            into.*member = text;
            return true;
          }};
}

value_kind optional_word(std::string settings::*member) {
  return {"up to 200 visible characters; or nothing", [member](std::string_view text, settings& into) {
            if (text.size() > 200 || !is_visible(text)) return false;
            into.*member = text;
            return true;
          }};
}

value_kind smtp_address(base::secret settings::*member) {
  return {
      "a mail server's address such as smtp://user:password@mail.example.org:587, or smtps:// in its place, with the "
      "special characters of the password percent-encoded, or nothing",
      [member](std::string_view text, settings& into) {
        auto rest = text;
        const bool is_smtp = cut_prefix(rest, "smtp://") || cut_prefix(rest, "smtps://");
        if (const auto at = rest.rfind('@'); at != rest.npos) rest.remove_prefix(at + 1);
        if (!text.empty() && (!is_smtp || !is_visible(text) || !is_host_and_port(rest))) return false;
        into.*member = base::secret{std::string{text}};
        return true;
      }};
}

value_kind mail_sender(std::string settings::*member) {
  return {"a sender such as Pulse <pulse@example.org>", [member](std::string_view text, settings& into) {
            const auto open = text.find('<');
            auto address = text;
            if (open != text.npos) {
              if (!text.ends_with('>')) return false;
              address = text.substr(open + 1, text.size() - open - 2);
            }
            const auto at = address.find('@');
            const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
            if (!is_plain || text.size() > 200 || !is_visible(address) || at == address.npos || at == 0) return false;
            if (!is_host_name(address.substr(at + 1)) || address.find_first_of("<>,;\"") != address.npos) return false;
            into.*member = text;
            return true;
          }};
}

value_kind origins(std::vector<std::string> settings::*member) {
  return {"origins such as https://app.example.org between commas, or * for any",
          [member](std::string_view text, settings& into) {
            auto list = read_origins(text);
            if (!list) return false;
            into.*member = std::move(*list);
            return true;
          }};
}

value_kind networks(std::vector<std::string> settings::*member) {
  return {"IP addresses and networks such as 10.0.0.0/8 between commas, without bits beyond the prefix",
          [member](std::string_view text, settings& into) {
            auto list = read_networks(text);
            if (!list) return false;
            into.*member = std::move(*list);
            return true;
          }};
}

value_kind address_and_port(std::string settings::*member) {
  return {"an IP address of this machine and a port, such as 127.0.0.1:9100 or [::1]:9100",
          [member](std::string_view text, settings& into) {
            const auto colon = text.rfind(':');
            if (!text.empty()) {
              if (colon == text.npos || !is_port(text.substr(colon + 1))) return false;
              auto address = text.substr(0, colon);
              if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
              if (!base::ip_address::parse(address)) return false;
            }
            into.*member = text;
            return true;
          }};
}

value_kind directory(std::filesystem::path settings::*member) {
  return {"the path of a directory", [member](std::string_view text, settings& into) {
            if (text.empty() || text.size() > max_value_size) return false;
            into.*member = std::filesystem::path{text};
            return true;
          }};
}

value_kind file_path(std::string settings::*member) {
  return {"the path of a file, or nothing", [member](std::string_view text, settings& into) {
            if (text.size() > max_value_size || text.find('\0') != text.npos) return false;
            into.*member = text;
            return true;
          }};
}

value_kind failpoints(std::vector<base::failpoint_rule> settings::*member) {
  return {
      "PLACE=kill, =stop or =delay:MILLISECONDS, each perhaps with @PROBABILITY and *TIMES, between commas; the places "
      "are "
      "before_intent, after_intent, connected, mid_body, sent, received, commit_sent, after_commit, before_run and "
      "after_run",
      [member](std::string_view text, settings& into) {
        auto plan = base::read_failpoints(text);
        if (!plan) return false;
        into.*member = std::move(*plan);
        return true;
      }};
}

value_kind database_address(base::secret settings::*member) {
  return {
      "a PostgreSQL address such as postgresql://user:password@host:5432/pulse, with the special characters of the "
      "password percent-encoded",
      [member](std::string_view text, settings& into) {
        auto address = read_database_address(text);
        if (!address) return false;
        into.*member = base::secret{std::move(*address)};
        return true;
      }};
}

value_kind redis_address(base::secret settings::*member) {
  return {"a Redis address such as redis://host:6379/0 or unix:///run/redis/redis.sock (rediss:// is not spoken)",
          [member](std::string_view text, settings& into) {
            if (!text.empty() && !is_redis_address(text)) return false;
            into.*member = base::secret{std::string{text}};
            return true;
          }};
}

value_kind key(base::secret settings::*member) {
  return {fmt::format("printable ASCII without blanks, at most {} characters", max_value_size),
          [member](std::string_view text, settings& into) {
            if (text.empty() || !is_visible(text)) return false;
            into.*member = base::secret{std::string{text}};
            return true;
          }};
}

value_kind optional_key(base::secret settings::*member) {
  return {fmt::format("printable ASCII without blanks, at most {} characters; or nothing", max_value_size),
          [member](std::string_view text, settings& into) {
            if (!is_visible(text)) return false;
            into.*member = base::secret{std::string{text}};
            return true;
          }};
}

value_kind keys(std::vector<base::secret> settings::*member) {
  return {fmt::format("up to {} keys of printable ASCII without blanks, separated by commas; or nothing",
                      most_previous_keys),
          [member](std::string_view text, settings& into) {
            std::vector<base::secret> read;
            while (!text.empty()) {
              const auto comma = std::min(text.find(','), text.size());
              const auto each = trimmed(text.substr(0, comma));
              if (each.empty() || !is_visible(each) || read.size() == most_previous_keys) return false;
              read.emplace_back(std::string{each});
              text.remove_prefix(std::min(comma + 1, text.size()));
            }
            into.*member = std::move(read);
            return true;
          }};
}

}  // namespace pulse::config
