#include "http/live/event_stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/write.hpp>

namespace pulse::http::live {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// A peer that acknowledges nothing for this long is gone. Server-sent events have no pong to wait for.
constexpr unsigned unacknowledged_ms_max = 60'000;

class event_stream final : public watcher {
 public:
  using watcher::watcher;

 private:
  asio::awaitable<bool> open(server::taken_request taken) override {
    ::setsockopt(client().next_layer().native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms_max,
                 sizeof unacknowledged_ms_max);
    co_return taken.early.empty();
  }

  /// The client has nothing to send, so any byte ends the stream, like closing.
  void listen() override {
    client().async_read_some(asio::buffer(said_), [by = self<event_stream>()](error_code, std::size_t) { by->lose(); });
  }

  text render(const note& from) const override { return to_server_sent(from); }
  text render(const std::vector<frame>& events) const override { return to_server_sent(events); }

  void send(text what) override {
    const auto bytes = asio::buffer(*what);
    asio::async_write(client(), bytes,
                      [by = self<event_stream>(), what = std::move(what)](error_code failure, std::size_t) {
                        by->on_sent(!failure);
                      });
  }

  void leave(actors::watch_end why) override {
    const bool may_return = why != actors::watch_end::access_lost;
    auto what = std::make_shared<const std::string>(std::string{"event: end\ndata: {\"type\":\"end\",\"reason\":\""} +
                                                    (may_return ? "connect_again" : "signed_out") + "\"}\n\n");
    const auto bytes = asio::buffer(*what);
    asio::async_write(client(), bytes,
                      [by = self<event_stream>(), what = std::move(what)](error_code, std::size_t) { by->finish(); });
  }

  std::array<char, 16> said_{};
};

}  // namespace

std::shared_ptr<server::connection_taker> make_event_stream(services& services, watch_facts who,
                                                            std::set<base::uuid> projects) {
  return std::make_shared<event_stream>(services, std::move(who), std::move(projects));
}

}  // namespace pulse::http::live
