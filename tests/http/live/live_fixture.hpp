// A running front door with hubs behind it, and clients of its live stream.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include "actors/activity/database_source.hpp"
#include "actors/activity/hubs.hpp"
#include "http/server/server.hpp"
#include "persistence/events/events.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

namespace pulse::tests {

/// A WebSocket client that waits for what it wants, and gives up after 20 s.
class live_client {
 public:
  /// Connects and asks for the upgrade; `status` says what came of it.
  live_client(std::uint16_t port, const std::string& target, const std::string& origin = {}) : socket_(loop_) {
    namespace websocket = boost::beast::websocket;
    socket_.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), port});
    socket_.set_option(websocket::stream_base::decorator([origin](websocket::request_type& asked) {
      if (!origin.empty()) asked.set(boost::beast::http::field::origin, origin);
    }));
    websocket::response_type answer;
    boost::system::error_code failure;
    socket_.handshake(answer, "127.0.0.1:" + std::to_string(port), target, failure);
    status_ = static_cast<int>(answer.result_int());
  }

  int status() const { return status_; }

  /// The next message; nothing when the connection ended.
  std::optional<boost::json::object> read() {
    constexpr std::chrono::seconds patience{20};
    boost::beast::flat_buffer buffer;
    bool is_read = false;
    bool is_over = false;
    socket_.async_read(buffer, [&](boost::system::error_code failure, std::size_t) {
      is_over = true;
      is_read = !failure;
    });
    loop_.restart();
    loop_.run_for(patience);
    if (!is_over) {
      cut();
      loop_.restart();
      loop_.run();
    }
    if (!is_read) return std::nullopt;
    return boost::json::parse(boost::beast::buffers_to_string(buffer.data())).as_object();
  }

  /// The next message of this type, pings aside; an empty object when there is none.
  boost::json::object read(std::string_view type) {
    while (auto message = read()) {
      if (message->at("type").as_string() == type) return std::move(*message);
      if (message->at("type").as_string() != "ping") break;
    }
    return {};
  }

  void say(std::string_view text) {
    boost::system::error_code failure;
    socket_.write(boost::asio::buffer(text), failure);
  }

  /// How the server took leave; 0 when it did not.
  int close_code() const { return socket_.reason().code; }

  /// Drops the connection without a word.
  void cut() {
    boost::system::error_code ignored;
    socket_.next_layer().close(ignored);
  }

 private:
  boost::asio::io_context loop_;
  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> socket_;
  int status_ = 0;
};

class live_fixture : public publishing_fixture {
 public:
  live_fixture()
      : watched_({.url = url, .connections = 2, .as = persistence::role::engine}),
        source_(watched_, clock),
        system_(settings_),
        hubs_(std::make_unique<actors::hubs>(system_, source_)) {
    services.activity = hubs_.get();
    services.allowed_origins = {"https://app.example.org"};
    begin();
  }
  ~live_fixture() {
    server_->stop();
    hubs_->stop();
    watched_.stop();
  }

  /// A server in the place of the one before, with hubs that remember nothing: as another process.
  void restart() {
    server_->stop();
    hubs_->stop();
    hubs_ = std::make_unique<actors::hubs>(system_, source_);
    services.activity = hubs_.get();
    begin();
  }

  std::uint16_t port() const { return server_->port(); }
  actors::activity& activity() { return *hubs_; }

  std::string ticket(const std::string& token) {
    const auto given = post("/activity/ticket", "", token);
    REQUIRE(given.status() == 201);
    return given.text("/ticket");
  }
  live_client watch(const std::string& token, const std::string& more = {}) {
    return live_client{port(), "/activity/live?ticket=" + ticket(token) + more};
  }

  base::uuid tenant_of(const std::string& token) {
    return *base::parse_uuid(get("/auth/me", token).text("/company/id"));
  }

  /// Appends events as the engine does, and says so.
  void append(const base::uuid& tenant_id, int many) {
    const events_of row{.tenant_id = tenant_id, .facts = domain::company_paused{}, .at = clock.now()};
    const std::vector<events_of> rows(static_cast<std::size_t>(many), row);
    const auto done = engine_database.transact_now(
        std::nullopt, [&rows](persistence::transaction& tx) { persistence::events::append(tx, rows); });
    REQUIRE(done);
    hubs_->wake(tenant_id);
  }

 private:
  using events_of = persistence::events::event;

  void begin() {
    http::server::options how;
    how.threads = 2;
    server_ = std::make_unique<http::server::server>(how, door.handler(), door.refusal());
    REQUIRE(server_->start().empty());
  }

  std::unique_ptr<http::server::server> server_;  // destroyed last: who watches has its timers there
  persistence::database watched_;
  actors::database_source source_;
  caf::actor_system_config settings_;
  caf::actor_system system_;
  std::unique_ptr<actors::hubs> hubs_;
};

/// The cursors of an `events` message.
inline std::vector<std::string> cursors_of(const boost::json::object& message) {
  std::vector<std::string> made;
  const auto* events = message.if_contains("events");
  if (events == nullptr) return made;
  for (const auto& each : events->as_array()) made.emplace_back(each.at("cursor").as_string());
  return made;
}

}  // namespace pulse::tests
