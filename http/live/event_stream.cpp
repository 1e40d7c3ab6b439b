#include "http/live/event_stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/json.hpp"

namespace pulse::http::live {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// A peer that acknowledges nothing for so long is gone: there is no pong to wait for here.
constexpr unsigned unacknowledged_ms_max = 60'000;
/// How soon a client comes again when the connection ended.
constexpr std::string_view retry_line = "retry: 2000\n";

class connection final : public transport {
 public:
  explicit connection(server::client_stream& on) : client_(on) {
    ::setsockopt(on.next_layer().native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms_max,
                 sizeof unacknowledged_ms_max);
  }

  asio::awaitable<bool> send(const note& message) override {
    std::string text = message.type == "hello" ? std::string{retry_line} : std::string{};
    text += "event: " + message.type + "\ndata: " + base::json::to_json(message) + "\n\n";
    error_code failure;
    co_await asio::async_write(client_, asio::buffer(text), asio::redirect_error(asio::use_awaitable, failure));
    co_return !failure;
  }

  asio::awaitable<bool> send(const std::vector<frame>& events) override {
    static constexpr std::string_view id = "id: ";
    static constexpr std::string_view data = "\nevent: event\ndata: ";
    static constexpr std::string_view end = "\n\n";
    std::vector<asio::const_buffer> pieces;
    pieces.reserve(events.size() * 5);
    for (const auto& each : events) {
      pieces.push_back(asio::buffer(id));
      pieces.push_back(asio::buffer(each->cursor));
      pieces.push_back(asio::buffer(data));
      pieces.push_back(asio::buffer(each->json));
      pieces.push_back(asio::buffer(end));
    }
    error_code failure;
    co_await asio::async_write(client_, pieces, asio::redirect_error(asio::use_awaitable, failure));
    co_return !failure;
  }

  asio::awaitable<void> leave(actors::watch_end why) override {
    const bool may_return = why != actors::watch_end::access_lost;
    const std::string text = std::string{"event: end\ndata: {\"type\":\"end\",\"reason\":\""} +
                             (may_return ? "connect_again" : "signed_out") + "\"}\n\n";
    error_code ignored;
    co_await asio::async_write(client_, asio::buffer(text), asio::redirect_error(asio::use_awaitable, ignored));
  }

  /// Returns when the client is gone. It has nothing to say, so saying something ends it too.
  asio::awaitable<void> wait_for_end() {
    std::array<char, 64> said;
    error_code ended;
    co_await client_.async_read_some(asio::buffer(said), asio::redirect_error(asio::use_awaitable, ended));
  }

 private:
  server::client_stream& client_;
};

class taker final : public server::connection_taker {
 public:
  taker(services& with, watch_facts who, std::set<base::uuid> projects)
      : with_(with), who_(std::move(who)), projects_(std::move(projects)) {}

  asio::awaitable<void> run(server::taken_connection on) override {
    if (!on.early.empty() || is_stopping_) co_return;
    auto& socket = on.client.next_layer();
    connection client{on.client};
    auto drop = [&socket] {
      error_code ignored;
      socket.close(ignored);
    };
    feed_ = std::make_shared<feed>(socket.get_executor(), feed_limits{}, std::move(drop));
    feed_->subscribe(std::move(projects_));
    bool is_reading = true;
    asio::co_spawn(socket.get_executor(), client.wait_for_end(), [&is_reading, by = feed_](const std::exception_ptr&) {
      is_reading = false;
      by->close();
    });
    co_await watch(with_, who_, feed_, client);
    feed_->close();
    error_code ignored;
    socket.close(ignored);
    while (is_reading) co_await feed_->wait(feed::clock::now() + std::chrono::seconds{1});
  }

  void on_stop() override {
    is_stopping_ = true;
    if (feed_) feed_->end(actors::watch_end::stopping);
  }

 private:
  services& with_;
  watch_facts who_;
  std::set<base::uuid> projects_;
  std::shared_ptr<feed> feed_;
  bool is_stopping_ = false;
};

}  // namespace

std::shared_ptr<server::connection_taker> make_event_stream(services& with, watch_facts who,
                                                            std::set<base::uuid> projects) {
  return std::make_shared<taker>(with, std::move(who), std::move(projects));
}

}  // namespace pulse::http::live
