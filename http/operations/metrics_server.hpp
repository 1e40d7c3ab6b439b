// The figures on an address of their own, for those who must not be asked for a token.
#pragma once

#include <memory>
#include <string_view>

#include "http/operations/metrics.hpp"
#include "http/server/server.hpp"

namespace pulse::http {

/// Serves /metrics at `at` ("127.0.0.1:9100" or "[::1]:9100") and nothing else. Not started yet; `measures` outlives
/// it.
std::unique_ptr<server::server> make_metrics_server(std::string_view at, metrics& measures);

}  // namespace pulse::http
