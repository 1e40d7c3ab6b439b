#include "service/doctor.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/secure.hpp"
#include "config/command_line.hpp"
#include "connectors/all.hpp"
#include "domain/platforms/checkup.hpp"
#include "domain/platforms/platform.hpp"
#include "service/media_store.hpp"
#include "service/options.hpp"

namespace pulse::service {

namespace {

using connectors::authorization_failure;
using domain::finding;
using domain::finding_kind;

/// Of one answer; nothing of it takes longer by itself.
constexpr std::chrono::seconds patience{30};

/// Whether the setting is an address that Pulse itself calls, and not one that people are sent to.
bool is_api(const domain::platform_setting& setting) {
  if (setting.kind != domain::setting_kind::web_address) return false;
  return setting.name.ends_with("_API_BASE_URL") || setting.name.ends_with("_SERVICE_URL") ||
         setting.name.ends_with("_VIDEO_URL") || setting.name.ends_with("_PLC_URL");
}

class asking {
 public:
  asking(const config::settings& settings, const base::clock& clock)
      : settings_(settings),
        client_(egress_options(settings, {.connections = 0, .calls_in_flight = 8}), clock),
        providers_(connectors::authorize_all({.settings = settings.platforms,
                                              .client = client_,
                                              .clock = clock,
                                              .public_url = settings.api_base_url,
                                              .website = {}})) {}
  ~asking() { client_.stop(); }

  /// Whether the API's address answers at all; what it answers does not matter.
  std::vector<finding> reach(const std::vector<domain::channel_type>& types) {
    std::vector<finding> found;
    std::set<std::string_view> asked;  // Facebook and Instagram share some
    for (const auto type : types) {
      for (const auto& each : domain::platform_of(type).settings) {
        const auto& url = settings_.platforms[each.name];
        if (!is_api(each) || url.empty() || !asked.insert(each.name).second) continue;
        if (auto why = unreachable(url); !why.empty())
          found.push_back({finding_kind::wrong, fmt::format("{} ({}) is not reached: {}", each.name, url, why)});
      }
    }
    return found;
  }

  /// Asks for tokens with a code that is none: a provider that refuses the code has accepted the app.
  std::vector<finding> try_app(const domain::oauth_provider& provider) {
    const auto found = providers_.find(provider.name);
    if (found == providers_.end()) return {};
    const auto& settings = settings_.platforms;
    connectors::oauth_app app{.client_id = settings[provider.client_id],
                              .client_secret = base::secret{settings[provider.client_secret]},
                              .redirect_uri = settings[provider.redirect_uri],
                              .scope = settings[provider.scope]};
    auto answer = std::make_shared<std::promise<std::optional<authorization_failure>>>();
    auto told = answer->get_future();
    found->second->exchange(std::move(app), "pulse-doctor", base::random_token(48), [answer](auto got) {
      answer->set_value(got.has_error() ? std::optional{got.error()} : std::nullopt);
    });
    if (told.wait_for(patience) != std::future_status::ready)
      return {{finding_kind::wrong, "It did not answer whether it accepts the app."}};
    const auto why = told.get();
    if (!why) return {};
    switch (why->why) {
      case authorization_failure::kind::app:
        return {{finding_kind::wrong,
                 why->reason + " Compare the client id, the secret and the redirect URI with the developer console."}};
      case authorization_failure::kind::later:
        return {{finding_kind::wrong, "Whether it accepts the app is not known: " + why->reason}};
      case authorization_failure::kind::refused:
      case authorization_failure::kind::unfinished: break;
    }
    return {};
  }

 private:
  std::string unreachable(const std::string& url) {
    connectors::egress_request request;
    request.url = url;
    request.timeout = std::chrono::seconds{10};
    request.address = connectors::trust::platform;
    auto answer = std::make_shared<std::promise<std::string>>();
    auto told = answer->get_future();
    client_.send(std::move(request), [answer](const connectors::egress_reply& reply) {
      const bool is_answered = reply.how_far == connectors::progress::complete || reply.status != 0;
      answer->set_value(is_answered ? std::string{} : reply.error);
    });
    if (told.wait_for(patience) != std::future_status::ready) return "it did not answer.";
    return told.get();
  }

  const config::settings& settings_;
  connectors::egress client_;
  connectors::authorizer_registry providers_;
};

std::string_view mark_of(finding_kind kind) {
  switch (kind) {
    case finding_kind::absent: return "not set up";
    case finding_kind::wrong: return "wrong";
    case finding_kind::advice: return "look";
    case finding_kind::register_this: return "console";
  }
  return "";
}

}  // namespace

namespace {

/// Whether pictures and films can be kept where the settings say.
bool look_at_media(const config::settings& settings, const base::clock& clock, std::ostream& out) {
  const auto client = make_bucket_client(settings, clock);
  if (!client) return true;
  const auto wrong = check_bucket(settings, *client, clock);
  out << fmt::format("Pictures and films: {}\n", wrong ? "cannot be kept" : "ready");
  if (wrong) out << fmt::format("  {:<11} {}\n", mark_of(finding_kind::wrong), wrong->sentence);
  return !wrong;
}

}  // namespace

int doctor(const config::settings& settings, const base::clock& clock, std::ostream& out) {
  asking ask{settings, clock};
  bool is_well = look_at_media(settings, clock, out);
  for (const auto& provider : domain::oauth_providers()) {
    auto found = domain::check_up(provider, settings.platforms, settings.api_base_url, clock.now());
    const auto is = [&found](finding_kind kind) {
      return std::any_of(found.begin(), found.end(), [kind](const finding& each) { return each.kind == kind; });
    };
    const bool is_absent = is(finding_kind::absent);
    if (!is_absent) {
      for (auto& each : ask.reach(provider.platforms)) found.push_back(std::move(each));
      if (domain::has_console(provider.is) && !is(finding_kind::wrong)) {
        for (auto& each : ask.try_app(provider.is)) found.push_back(std::move(each));
      }
    }
    const bool is_wrong = is(finding_kind::wrong);
    is_well = is_well && !is_wrong;
    out << fmt::format("{}: {}\n", provider.is.display_name,
                       is_absent  ? "not set up"
                       : is_wrong ? "people cannot connect yet"
                                  : "ready");
    for (const auto& each : found) out << fmt::format("  {:<11} {}\n", mark_of(each.kind), each.sentence);
  }
  out << (is_well ? "Nothing is wrong.\n" : "What is wrong keeps people from working.\n");
  return is_well ? config::exit_success : config::exit_failure;
}

}  // namespace pulse::service
