#include "http/operations/metrics_server.hpp"

#include <charconv>

namespace pulse::http {

namespace {

constexpr std::size_t connections_max = 64;

server::response answer(const server::request& request, const metrics& measures) {
  if (request.path != "/metrics") return server::response::text(404, "Only /metrics is here.\n");
  auto page = server::response::text(200, measures.text());
  page.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return page;
}

boost::asio::awaitable<server::response> at_once(server::response made) { co_return made; }

}  // namespace

std::unique_ptr<server::server> make_metrics_server(std::string_view at, metrics& measures) {
  const auto colon = at.rfind(':');
  const auto port = at.substr(colon + 1);
  auto address = at.substr(0, colon);
  if (address.starts_with('[')) address = address.substr(1, address.size() - 2);
  server::options listening;
  listening.address = address;
  std::from_chars(port.data(), port.data() + port.size(), listening.port);
  listening.limits.connections = connections_max;
  const auto refuse = [](int status, std::string_view, std::string_view detail, std::string_view) {
    return server::response::text(status, std::string{detail} + "\n");
  };
  return std::make_unique<server::server>(
      std::move(listening), [&measures](const server::request& request) { return at_once(answer(request, measures)); },
      refuse);
}

}  // namespace pulse::http
