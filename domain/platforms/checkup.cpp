#include "domain/platforms/checkup.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "domain/platforms/platform.hpp"

namespace pulse::domain {

namespace {

/// Words between spaces or commas.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (const char each : text) {
    if (each != ' ' && each != ',') {
      word += each;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.insert(word);
  return words;
}

const platform_setting* declared(std::string_view name) {
  for (const auto& platform : platforms()) {
    for (const auto& each : platform.settings) {
      if (each.name == name) return &each;
    }
  }
  return nullptr;
}

bool is_this_machine(std::string_view url) {
  for (const std::string_view start : {"http://localhost", "http://127.0.0.1", "http://[::1]"}) {
    if (url.starts_with(start)) return true;
  }
  return false;
}

void check_app(const oauth_provider& provider, const setting_values& settings, std::vector<finding>& to) {
  for (const auto name : {provider.client_id, provider.client_secret}) {
    if (!settings[name].empty()) continue;
    to.push_back(
        {finding_kind::wrong, fmt::format("{} is missing: copy it from the app's page in {}'s developer console.", name,
                                          provider.display_name)});
  }
}

void check_redirect(const oauth_provider& provider, const setting_values& settings, const std::string& api_base_url,
                    std::vector<finding>& to) {
  const auto& uri = settings[provider.redirect_uri];
  const auto setting = std::string{provider.redirect_uri};
  if (uri.empty()) {
    to.push_back({finding_kind::wrong, setting + " is missing: people could not come back."});
    return;
  }
  to.push_back(
      {finding_kind::register_this, fmt::format("The redirect URI in the app's settings must be exactly {}.", uri)});
  const auto path = fmt::format("/channels/{}/oauth/callback", provider.name);
  if (!uri.ends_with(path))
    to.push_back(
        {finding_kind::wrong, fmt::format("{} does not end with {}, where Pulse waits for people.", setting, path)});
  if (uri.find_first_of("?#") != std::string::npos)
    to.push_back({finding_kind::wrong, setting + " must have neither a query nor a fragment."});
  if (!uri.starts_with("https://") && !is_this_machine(uri))
    to.push_back({finding_kind::wrong, fmt::format("{} must begin with https://; {} sends nobody to another.", setting,
                                                   provider.display_name)});
  if (!api_base_url.empty() && !uri.starts_with(api_base_url))
    to.push_back({finding_kind::wrong,
                  fmt::format("{} leads to another address than API_BASE_URL ({}).", setting, api_base_url)});
}

void check_scopes(const oauth_provider& provider, const setting_values& settings, std::vector<finding>& to) {
  const auto asked = words_of(settings[provider.scope]);
  const auto* const setting = declared(provider.scope);
  std::string all;
  for (const auto& each : asked) all += (all.empty() ? "" : ", ") + each;
  to.push_back({finding_kind::register_this, fmt::format("The app must be allowed to ask for: {}.", all)});
  if (setting == nullptr) return;
  std::string lacking;
  for (const auto& each : words_of(setting->default_text)) {
    if (!asked.contains(each)) lacking += (lacking.empty() ? "" : ", ") + each;
  }
  if (!lacking.empty())
    to.push_back(
        {finding_kind::advice,
         fmt::format("{} leaves out {}, which Pulse uses: what needs it will be refused.", provider.scope, lacking)});
}

/// Months since a version like "202609"; nothing if it is malformed.
std::optional<int> age_in_months(const std::string& version, base::timestamp now) {
  int number = 0;
  const auto [end, failed] = std::from_chars(version.data(), version.data() + version.size(), number);
  if (failed != std::errc{} || end != version.data() + version.size() || version.size() != 6) return std::nullopt;
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  const int this_month = static_cast<int>(today.year()) * 12 + static_cast<int>(static_cast<unsigned>(today.month()));
  return this_month - (number / 100 * 12 + number % 100);
}

/// LinkedIn serves a version for a year at least.
void check_versions(const std::vector<channel_type>& types, const setting_values& settings, base::timestamp now,
                    std::vector<finding>& to) {
  constexpr int served_months = 12;
  std::set<std::string_view> seen;
  for (const auto type : types) {
    for (const auto& each : platform_of(type).settings) {
      if (each.kind != setting_kind::year_month || !seen.insert(each.name).second) continue;
      const auto age = age_in_months(settings[each.name], now);
      if (!age) {
        to.push_back({finding_kind::wrong, std::string{each.name} + " must be a month, such as 202609."});
      } else if (*age >= served_months) {
        to.push_back({finding_kind::wrong,
                      fmt::format("{} ({}) is {} months old, and versions are served for 12: set a newer one.",
                                  each.name, settings[each.name], *age)});
      } else if (*age >= served_months - 2) {
        to.push_back({finding_kind::advice, fmt::format("{} ({}) will soon be served no more: set a newer one.",
                                                        each.name, settings[each.name])});
      }
    }
  }
}

}  // namespace

bool has_console(const oauth_provider& provider) { return !provider.client_id.empty(); }

std::vector<finding> check_up(const provider_entry& provider, const setting_values& settings,
                              const std::string& api_base_url, base::timestamp now) {
  std::vector<finding> found;
  if (!has_console(provider.is)) return found;
  if (settings[provider.is.client_id].empty() && settings[provider.is.client_secret].empty()) {
    return {{finding_kind::absent,
             fmt::format("Nobody has set it up. Make an app in {}'s developer console, and set {} and {}.",
                         provider.is.display_name, provider.is.client_id, provider.is.client_secret)}};
  }
  check_app(provider.is, settings, found);
  check_redirect(provider.is, settings, api_base_url, found);
  check_scopes(provider.is, settings, found);
  check_versions(provider.platforms, settings, now, found);
  return found;
}

}  // namespace pulse::domain
