// A live stream as server-sent events (the HTML standard's EventSource).
#pragma once

#include <memory>
#include <set>

#include "base/uuid.hpp"
#include "http/api/services.hpp"
#include "http/live/watcher.hpp"
#include "http/server/takeover.hpp"

namespace pulse::http::live {

/// Makes the writer of an event stream's body. The services outlive it.
std::shared_ptr<server::connection_taker> make_event_stream(services& services, watch_facts who,
                                                            std::set<base::uuid> projects);

}  // namespace pulse::http::live
