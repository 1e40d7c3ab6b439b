#include "http/live/web_socket.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <spdlog/spdlog.h>

#include "base/json.hpp"

namespace pulse::http::live {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

/// What a client may say: of which projects it wants to hear. An empty list: of all.
struct subscription {
  std::string type;
  std::vector<base::uuid> project_ids;
};
BOOST_DESCRIBE_STRUCT(subscription, (), (type, project_ids))

/// Codes of 4000 and above are an application's own (RFC 6455 §7.4.2).
constexpr std::uint16_t signed_out = 4401;

websocket::close_reason reason_of(actors::watch_end why) {
  switch (why) {
    case actors::watch_end::access_lost: return {static_cast<websocket::close_code>(signed_out), "signed out"};
    case actors::watch_end::reach_changed: return {websocket::close_code::service_restart, "connect again"};
    case actors::watch_end::overloaded: return {websocket::close_code::try_again_later, "too many watch"};
    case actors::watch_end::restored: return {websocket::close_code::service_restart, "read everything anew"};
    case actors::watch_end::stopping: return {websocket::close_code::service_restart, "connect again"};
  }
  return {websocket::close_code::normal, ""};
}

/// The request as Beast knows it: it has passed the gate, which is stricter.
beast::http::request<beast::http::empty_body> to_beast(const server::request& asked) {
  beast::http::request<beast::http::empty_body> made{beast::http::verb::get, asked.target, 11};
  for (const auto& each : asked.headers) made.insert(each.name, each.value);
  return made;
}

class connection final : public transport {
 public:
  explicit connection(server::client_stream& on) : stream_(on) {
    websocket::stream_base::timeout limits{};
    limits.handshake_timeout = handshake_timeout;
    limits.idle_timeout = idle_timeout;
    limits.keep_alive_pings = true;
    stream_.set_option(limits);
    stream_.set_option(websocket::stream_base::decorator(
        [](websocket::response_type& answer) { answer.set(beast::http::field::server, "pulse"); }));
    stream_.read_message_max(client_message_bytes_max);
    stream_.auto_fragment(false);
  }

  /// Beast answers what is wrong with the upgrade by itself.
  asio::awaitable<bool> accept(const server::request& asked) {
    const auto upgrade = to_beast(asked);
    error_code failure;
    co_await stream_.async_accept(upgrade, asio::redirect_error(asio::use_awaitable, failure));
    stream_.text(true);
    co_return !failure;
  }

  asio::awaitable<bool> send(const note& message) override {
    const auto text = base::json::to_json(message);
    error_code failure;
    co_await stream_.async_write(asio::buffer(text), asio::redirect_error(asio::use_awaitable, failure));
    co_return !failure;
  }

  /// One frame for all of them, gathered from what all watchers share.
  asio::awaitable<bool> send(const std::vector<frame>& events) override {
    static constexpr std::string_view open = R"({"type":"events","events":[)";
    static constexpr std::string_view comma = ",";
    static constexpr std::string_view shut = "]}";
    std::vector<asio::const_buffer> pieces{asio::buffer(open)};
    for (const auto& each : events) {
      if (pieces.size() > 1) pieces.push_back(asio::buffer(comma));
      pieces.push_back(asio::buffer(each->json));
    }
    pieces.push_back(asio::buffer(shut));
    error_code failure;
    co_await stream_.async_write(pieces, asio::redirect_error(asio::use_awaitable, failure));
    co_return !failure;
  }

  asio::awaitable<void> leave(actors::watch_end why) override {
    const auto reason = reason_of(why);
    co_await close(reason);
  }

  asio::awaitable<void> close(const websocket::close_reason& reason) {
    error_code ignored;
    co_await stream_.async_close(reason, asio::redirect_error(asio::use_awaitable, ignored));
  }

  /// The next message of the client; nothing when the connection ends, or broke the protocol, which Beast answers.
  asio::awaitable<std::optional<std::string>> read() {
    beast::flat_buffer buffer;
    error_code failure;
    co_await stream_.async_read(buffer, asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return std::nullopt;
    co_return stream_.got_text() ? std::optional{beast::buffers_to_string(buffer.data())} : std::string{};
  }

 private:
  websocket::stream<server::client_stream&> stream_;
};

/// Counts what a client says within a minute.
class talk_limit {
 public:
  bool allows() {
    const auto now = feed::clock::now();
    if (now - since_ > std::chrono::minutes{1}) {
      since_ = now;
      count_ = 0;
    }
    return ++count_ <= client_messages_a_minute_max;
  }

 private:
  feed::clock::time_point since_{};
  int count_ = 0;
};

class taker final : public server::connection_taker, public std::enable_shared_from_this<taker> {
 public:
  taker(services& with, watch_facts who, std::set<base::uuid> projects)
      : with_(with), who_(std::move(who)), projects_(std::move(projects)) {}

  asio::awaitable<void> run(server::taken_connection on) override {
    if (!on.early.empty() || is_stopping_) co_return;  // nothing may come before the handshake is answered
    auto& socket = on.client.next_layer();
    connection client{on.client};
    const bool is_open = co_await client.accept(on.asked);
    if (!is_open) co_return;
    auto drop = [&socket] {
      error_code ignored;
      socket.close(ignored);
    };
    feed_ = std::make_shared<feed>(socket.get_executor(), feed_limits{}, std::move(drop));
    feed_->subscribe(std::move(projects_));
    bool is_reading = true;
    asio::co_spawn(socket.get_executor(), listen(client, feed_), [&is_reading, by = feed_](const std::exception_ptr&) {
      is_reading = false;
      by->close();
    });
    co_await watch(with_, who_, feed_, client);
    feed_->close();
    error_code ignored;
    socket.close(ignored);  // ends the reading
    while (is_reading) co_await feed_->wait(feed::clock::now() + std::chrono::seconds{1});
  }

  void on_stop() override {
    is_stopping_ = true;
    if (feed_) feed_->end(actors::watch_end::stopping);
  }

 private:
  static asio::awaitable<void> listen(connection& client, std::shared_ptr<feed> by) {
    talk_limit limit;
    while (!by->is_closed()) {
      const auto said = co_await client.read();
      if (!said) co_return;
      auto heard = base::json::read<subscription>(*said);
      const bool is_good =
          limit.allows() && heard && heard->type == "subscribe" && heard->project_ids.size() <= projects_max;
      if (!is_good) {
        const websocket::close_reason reason{websocket::close_code::policy_error, "say subscribe with project_ids"};
        co_await client.close(reason);
        co_return;
      }
      by->subscribe({heard->project_ids.begin(), heard->project_ids.end()});
    }
  }

  services& with_;
  watch_facts who_;
  std::set<base::uuid> projects_;
  std::shared_ptr<feed> feed_;
  bool is_stopping_ = false;
};

}  // namespace

std::shared_ptr<server::connection_taker> make_web_socket(services& with, watch_facts who,
                                                          std::set<base::uuid> projects) {
  return std::make_shared<taker>(with, std::move(who), std::move(projects));
}

}  // namespace pulse::http::live
