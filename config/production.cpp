#include "config/production.hpp"

#include <fmt/core.h>
#include <zxcvbn.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "base/secure.hpp"
#include "config/value_text.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::config {

namespace {

constexpr std::size_t min_key_bytes = 32;
/// What zxcvbn sees in random keys is 185 bits at least; in what people make up, 156 at most of what was tried.
constexpr double min_key_bits = 160;
/// zxcvbn's time grows with the square of the length; what is random is so in its beginning.
constexpr std::size_t judged_characters = 128;
constexpr std::size_t piece_size = 3;
/// Random keys repeat next to no pieces of three characters; 43 characters of base64 none in 150 keys out of 151.
constexpr double min_new_pieces = 0.75;
constexpr std::size_t max_common_run = 11;
constexpr double max_same_places = 0.5;
constexpr std::size_t max_judged_characters = 512;
constexpr std::size_t min_metrics_token_bytes = 16;
constexpr std::string_view make_one = "make one with `openssl rand -base64 48`";

/// Pieces of the values that examples and tutorials leave behind. Long enough never to occur in a random key.
constexpr std::string_view example_words[] = {
    "changeme",
    "change-me",
    "change_me",
    "change-this",
    "change_this",
    "changethis",
    "example",
    "default",
    "placeholder",
    "insecure",
    "replace-me",
    "replace_me",
    "replaceme",
    "your-secret",
    "your_secret",
    "yoursecret",
    "your-key",
    "your_key",
    "secret-key",
    "secret_key",
    "secretkey",
    "supersecret",
    "super-secret",
    "super_secret",
    "dev-secret",
    "dev_secret",
    "password",
    "development",
    "generate-with",
    "please-",
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"};  // of FastAPI's documentation

/// Words whose digests people take for keys.
constexpr std::string_view digested_words[] = {"",       "password", "secret", "admin", "test",   "pulse",   "changeme",
                                               "123456", "key",      "jwt",    "token", "qwerty", "letmein", "hello"};

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

/// The bytes that a text of hexadecimal digits or base64 stands for; empty when it is neither.
std::string decoded(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), is_hexadecimal)) {
    std::string made;
    const auto value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    for (std::size_t i = 0; i < text.size(); i += 2)
      made += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
    return made;
  }
  std::string url_safe{text};
  std::replace(url_safe.begin(), url_safe.end(), '+', '-');
  std::replace(url_safe.begin(), url_safe.end(), '/', '_');
  return base::from_base64url(url_safe).value_or("");
}

/// Whether one can be told from the byte before it by adding always the same: 00 01 02 …, and backwards. Random bytes
/// agree so with one in 256 of their neighbours.
bool has_constant_steps(std::string_view bytes) {
  if (bytes.size() < min_metrics_token_bytes) return false;
  std::map<int, std::size_t> steps;
  for (std::size_t i = 1; i < bytes.size(); ++i) ++steps[(bytes[i] - bytes[i - 1]) & 0xff];
  return std::any_of(steps.begin(), steps.end(), [&](const auto& each) { return each.second * 2 > bytes.size() - 1; });
}

bool is_text(std::string_view bytes) {
  const auto printable =
      std::count_if(bytes.begin(), bytes.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
  return !bytes.empty() && static_cast<std::size_t>(printable) == bytes.size();
}

bool is_digest_of_a_word(std::string_view bytes) {
  return std::any_of(std::begin(digested_words), std::end(digested_words), [&](std::string_view word) {
    const auto digest = base::sha256(word);
    return bytes == std::string_view{reinterpret_cast<const char*>(digest.data()), digest.size()};
  });
}

/// Variants that people make of one key when a second one is needed.
std::vector<std::string> made_from(std::string_view key) {
  const auto digest = base::sha256(key);
  const std::string_view bytes{reinterpret_cast<const char*>(digest.data()), digest.size()};
  const std::span<const std::uint8_t> raw{reinterpret_cast<const std::uint8_t*>(key.data()), key.size()};
  return {base::to_hex(digest), base::to_base64url(bytes), base::to_hex(raw), base::to_base64url(key), decoded(key)};
}

bool have_same_characters(std::string_view one, std::string_view other) {
  std::string a{one};
  std::string b{other};
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return !a.empty() && a == b;
}

/// How many of the pieces of a text are not seen in it before, from 0 to 1.
double new_pieces(std::string_view text) {
  if (text.size() < piece_size) return 0;
  std::set<std::string_view> seen;
  const auto count = text.size() - piece_size + 1;
  for (std::size_t i = 0; i < count; ++i) seen.insert(text.substr(i, piece_size));
  return static_cast<double>(seen.size()) / static_cast<double>(count);
}

std::size_t longest_common_run(std::string_view one, std::string_view other) {
  std::size_t longest = 0;
  std::vector<std::size_t> before(other.size() + 1);
  for (const char c : one) {
    std::vector<std::size_t> here(other.size() + 1);
    for (std::size_t j = 0; j < other.size(); ++j) {
      if (c != other[j]) continue;
      here[j + 1] = before[j] + 1;
      longest = std::max(longest, here[j + 1]);
    }
    before = std::move(here);
  }
  return longest;
}

double same_places(std::string_view one, std::string_view other) {
  const auto size = std::min(one.size(), other.size());
  if (size == 0) return 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < size; ++i) same += one[i] == other[i] ? 1 : 0;
  return static_cast<double>(same) / static_cast<double>(size);
}

