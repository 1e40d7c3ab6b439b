#include "http/server/server.hpp"

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <spdlog/spdlog.h>

#include "http/server/tls.hpp"
#include "http/server/worker.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::string_view unix_prefix = "unix:";

std::string cannot_listen(const std::string& address, std::uint16_t port, const boost::system::error_code& why) {
  const auto at = address.starts_with(unix_prefix) ? address : address + " port " + std::to_string(port);
  return "Cannot listen on " + at + ": " + why.message() + ".";
}

/// Several threads share a port by SO_REUSEPORT, and with it any other process of this user could share it too,
/// silently. A socket without that option finds out whether the port is taken.
boost::system::error_code problem_with(const tcp::endpoint& at) {
  asio::io_context loop;
  tcp::acceptor probe{loop};
  boost::system::error_code failure;
  probe.open(at.protocol(), failure);
  if (!failure) probe.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure) probe.bind(at, failure);
  if (!failure) probe.listen(1, failure);
  return failure;
}

/// Removes the socket that a process has left behind which did not end in order; not one that somebody listens to.
void remove_stale_socket(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
  asio::io_context loop;
  asio::local::stream_protocol::socket probe{loop};
  boost::system::error_code failure;
  probe.connect(asio::local::stream_protocol::endpoint{path}, failure);
  if (failure == asio::error::connection_refused) ::unlink(path.c_str());
}

}  // namespace

class server::impl {
 public:
  impl(options settings, handler answer, refusal refuse, std::function<void(const observation&)> observe)
      : shared_{std::move(settings), std::move(answer), std::move(refuse), std::move(observe)} {}

  std::string start() {
    if (shared_.settings.tls) {
      auto problem = make_tls(*shared_.settings.tls, shared_.tls);
      if (!problem.empty()) return problem;
    }
    auto problem = shared_.settings.address.starts_with(unix_prefix) ? listen_on_unix() : listen_on_tcp();
    if (!problem.empty()) {
      workers_.clear();
      return problem;
    }
    running_ = thread_count();
    for (auto& each : workers_) threads_.emplace_back([this, io = each.get()] { serve(*io); });
    return {};
  }

  std::uint16_t port() const { return port_; }

  void stop() {
    if (shared_.stopping.exchange(true)) return;
    for (auto& each : workers_) each->begin_stop();
    {
      std::unique_lock lock(mutex_);
      const bool in_time =
          ended_.wait_for(lock, shared_.settings.limits.stop_timeout, [this] { return running_ == 0; });
      if (!in_time)
        spdlog::warn("The HTTP server cuts connections that are still busy: {}", shared_.connections.held());
    }
    for (auto& each : workers_) each->abandon();
    for (auto& each : threads_) each.join();
    for (auto& each : workers_) each->cut_sessions();
    if (!socket_path_.empty()) ::unlink(socket_path_.c_str());
  }

  bool stopping() const { return shared_.stopping; }

 private:
  unsigned thread_count() const { return std::max(1U, shared_.settings.threads); }

  std::string listen_on_tcp() {
    const auto& settings = shared_.settings;
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(settings.address, failure);
    if (failure) return "'" + settings.address + "' is not an IP address to listen on.";
    const bool shared_port = thread_count() > 1;
    tcp::endpoint at{address, settings.port};
    if (shared_port && at.port() != 0) failure = problem_with(at);
    for (unsigned i = 0; i < thread_count() && !failure; ++i) {
      auto& added = workers_.emplace_back(std::make_unique<worker>(shared_));
      failure = added->listen(at, shared_port);
      if (failure) break;
      const auto bound = added->local_endpoint();
      std::memcpy(at.data(), bound.data(), bound.size());  // where any port was asked for, all take the first one's
    }
    port_ = at.port();
    return failure ? cannot_listen(settings.address, settings.port, failure) : std::string{};
  }

  std::string listen_on_unix() {
    const auto path = shared_.settings.address.substr(unix_prefix.size());
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path))
      return "'" + path + "' is not a path for a socket.";
    remove_stale_socket(path);
    boost::system::error_code failure;
    for (unsigned i = 0; i < thread_count() && !failure; ++i) {
      auto& added = workers_.emplace_back(std::make_unique<worker>(shared_));
      failure = i == 0 ? added->listen(asio::local::stream_protocol::endpoint{path}, false)
                       : added->listen_with(*workers_.front());
    }
    if (failure) return cannot_listen(shared_.settings.address, 0, failure);
    socket_path_ = path;
    return {};
  }

  void serve(worker& io) {
    io.run();
    const std::lock_guard lock(mutex_);
    --running_;
    ended_.notify_all();
  }

  shared_state shared_;
  std::vector<std::unique_ptr<worker>> workers_;
  std::vector<std::thread> threads_;
  std::uint16_t port_ = 0;
  std::string socket_path_;
  std::mutex mutex_;
  std::condition_variable ended_;
  unsigned running_ = 0;
};

server::server(options settings, handler answer, refusal refuse, std::function<void(const observation&)> observe)
    : impl_(std::make_unique<impl>(std::move(settings), std::move(answer), std::move(refuse), std::move(observe))) {}

server::~server() { stop(); }

std::string server::start() { return impl_->start(); }
std::uint16_t server::port() const { return impl_->port(); }
void server::stop() { impl_->stop(); }
bool server::stopping() const { return impl_->stopping(); }

}  // namespace pulse::http::server
