// A provider that answers as a test says, and records its calls.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "connectors/all.hpp"

namespace pulse::tests {

class fake_provider final : public connectors::authorizer {
 public:
  std::string_view provider() const override { return "x"; }

  std::string start_url(const connectors::oauth_app& app, const std::string& state,
                        const std::string& verifier) const override {
    verifiers[state] = verifier;
    return "https://x.test/authorize?client_id=" + app.client_id + "&state=" + state;
  }

  void exchange(connectors::oauth_app app, std::string code, std::string verifier,
                std::function<void(connectors::authorized<connectors::authorization>)> done) override {
    exchanges.push_back({app.redirect_uri, code, verifier});
    if (failure) return done(*failure);
    done(given);
  }

  void refresh(connectors::oauth_app, connectors::grant old,
               std::function<void(connectors::authorized<connectors::grant>)> done) override {
    const std::lock_guard lock{mutex};
    const auto token = old.refresh_token->reveal();
    ++refreshes;
    if (!used.insert(token).second) ++used_twice;
    if (failure) return done(*failure);
    const auto number = std::to_string(refreshes);
    done(connectors::grant{.access_token = base::secret{"access-" + number},
                           .expires_at = clock->now() + std::chrono::hours{2},
                           .refresh_token = base::secret{"refresh-" + number}});
  }

  bool can_refresh(const connectors::grant& tokens) const override { return tokens.refresh_token.has_value(); }

  struct asked {
    std::string redirect_uri;
    std::string code;
    std::string verifier;
  };
  const base::clock* clock = nullptr;
  mutable std::map<std::string, std::string> verifiers;  // by state
  std::vector<asked> exchanges;
  connectors::authorization given;
  std::optional<connectors::authorization_failure> failure;
  std::mutex mutex;
  std::set<std::string> used;
  int used_twice = 0;
  int refreshes = 0;
};

}  // namespace pulse::tests