bool is_made_from(std::string_view key, std::string_view other) {
  const auto forms = made_from(other);
  return std::any_of(forms.begin(), forms.end(),
                     [&](const std::string& form) { return !form.empty() && are_alike(key, form); });
}

/// Whether knowing one of them reveals the other.
bool tell_each_other(std::string_view one, std::string_view other) {
  if (one.empty() || other.empty()) return false;
  if (std::min(one.size(), other.size()) < min_metrics_token_bytes) return one == other;  // likeness would be chance
  const auto bytes = decoded(one);
  return one == other || are_alike(one, other) || is_made_from(one, other) || is_made_from(other, one) ||
         (!bytes.empty() && bytes == decoded(other));
}

void check_keys(const settings& all, std::vector<setting_problem>& problems) {
  const auto& signing = all.jwt_secret_key.reveal();
  const auto& encryption = all.token_encryption_key.reveal();
  const auto check = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (auto weakness = weakness_of_key(value)) problems.push_back({name, std::move(*weakness)});
  };
  check("JWT_SECRET_KEY", signing);
  // A weak one that is accepted is as good to a forger as a weak one that signs.
  for (const auto& previous : all.jwt_secret_previous_keys) check("JWT_SECRET_PREVIOUS_KEYS", previous.reveal());
  check("TOKEN_ENCRYPTION_KEY", encryption);
  if (!signing.empty() && signing == encryption) {
    problems.push_back(
        {"TOKEN_ENCRYPTION_KEY", "is the same as JWT_SECRET_KEY; one key for two purposes falls with either of them: " +
                                     std::string{make_one}});
  } else if (tell_each_other(signing, encryption)) {
    problems.push_back({"TOKEN_ENCRYPTION_KEY",
                        "is JWT_SECRET_KEY with small changes; whoever learns one has both: " + std::string{make_one}});
  }
  for (const auto* address : {&all.database_url, &all.redis_url}) {
    const auto password = password_of(address->reveal());
    if (!tell_each_other(password, signing) && !tell_each_other(password, encryption)) continue;
    problems.push_back({address == &all.database_url ? "DATABASE_URL" : "REDIS_URL",
                        "has one of the keys, or what was made from one, as its password; a key must have one purpose: "
                        "change the password"});
  }
}

}  // namespace

std::size_t key_size(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (std::all_of(text.begin(), text.end(), is_hexadecimal)) return text.size() / 2;
  if (std::all_of(text.begin(), text.end(), is_base64)) return text.size() * 3 / 4;
  return text.size();
}

std::optional<std::string> weakness_of_key(std::string_view text, std::size_t least_bytes) {
  const auto plain = lower(text);
  for (const auto word : example_words) {
    if (plain.find(word) == plain.npos) continue;
    return "is an example's value, known to everybody: " + std::string{make_one};
  }
  if (const auto size = key_size(text); size < least_bytes) {
    return fmt::format("holds at most {} bytes of key and must hold {}: {}", size, least_bytes, make_one);
  }
  const auto bytes = decoded(text);
  if (has_constant_steps(bytes) || is_digest_of_a_word(bytes)) {
    return "can be computed by anybody: " + std::string{make_one};
  }
  if (is_text(bytes)) return "is a text in another spelling, not random: " + std::string{make_one};
  const std::string judged{text.substr(0, judged_characters)};
  const bool is_guessable =
      ZxcvbnMatch(judged.c_str(), nullptr, nullptr) < min_key_bits * static_cast<double>(least_bytes) / min_key_bytes;
  if (is_guessable || new_pieces(judged) < min_new_pieces) {
    return "is too regular to be random: " + std::string{make_one};
  }
  return std::nullopt;
}

