// The services that the front door uses: made by main, and outlive the front door and its server.
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

/// References only. Stop the server first, then the database's pool and the hasher, and destroy the server last: what a
/// handler waits for may complete until then (http/server/server.hpp).
struct services {
  persistence::database& database;  // as persistence::role::request
  persistence::redis& redis;
  persistence::password_hasher& passwords;
  const base::clock& clock;
  const token_signer& tokens;
  const stamp_signer& stamps;
  metrics& measures;
  actors::engine& engine;
  const persistence::secret_box& secrets;  // seals the tokens of accounts
  /// Null: nobody can watch (tests, tools).
  actors::activity* activity = nullptr;
  std::string version;
  /// Pages that may open a live stream (CORS_ORIGINS), beside those of this service itself; the single entry "*": any.
  std::vector<std::string> allowed_origins = {};
  /// Where this service is reached from outside (API_BASE_URL, PUBLIC_APP_URL).
  http::addresses addresses = {};
  metrics_access figures = {};
  /// For routes that are `costly`, so that they do not hold up the others; null: `database` serves these too.
  persistence::database* costly = nullptr;
  /// Whether mails reach people (SMTP_URL). Without, the first account of an address counts at once.
  bool is_mail_sent = false;
  /// Called when a mail waits to be sent; must not block. May be empty.
  std::function<void()> mail_waits = {};
  /// Pages of other origins that may keep a session in a cookie (CORS_ORIGINS), and where the dashboard is (PUBLIC_APP_URL).
  std::vector<std::string> browser_origins = {};
  /// Whether images may be on this machine, by plain http (EGRESS_ALLOW_LOOPBACK; never in production).
  bool is_loopback_allowed = false;
  /// Connects accounts at platforms; null: nobody can.
  actors::connecting* connecting = nullptr;
  /// Signs the ends of audit chains, and knows them again; null: nothing is verified.
  const base::signing_key* audit_key = nullptr;
  /// Asks the AI provider within companies' budgets; null: there is none.
  actors::asking* asking = nullptr;
  /// Writes comments in members' names; null: nobody does.
  actors::commenting* commenting = nullptr;
  /// Tries automation rules out; null: nobody can.
  actors::rehearsing* rehearsing = nullptr;
  /// Signs people in by LinkedIn and companies' own identity providers; null: nobody is.
  actors::identity_providers* identities = nullptr;
  /// Keys that sign links from the WhatsApp sidecar (WHATSAPP_LINK_SECRETS), the newest first; empty: nobody brings links.
  std::vector<base::secret> whatsapp_link_secrets = {};
  /// Called when a page is due or an act was confirmed; must not block. May be empty.
  std::function<void()> engagement_waits = {};
  /// Platforms that a stand-in serves (SANDBOX_URL): nothing is published there.
  std::vector<domain::channel_type> stand_ins = {};
  /// Keeps pictures and films; null: nobody does.
  media_desk* media = nullptr;
  /// True from the moment the program begins to stop: readiness answers 503 then. May be empty.
  std::function<bool()> stopping;
};

}  // namespace pulse::http
