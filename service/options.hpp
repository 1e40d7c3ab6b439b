// What the settings mean to each room: the room's own options, made of them.
#pragma once

#include <string>
#include <vector>

#include "base/secure.hpp"
#include "base/signature.hpp"
#include "config/descriptors.hpp"
#include "config/load.hpp"
#include "connectors/ai/choice.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/platforms/channel_type.hpp"
#include "http/front_door.hpp"
#include "http/media_desk.hpp"
#include "http/server/server.hpp"
#include "http/waiting_room.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::service {

/// Signs the ends of the audit's chains: made of the key that is the installation's own.
base::signing_key audit_key(const config::settings& settings);

/// Newest first.
std::vector<base::secret> encryption_keys(const config::settings& settings);

/// The pool that the role asks for: of the engine, or of requests.
persistence::database::options database_options(const config::settings& settings, persistence::role as);
/// Of the costly calls.
persistence::database::options costly_database_options(const config::settings& settings);
/// Of the hubs of the live stream, whose reads so hold up nothing of the engine's: made when somebody watches.
persistence::database::options live_database_options(const config::settings& settings);
/// Of a command that runs once.
persistence::database::options one_connection(const config::settings& settings, persistence::role as);

connectors::egress_options egress_options(const config::settings& settings, const config::descriptor_plan& plan);
connectors::ai::provider_settings ai_settings(const config::settings& settings);

http::metrics_access access_to_metrics(const config::settings& settings);
/// The platforms of which an address that is called leads to the sandbox.
std::vector<domain::channel_type> stand_ins(const config::settings& settings);

http::media_desk::options media_options(const config::settings& settings);
/// The pages whose scripts may keep a session in a cookie.
std::vector<std::string> origins_of_pages(const config::settings& settings);
http::server::options server_options(const config::settings& settings, const config::descriptor_plan& plan,
                                     http::waiting_room& room);

}  // namespace pulse::service
