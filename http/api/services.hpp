// The services that the front door uses. main makes them, and they outlive the front door and its server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "actors/accounts/connecting.hpp"
#include "actors/activity/activity.hpp"
#include "actors/ai/asking.hpp"
#include "actors/engagement/commenting.hpp"
#include "actors/system/engine.hpp"
#include "base/secure.hpp"
#include "base/signature.hpp"
#include "base/time.hpp"
#include "domain/platforms/channel_type.hpp"
#include "http/api/addresses.hpp"
#include "http/auth/stamps.hpp"
#include "http/auth/tokens.hpp"
#include "http/operations/metrics.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/redis/redis.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {
class identity_providers;
class rehearsing;
}  // namespace pulse::actors

namespace pulse::http {

class media_desk;

/// Who may read /metrics on the front door's port.
struct metrics_access {
  bool is_served = true;
  base::secret token = {};  // empty: everybody
};

/// References only. Stop the server first, then the database's pool and the hasher, and destroy the server last: until
/// then, work that a handler waits for may complete (http/server/server.hpp).
struct services {
  persistence::database& database;  // as persistence::role::request
  persistence::redis& redis;
  persistence::password_hasher& passwords;
  const base::clock& clock;
  const token_signer& tokens;
  const stamp_signer& stamps;
  metrics& measures;
  actors::engine& engine;
  const persistence::secret_box& secrets;  // encrypts the tokens of accounts
  /// Null: there is no live stream (tests, tools).
  actors::activity* activity = nullptr;
  std::string version;
  /// Pages that may open a live stream (CORS_ORIGINS), beside this service's own; the single entry "*" means any.
  std::vector<std::string> allowed_origins = {};
  /// The public addresses of this service (API_BASE_URL, PUBLIC_APP_URL).
  http::addresses addresses = {};
  metrics_access figures = {};
  /// For `costly` routes, so that they do not block the others; null: `database` serves these, too.
  persistence::database* costly = nullptr;
  /// Whether mails are sent (SMTP_URL). Without mail, the first account of an address is active at once.
  bool is_mail_sent = false;
  /// Called when a mail waits to be sent; must not block. May be empty.
  std::function<void()> mail_waits = {};
  /// Other origins that may keep a session in a cookie (CORS_ORIGINS), and the dashboard's address (PUBLIC_APP_URL).
  std::vector<std::string> browser_origins = {};
  /// Whether images on this machine may be fetched by plain http (EGRESS_ALLOW_LOOPBACK; never in production).
  bool is_loopback_allowed = false;
  /// Connects accounts at platforms; null: not available.
  actors::connecting* connecting = nullptr;
  /// Signs the heads of audit chains and verifies them; null: not available.
  const base::signing_key* audit_key = nullptr;
  /// Asks the AI provider within the companies' budgets; null: not available.
  actors::asking* asking = nullptr;
  /// Writes comments in members' names; null: not available.
  actors::commenting* commenting = nullptr;
  /// Tries automation rules out; null: not available.
  actors::rehearsing* rehearsing = nullptr;
  /// Signs people in with LinkedIn and with companies' own identity providers; null: not available.
  actors::identity_providers* identities = nullptr;
  /// Keys for links from the WhatsApp sidecar (WHATSAPP_LINK_SECRETS), newest first; empty: links are refused.
  std::vector<base::secret> whatsapp_link_secrets = {};
  /// Called when a page is due or an act was confirmed; must not block. May be empty.
  std::function<void()> engagement_waits = {};
  /// Platforms served by a stand-in (SANDBOX_URL): nothing is really published there.
  std::vector<domain::channel_type> stand_ins = {};
  /// Stores pictures and films; null: not available.
  media_desk* media = nullptr;
  /// True once the program begins to stop: readiness then answers 503. May be empty.
  std::function<bool()> stopping;
};

}  // namespace pulse::http
