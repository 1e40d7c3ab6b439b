#include "http/live/web_socket.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "base/json.hpp"

namespace pulse::http::live {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

/// The message of a client: the projects whose events it wants. An empty list means all.
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
    case actors::watch_end::restored: return {websocket::close_code::service_restart, "reload everything"};
    case actors::watch_end::stopping: return {websocket::close_code::service_restart, "connect again"};
  }
  return {websocket::close_code::normal, ""};
}

/// The request as Beast's type. Our parser, which is stricter, has accepted it.
beast::http::request<beast::http::empty_body> to_beast(const server::request& request) {
  beast::http::request<beast::http::empty_body> made{beast::http::verb::get, request.target, 11};
  for (const auto& each : request.headers) made.insert(each.name, each.value);
  return made;
}

/// Limits a client's messages within a minute.
class talk_limit {
 public:
  explicit talk_limit(int most) : most_(most) {}

  bool allows() {
    const auto now = deck::clock::now();
    if (now - since_ > std::chrono::minutes{1}) {
      since_ = now;
      count_ = 0;
    }
    return ++count_ <= most_;
  }

 private:
  int most_;
  deck::clock::time_point since_{};
  int count_ = 0;
};

class web_socket final : public watcher {
 public:
  web_socket(services& services, watch_facts who, std::set<base::uuid> projects, const web_socket_limits& limits)
      : watcher(services, std::move(who), std::move(projects)), idle_timeout_(limits.idle_timeout) {}

 private:
  /// Beast itself answers errors of the upgrade.
  asio::awaitable<bool> open(server::taken_request taken) override {
    if (!taken.early.empty()) co_return false;  // no bytes may precede the answer to the handshake
    stream_.emplace(client());
    websocket::stream_base::timeout limits{};
    limits.handshake_timeout = handshake_timeout;
    limits.idle_timeout =
        websocket::stream_base::none();  // `look_after` does this without one timer for each connection
    stream_->set_option(limits);
    stream_->set_option(websocket::stream_base::decorator(
        [](websocket::response_type& answer) { answer.set(beast::http::field::server, "pulse"); }));
    stream_->read_message_max(client_message_bytes_max);
    stream_->auto_fragment(false);
    const auto upgrade = to_beast(taken.request);
    error_code failure;
    co_await stream_->async_accept(upgrade, asio::redirect_error(asio::use_awaitable, failure));
    stream_->text(true);
    co_return !failure;
  }

  void listen() override {
    hear();
    stream_->control_callback([this](websocket::frame_type, beast::string_view) { on_control(); });
    read_on();
  }

  /// Called inside Beast's read, which must not be cut there.
  void on_control() {
    hear();
    if (!controls_.allows()) asio::post(client().get_executor(), [by = self<web_socket>()] { by->lose(); });
  }

  /// Reads into a small buffer; a message gets its own buffer only while it arrives.
  void read_on() {
    stream_->async_read_some(asio::buffer(room_), [by = self<web_socket>()](error_code failure, std::size_t count) {
      by->on_read(failure, count);
    });
  }

  void on_read(error_code failure, std::size_t count) {
    if (failure) return lose();
    hear();
    said_.append(room_.data(), count);
    if (stream_->is_message_done() && !take(std::exchange(said_, {}))) return refuse();
    read_on();
  }

  /// Whether a client may send this.
  bool take(const std::string& said) {
    const auto heard = stream_->got_text() ? base::json::read<subscription>(said) : base::json::read<subscription>("");
    const bool is_good =
        talk_.allows() && heard && heard->type == "subscribe" && heard->project_ids.size() <= projects_max;
    if (is_good) waiting().subscribe({heard->project_ids.begin(), heard->project_ids.end()});
    return is_good;
  }

  void refuse() { close({websocket::close_code::policy_error, "say subscribe with project_ids"}); }

  void hear() {
    heard_at_ = clock::now();
    is_pinged_ = false;
  }

  /// After half of the time a ping is sent; if the other half passes in silence, the connection ends.
  void look_after(clock::time_point now) override {
    const auto silence = now - heard_at_;
    if (silence >= idle_timeout_) return lose();
    if (is_closing_ || silence < idle_timeout_ / 2 || std::exchange(is_pinged_, true)) return;
    stream_->async_ping({}, [by = self<web_socket>()](error_code) {});
  }

  text render(const note& from) const override { return to_message(from); }
  text render(const std::vector<frame>& events) const override { return to_message(events); }

  void send(text what) override {
    const auto bytes = asio::buffer(*what);
    stream_->async_write(bytes, [by = self<web_socket>(), what = std::move(what)](error_code failure, std::size_t) {
      by->on_sent(!failure);
    });
  }

  void leave(actors::watch_end why) override { close(reason_of(why)); }

  void close(const websocket::close_reason& reason) {
    if (std::exchange(is_closing_, true)) return;
    fall_silent();
    stream_->async_close(reason, [by = self<web_socket>()](error_code) { by->finish(); });
  }

  std::optional<websocket::stream<server::client_stream&>> stream_;
  std::array<char, 64> room_{};
  std::string said_;
  talk_limit talk_{client_messages_a_minute_max};
  talk_limit controls_{client_controls_a_minute_max};
  std::chrono::milliseconds idle_timeout_;
  clock::time_point heard_at_{};
  bool is_pinged_ = false;
  bool is_closing_ = false;
};

}  // namespace

std::shared_ptr<server::connection_taker> make_web_socket(services& services, watch_facts who,
                                                          std::set<base::uuid> projects,
                                                          const web_socket_limits& limits) {
  return std::make_shared<web_socket>(services, std::move(who), std::move(projects), limits);
}

}  // namespace pulse::http::live