bool are_alike(std::string_view one, std::string_view other) {
  const std::string backwards{other.rbegin(), other.rend()};
  const auto a = lower(one.substr(0, max_judged_characters));
  for (const auto& text :
       {std::string{other.substr(0, max_judged_characters)}, backwards.substr(0, max_judged_characters)}) {
    const auto b = lower(text);
    if (longest_common_run(a, b) > max_common_run || same_places(a, b) > max_same_places) return true;
  }
  return have_same_characters(one, other);
}

namespace {

/// Who may call, and which proxies are trusted.
void check_callers(const settings& all, std::vector<setting_problem>& problems) {
  if (std::find(all.cors_origins.begin(), all.cors_origins.end(), "*") != all.cors_origins.end()) {
    problems.push_back(
        {"CORS_ORIGINS", "must not be * in production, where any page could call the API: name the origins"});
  }
  for (const auto& origin : all.cors_origins) {
    if (!origin.starts_with("http://")) continue;
    problems.push_back({"CORS_ORIGINS",
                        "must name https origins only in production, because whoever is on the way can "
                        "change a page that came by http: " +
                            origin});
  }
  for (const auto& proxy : all.trusted_proxies) {
    if (!proxy.ends_with("/0")) continue;
    problems.push_back({"TRUSTED_PROXIES", fmt::format("trusts everybody with {}: whoever sends a request could say "
                                                       "where it came from. Name the addresses of the proxies",
                                                       proxy)});
  }
}

void check_metrics_token(const settings& all, std::vector<setting_problem>& problems) {
  if (const auto& token = all.metrics_token.reveal(); !token.empty()) {
    if (tell_each_other(token, all.jwt_secret_key.reveal()) ||
        tell_each_other(token, all.token_encryption_key.reveal())) {
      problems.push_back(
          {"METRICS_TOKEN", "is one of the keys or made from one, and travels with every question for figures: " +
                                std::string{make_one}});
    } else if (auto weakness = weakness_of_key(token, min_metrics_token_bytes)) {
      problems.push_back({"METRICS_TOKEN", std::move(*weakness)});
    }
  }
}

/// Addresses that secrets travel to.
void check_addresses(const settings& all, std::vector<setting_problem>& problems) {
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
  for (const auto& platform : domain::platforms()) {
    for (const auto& setting : platform.settings) {
      if (setting.kind != domain::setting_kind::web_address || !is_http_to_elsewhere(all.platforms[setting.name]))
        continue;
      problems.push_back({setting.name, "must be https in production, because accounts' tokens travel there"});
    }
  }
  for (const auto& [name, address] : {std::pair{"OPENAI_BASE_URL", &all.openai_base_url},
                                      std::pair{"OPENROUTER_BASE_URL", &all.openrouter_base_url}}) {
    if (is_http_to_elsewhere(*address))
      problems.push_back({name, "must be https in production, because the key and companies' texts travel there"});
  }
  if (!all.media_s3_bucket.empty() && is_http_to_elsewhere(all.media_s3_endpoint)) {
    problems.push_back(
        {"MEDIA_S3_ENDPOINT", "must be https in production, because companies' pictures and films travel there"});
  }
}

/// Settings for development only.
void check_stand_ins(const settings& all, std::vector<setting_problem>& problems) {
  if (!all.sandbox_url.empty()) {
    problems.push_back(
        {"SANDBOX_URL", "must not be set in production, where posts must reach the platforms: remove it"});
  }
  if (all.ai_provider == ai_provider_name::offline) {
    problems.push_back(
        {"AI_PROVIDER", "must not be offline in production, where texts that nobody wrote would go out"});
  }
  if (!all.mail_preview_url.empty()) {
    problems.push_back(
        {"MAIL_PREVIEW_URL", "must not be set in production, where mails hold links that let people in"});
  }
  if (all.egress_allow_loopback == yes_or_no::yes) {
    problems.push_back({"EGRESS_ALLOW_LOOPBACK",
                        "must be no in production, where users' addresses must not reach what runs on this machine"});
  }
  if (!all.failpoints.empty()) {
    problems.push_back({"PULSE_FAILPOINTS",
                        "must not be set in production, where nobody wants the process to die or stop: remove it"});
  }
}

}  // namespace

std::vector<setting_problem> production_problems(const settings& all) {
  std::vector<setting_problem> problems;
  check_keys(all, problems);
  check_callers(all, problems);
  check_metrics_token(all, problems);
  check_addresses(all, problems);
  if (all.smtp_url.empty()) {
    problems.push_back(
        {"SMTP_URL",
         "is missing; production confirms people's addresses by mail, and lets those in who forgot their "
         "password. Example: SMTP_URL=smtp://user:password@mail.example.org:587"});
  }
  check_stand_ins(all, problems);
  return problems;
}

}  // namespace pulse::config
