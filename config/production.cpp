#include "config/production.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "config/value_kinds.hpp"

namespace pulse::config {

namespace {

constexpr std::size_t min_key_bytes = 32;
constexpr std::size_t min_different_characters = 10;
constexpr std::string_view make_one = "make one with `openssl rand -base64 48`";

/// Pieces of the values that examples and tutorials leave behind. Long enough never to occur in a random key.
constexpr std::string_view example_words[] = {
    "changeme",   "change-me",   "change_me",   "change-this", "change_this",   "changethis",
    "example",    "default",     "placeholder", "insecure",    "replace-me",    "replace_me",
    "replaceme",  "your-secret", "your_secret", "yoursecret",  "your-key",      "your_key",
    "secret-key", "secret_key",  "secretkey",   "supersecret", "super-secret",  "super_secret",
    "dev-secret", "dev_secret",  "password",    "development", "generate-with", "please-"};

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_base64(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/' ||
         c == '-' || c == '_';
}

std::string lower(std::string_view text) {
  std::string made{text};
  std::transform(made.begin(), made.end(), made.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return made;
}

/// http to the machine itself crosses no network: that is how the sandbox is reached.
bool is_http_to_elsewhere(std::string_view url) {
  if (!url.starts_with("http://")) return false;
  auto host = url.substr(7);
  host = host.substr(0, host.find('/'));
  for (const std::string_view own : {"localhost", "127.0.0.1", "[::1]"}) {
    if (host == own || (host.starts_with(own) && host[own.size()] == ':')) return false;
  }
  return true;
}

void check_keys(const settings& all, std::vector<setting_problem>& problems) {
  const auto& signing = all.jwt_secret_key.reveal();
  const auto& encryption = all.token_encryption_key.reveal();
  const auto check = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (auto weakness = weakness_of_key(value)) problems.push_back({name, std::move(*weakness)});
  };
  check("JWT_SECRET_KEY", signing);
  check("TOKEN_ENCRYPTION_KEY", encryption);
  if (!signing.empty() && signing == encryption) {
    problems.push_back(
        {"TOKEN_ENCRYPTION_KEY", "is the same as JWT_SECRET_KEY; one key for two purposes falls with either of them: " +
                                     std::string{make_one}});
  }
  for (const auto* address : {&all.database_url, &all.redis_url}) {
    const auto password = password_of(address->reveal());
    if (password.empty() || (password != signing && password != encryption)) continue;
    problems.push_back({address == &all.database_url ? "DATABASE_URL" : "REDIS_URL",
                        "has one of the keys as its password; a key must have one purpose: change the password"});
  }
}

}  // namespace

std::size_t key_size(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (std::all_of(text.begin(), text.end(), is_hexadecimal)) return text.size() / 2;
  if (std::all_of(text.begin(), text.end(), is_base64)) return text.size() * 3 / 4;
  return text.size();
}

std::optional<std::string> weakness_of_key(std::string_view text) {
  const auto plain = lower(text);
  for (const auto word : example_words) {
    if (plain.find(word) == plain.npos) continue;
    return "is an example's value, known to everybody: " + std::string{make_one};
  }
  if (const auto size = key_size(text); size < min_key_bytes) {
    return "holds at most " + std::to_string(size) + " bytes of key and must hold " + std::to_string(min_key_bytes) +
           ": " + std::string{make_one};
  }
  if (std::set<char>(text.begin(), text.end()).size() < min_different_characters) {
    return "is too regular to be random: " + std::string{make_one};
  }
  return std::nullopt;
}

std::vector<setting_problem> production_problems(const settings& all) {
  std::vector<setting_problem> problems;
  check_keys(all, problems);
  if (std::find(all.cors_origins.begin(), all.cors_origins.end(), "*") != all.cors_origins.end()) {
    problems.push_back(
        {"CORS_ORIGINS", "must not be * in production, where any page could call the API: name the origins"});
  }
  if (all.public_app_url.starts_with("http://")) {
    problems.push_back(
        {"PUBLIC_APP_URL",
         "must be https in production, because people sign in there: give the https address of your proxy"});
  }
  // Its default is PUBLIC_APP_URL, which is then the one to mend.
  if (all.api_base_url.starts_with("http://") && all.api_base_url != all.public_app_url) {
    problems.push_back(
        {"API_BASE_URL",
         "must be https in production, because tokens travel there: give the https address of your proxy"});
  }
  const std::pair<std::string_view, const std::string&> platforms[] = {
      {"X_API_BASE_URL", all.x_api_base_url},
      {"LINKEDIN_API_BASE_URL", all.linkedin_api_base_url},
      {"INSTAGRAM_API_BASE_URL", all.instagram_api_base_url},
  };
  for (const auto& [name, url] : platforms) {
    if (!is_http_to_elsewhere(url)) continue;
    problems.push_back({name, "must be https in production, because accounts' tokens travel there"});
  }
  if (all.egress_allow_loopback == yes_or_no::yes) {
    problems.push_back({"EGRESS_ALLOW_LOOPBACK",
                        "must be no in production, where users' addresses must not reach what runs on this machine"});
  }
  if (!all.failpoints.empty()) {
    problems.push_back({"PULSE_FAILPOINTS",
                        "must not be set in production, where nobody wants the process to die or stop: remove it"});
  }
  return problems;
}

}  // namespace pulse::config
