#include "http/server/server.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/asio/ip/address.hpp>
#include <spdlog/spdlog.h>

#include "http/server/worker.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Several threads share a port by SO_REUSEPORT, and with it any other process of this user could share it too,
/// silently. A socket without that option finds out whether the port is taken.
std::string problem_with(const tcp::endpoint& at) {
  asio::io_context loop;
  tcp::acceptor probe{loop};
  boost::system::error_code failure;
  probe.open(at.protocol(), failure);
  if (!failure) probe.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure) probe.bind(at, failure);
  if (!failure) probe.listen(1, failure);
  if (!failure) return {};
  return "Cannot listen on " + at.address().to_string() + " port " + std::to_string(at.port()) + ": " +
         failure.message() + ".";
}

}  // namespace

class server::impl {
 public:
  impl(options settings, handler answer, refusal refuse, std::function<void(const observation&)> observe)
      : shared_{std::move(settings), std::move(answer), std::move(refuse), std::move(observe)} {}

  std::string start() {
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(shared_.settings.address, failure);
    if (failure) return "'" + shared_.settings.address + "' is not an IP address to listen on.";
    tcp::endpoint at{address, shared_.settings.port};
    const auto count = std::max(1U, shared_.settings.threads);
    if (count > 1 && at.port() != 0) {
      if (auto problem = problem_with(at); !problem.empty()) return problem;
    }
    for (unsigned i = 0; i < count; ++i) {
      auto& added = workers_.emplace_back(std::make_unique<worker>(shared_));
      if (auto problem = added->listen(at, count > 1); !problem.empty()) {
        workers_.clear();
        return problem;
      }
      at = added->local_endpoint();
    }
    port_ = at.port();
    running_ = count;
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
        spdlog::warn("The HTTP server cuts connections that are still busy: {}", shared_.connections.load());
    }
    for (auto& each : workers_) each->abandon();
    for (auto& each : threads_) each.join();
    for (auto& each : workers_) each->cut_sessions();
  }

  bool stopping() const { return shared_.stopping; }

 private:
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
