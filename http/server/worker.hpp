// One io thread: an event loop, a listening socket and the sessions that it accepted.
#pragma once

#include <chrono>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>

#include "http/server/session.hpp"

namespace pulse::http::server {

/// Made, and destroyed, by the server's thread; `run` is the io thread's. Deadlines of sessions are watched by one
/// timer that looks at all of them now and then, because arming a timer for every read and write costs more than the
/// reads.
class worker {
 public:
  explicit worker(shared_state& shared);

  using endpoint = boost::asio::generic::stream_protocol::endpoint;

  /// Binds and listens, before `run`. Why not, if so.
  boost::system::error_code listen(const endpoint& at, bool shared_port);

  /// Takes from the queue of connections that `other` listens to: what unix sockets have in the place of a shared port.
  boost::system::error_code listen_with(worker& other);

  endpoint local_endpoint() const;

  /// Serves until it is stopped and the last session has ended, or until `abandon`.
  void run();

  /// Begins to stop: no more connections, idle ones end, busy ones after their answer. From any thread.
  void begin_stop();

  /// Makes `run` return with sessions still open. From any thread.
  void abandon();

  /// Closes what `abandon` left open. After `run` has returned.
  void cut_sessions();

 private:
  using executor = boost::asio::io_context::executor_type;
  using stream_acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, executor>;
  using steady_timer =
      boost::asio::basic_waitable_timer<session::clock, boost::asio::wait_traits<session::clock>, executor>;

  boost::asio::awaitable<void> accept_connections();
  boost::asio::awaitable<void> watch_deadlines();
  void adopt(stream_socket socket);

  shared_state& shared_;
  session_context context_;
  boost::intrusive::list<session, boost::intrusive::constant_time_size<false>> sessions_;
  bool stopping_ = false;
  std::chrono::milliseconds watch_interval_;
  // Below this line everything is destroyed before the above: the loop owns the sessions that are left.
  boost::asio::io_context loop_{1};
  stream_acceptor acceptor_{loop_};
  steady_timer watch_timer_{loop_};
  steady_timer accept_pause_{loop_};
};

}  // namespace pulse::http::server
