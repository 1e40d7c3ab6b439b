// A running generic server for tests, with a handler that records its requests.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <spdlog/spdlog.h>

#include "http/server/server.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::tests {

/// Keeps the thousands of refusals that a test provokes out of its output.
class quiet_log {
 public:
  quiet_log() : before_(spdlog::get_level()) { spdlog::set_level(spdlog::level::off); }
  ~quiet_log() { spdlog::set_level(before_); }
  quiet_log(const quiet_log&) = delete;
  quiet_log& operator=(const quiet_log&) = delete;

 private:
  spdlog::level::level_enum before_;
};

/// Serves on a free port from construction to destruction. Answers by path: as `routes` says, else 200 "ok".
class running_server {
 public:
  using plain_handler = std::function<http::server::response(const http::server::request&)>;

  using plain_routes = std::map<std::string, plain_handler>;

  explicit running_server(http::server::options settings = {}) : running_server(std::move(settings), plain_routes{}) {}

  running_server(http::server::options settings, plain_routes routes)
      : running_server(std::move(settings), [this](const http::server::request& asked) { return answer(asked); }) {
    routes_ = std::move(routes);
  }

  running_server(http::server::options settings, http::server::handler handler)
      : server_(
            std::move(settings), std::move(handler),
            [](int status, std::string_view title, std::string_view detail, std::string_view id) {
              return http::server::response::text(
                  status, std::string(title) + "|" + std::string(detail) + "|" + std::string(id));
            },
            [this](const http::server::observation& seen) {
              const std::lock_guard lock(mutex_);
              observations_.push_back(seen);
            }) {
    problem_ = server_.start();
    if (!problem_.empty()) throw std::runtime_error(problem_);
  }

  std::uint16_t port() const { return server_.port(); }
  http::server::server& server() { return server_; }

  /// Copies of what the handler was asked, in order.
  std::vector<http::server::request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  std::vector<http::server::observation> observations() const {
    const std::lock_guard lock(mutex_);
    return observations_;
  }

  /// One request on a connection of its own.
  raw_response ask(std::string_view bytes) const {
    raw_client client{port()};
    client.send(bytes);
    auto got = client.receive();
    if (!got) throw std::runtime_error("the server did not answer");
    return *got;
  }

  bool is_alive() const { return ask("GET /alive HTTP/1.1\r\nHost: h\r\n\r\n").status == 200; }

 private:
  boost::asio::awaitable<http::server::response> answer(const http::server::request& asked) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(asked);
    }
    const auto found = routes_.find(asked.path);
    if (found == routes_.end()) co_return http::server::response::text(200, "ok");
    co_return found->second(asked);
  }

  mutable std::mutex mutex_;
  std::vector<http::server::request> requests_;
  std::vector<http::server::observation> observations_;
  plain_routes routes_;
  std::string problem_;
  http::server::server server_;
};

/// tests/http/corpus of this checkout.
inline std::filesystem::path corpus_directory() {
  const char* root = std::getenv("PULSE_SOURCE_DIR");
  return root != nullptr ? std::filesystem::path(root) / "tests/http/corpus"
                         : std::filesystem::path(__FILE__).parent_path() / "corpus";
}

}  // namespace pulse::tests
