#include "http/server/worker.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "base/time.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

/// Accepting fails when the process is out of descriptors; trying again at once would only burn the processor.
constexpr milliseconds accept_pause{100};

/// Lets the acceptors of several threads listen on one port; the kernel spreads the connections.
void share_port(int descriptor, error_code& failure) {
  const int on = 1;
  if (::setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
    failure = error_code(errno, boost::system::system_category());
  }
}

/// The address of a connection's other end; nothing for unix sockets.
std::optional<base::ip_address> peer_of(const worker::endpoint& at) {
  if (at.protocol().family() == AF_UNIX) return std::nullopt;
  asio::ip::tcp::endpoint known;
  known.resize(at.size());
  std::memcpy(known.data(), at.data(), at.size());
  const auto text = known.address().to_string();
  return base::ip_address::parse(std::string_view{text}.substr(0, text.find('%')));
}

/// Often enough that a time-out is at most an eighth late, and the `date` header at most a quarter of a second old.
milliseconds watch_interval_for(const limits& limits) {
  const auto shortest =
      std::min({limits.header_timeout, limits.body_timeout, limits.idle_timeout, limits.write_timeout});
  return std::clamp(shortest / 8, milliseconds{5}, milliseconds{250});
}

}  // namespace

worker::worker(shared_state& shared)
    : shared_(shared),
      context_{shared,
               response_writer{shared.settings.server_name, shared.cors, shared.settings.common_headers,
                               base::system_clock{}.now()},
               {}},
      watch_interval_(watch_interval_for(shared.settings.limits)) {}

error_code worker::listen(const endpoint& at, bool shared_port) {
  error_code failure;
  acceptor_.open(at.protocol(), failure);
  const bool is_tcp = at.protocol().family() != AF_UNIX;
  if (!failure && is_tcp) acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure && shared_port) share_port(acceptor_.native_handle(), failure);
  if (!failure) acceptor_.bind(at, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  return failure;
}

error_code worker::listen_with(worker& other) {
  const int same = ::fcntl(other.acceptor_.native_handle(), F_DUPFD_CLOEXEC, 0);
  if (same < 0) return {errno, boost::system::system_category()};
  error_code failure;
  acceptor_.assign(other.local_endpoint().protocol(), same, failure);
  return failure;
}

worker::endpoint worker::local_endpoint() const {
  error_code ignored;
  return acceptor_.local_endpoint(ignored);
}

void worker::run() {
  asio::co_spawn(loop_, accept_connections(), asio::detached);
  asio::co_spawn(loop_, watch_deadlines(), asio::detached);
  for (;;) {
    try {
      loop_.run();
      return;
    } catch (const std::exception& failure) {
      spdlog::error("An exception reached the event loop of the HTTP server: {}", failure.what());
    }
  }
}

void worker::begin_stop() {
  asio::post(loop_, [this] {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    watch_timer_.cancel();
    for (auto& each : sessions_) each.on_stop();
    for (auto& each : context_.taken) each.on_stop();
  });
}

void worker::abandon() { loop_.stop(); }

void worker::cut_sessions() {
  for (auto& each : sessions_) each.cut();
  for (auto& each : context_.taken) each.cut();
}

asio::awaitable<void> worker::accept_connections() {
  bool complained = false;
  while (!stopping_) {
    error_code failure;
    auto socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failure));
    if (stopping_) co_return;
    if (!failure) {
      complained = false;
      adopt(std::move(socket));
      continue;
    }
    if (failure == asio::error::connection_aborted) continue;
    if (!complained) spdlog::warn("The HTTP server cannot accept connections for now: {}", failure.message());
    complained = true;
    accept_pause_.expires_after(accept_pause);
    co_await accept_pause_.async_wait(asio::redirect_error(asio::use_awaitable, failure));
  }
}

void worker::adopt(stream_socket socket) {
  error_code failure;
  const auto at = socket.remote_endpoint(failure);
  if (failure) return;  // gone already
  try {
    arrival from;
    from.peer = peer_of(at);
    if (!is_trusted(from.peer, shared_.settings.trusted_proxies)) from.network = from.peer->network();
    from.place = shared_.connections.take(from.network, 1);
    if (from.place != fair_share::answer::granted &&
        shared_.refused_connections.fetch_add(1) >= refused_connections_max) {
      shared_.refused_connections.fetch_sub(1);
      return;
    }
    auto made = std::make_shared<session>(std::move(socket), std::move(from), context_);
    auto& added = *made;
    sessions_.push_back(added);
    asio::co_spawn(loop_, added.run(), [this, made = std::move(made)](const std::exception_ptr&) {
      made->unlink();
      if (stopping_ && sessions_.empty()) watch_timer_.cancel();
    });
  } catch (const std::exception& thrown) {  // out of memory for one connection must not end the accepting of others
    spdlog::error("A connection could not be served: {}", thrown.what());
  }
}

asio::awaitable<void> worker::watch_deadlines() {
  while (!stopping_ || !sessions_.empty()) {
    context_.writer.set_date(base::system_clock{}.now());
    const auto now = session::clock::now();
    for (auto& each : sessions_) each.check_deadline(now);
    error_code ignored;
    watch_timer_.expires_after(watch_interval_);
    co_await watch_timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

}  // namespace pulse::http::server
