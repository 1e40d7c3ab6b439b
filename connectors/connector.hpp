// The contract between the engine and the code for a platform. Adding a platform is adding a folder that implements it.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/media.hpp"
#include "domain/platforms/post_option.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors {

/// The account that a channel posts as, decrypted for one call. Never stored, logged or sent anywhere but to the
/// platform.
struct credentials {
  std::string external_user_id;  // the account's id at the platform
  std::string handle;            // "acme", without @; may be empty
  base::secret access_token;
};

/// One attempt to make one delivery public: everything the platform needs, and nothing that could change meanwhile.
struct publication {
  base::uuid tenant_id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  base::uuid delivery_id;
  int attempt = 1;
  std::string title;  // where the platform has one; may be empty
  std::string text;
  std::vector<domain::media> media;  // in the order in which people see them
  domain::chosen_options options{};  // of the platform's description, by name; checked when the post was written
  base::timestamp due_at;
  base::timestamp started_at;  // when the intent was recorded
  /// reconcile: when the first attempt of this delivery began that may be live. A post that was listed later may be its
  /// work. Nothing: `started_at`.
  std::optional<base::timestamp> since = std::nullopt;
  std::chrono::milliseconds timeout{15'000};  // from now to the end of the reply; the attempt's deadline is later
  credentials account;
  using kept_handles = std::map<std::string, std::string>;
  kept_handles handles;  // what was kept of earlier steps of this delivery: container and upload ids
  /// Commits `handles` to the attempt and then calls back: before a step that is not harmless to repeat, so that a
  /// later reconciliation knows what to ask for. False: not committed, and the next step must not be taken; the outcome
  /// is `transient`. Any thread; calls back once, on any thread. Replaces what was kept under the same names.
  std::function<void(kept_handles handles, std::function<void(bool kept)> then)> keep;
  /// Asked in the last moment before the first byte leaves, on the thread that sends: false means that this node may no
  /// longer send (its lease is over), and the outcome is `transient`. Empty: always.
  std::function<bool()> may_send;

  /// What was chosen for an option; empty when nothing was.
  std::string option(const std::string& name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string{} : found->second;
  }

  /// The first picture; null when there is none.
  const domain::media* image() const { return first_of(domain::media_kind::image); }
  /// The first film; null when there is none.
  const domain::media* film() const { return first_of(domain::media_kind::video); }

 private:
  const domain::media* first_of(domain::media_kind kind) const {
    const auto found =
        std::find_if(media.begin(), media.end(), [kind](const domain::media& each) { return each.kind == kind; });
    return found == media.end() ? nullptr : &*found;
  }
};

/// What the platform reported about a budget in the headers of a reply, for the rate limiter.
struct budget_report {
  std::string budget;  // the platform's name of it: "posts"
  int limit = 0;
  int remaining = 0;
  base::timestamp resets_at;
};

/// The reply to a publish call, with what only the connector can see.
struct publish_reply {
  domain::outcome outcome;
  std::vector<budget_report> budgets{};
  std::optional<base::timestamp> first_byte_at = std::nullopt;  // when the first byte of the request left, for lateness
  std::chrono::microseconds duration{0};                        // of the call
};

/// A platform. Implementations are thread-safe; both calls return at once and call back exactly once, on a thread of
/// the egress client (or of the database), where nothing may block.
class connector {
 public:
  virtual ~connector() = default;

  virtual domain::channel_type type() const = 0;

  /// Publishes. Classifies every reply (domain::outcome_kind); `unknown` whenever bytes may have left and the reply
  /// does not tell, `transient` only when surely nothing was published.
  virtual void publish(publication what, std::function<void(publish_reply)> done) = 0;

  /// Finds out, reading only, whether the attempt `what` (as it was given to `publish`, with the handles that were
  /// kept), or one before it since `what.since`, is live at the platform.
  virtual void reconcile(publication what, std::function<void(domain::reconciliation)> done) = 0;
};

/// The connectors by type; read-only once built.
class connector_registry {
 public:
  void add(std::unique_ptr<connector> platform);
  /// Null when there is none for this type.
  connector* find(domain::channel_type type) const;
  /// What the platform can do beyond publishing (connectors/roles); null when it cannot.
  template <class Role>
  Role* find_role(domain::channel_type type) const {
    return dynamic_cast<Role*>(find(type));
  }

 private:
  std::map<domain::channel_type, std::unique_ptr<connector>> by_type_;
};

}  // namespace pulse::connectors
