#include "http/bridges/confirming_loop.hpp"

#include <fcntl.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

namespace pulse::http {

namespace {

/// A connection that answered more recently than this is reused without a check.
constexpr std::chrono::milliseconds surely_alive_for{1};

}  // namespace

boost::asio::execution_context::id confirming_loop::id;

confirming_loop::confirming_loop(boost::asio::execution_context& of)
    : service(of), loop_(static_cast<boost::asio::io_context&>(of)), deadline_(loop_) {}

void confirming_loop::shutdown() noexcept {
  if (connecting_.joinable()) connecting_.join();
  readable_.reset();
  connection_.reset();
  // The waiting coroutines are destroyed with the loop, so their callbacks are not called.
  under_way_.clear();
  waiting_.clear();
}

bool confirming_loop::ask(const confirmer::options& how, const persistence::standing_claim& claim, answered done) {
  if (!is_ready()) {
    connect(how);
    return false;
  }
  if (waiting_.size() >= waiting_max) return false;
  waiting_.push_back({claim, std::move(done)});
  if (under_way_.empty()) send();
  return true;
}

bool confirming_loop::is_ready() {
  if (!connection_) return false;
  if (!under_way_.empty() || clock::now() - answered_at_ < surely_alive_for || connection_->is_alive()) return true;
  give_up();
  return false;
}

void confirming_loop::connect(const confirmer::options& how) {
  if (is_connecting_ || clock::now() < next_try_) return;
  if (connecting_.joinable()) connecting_.join();  // it has reported its end
  next_try_ = clock::now() + connect_pause;
  try {
    connecting_ = std::thread{[this, how] {
      auto made = confirmer::connect(how);
      if (made.has_error()) spdlog::debug("{}", made.error().detail);
      auto connection = made.has_value() ? std::move(*made) : nullptr;
      boost::asio::post(loop_, [this, connection = std::move(connection)]() mutable { adopt(std::move(connection)); });
    }};
    is_connecting_ = true;
  } catch (const std::system_error& refused) {
    spdlog::warn("There is no thread to connect to PostgreSQL with: {}", refused.what());
  }
}

void confirming_loop::adopt(std::unique_ptr<confirmer> made) {
  is_connecting_ = false;
  next_try_ = clock::now() + connect_pause;
  if (!made) return;
  // Asio closes the descriptor that it watches, so it gets its own copy.
  const int watched = ::fcntl(made->socket(), F_DUPFD_CLOEXEC, 0);
  if (watched < 0) return;
  readable_.emplace(loop_, watched);
  connection_ = std::move(made);
  answered_at_ = {};
}

void confirming_loop::send() {
  const auto count = std::min(waiting_.size(), confirmer::claims_max);
  claims_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    claims_.push_back(waiting_.front().claim);
    under_way_.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  if (!connection_->ask(claims_)) return give_up();
  read();
  watch();
}

void confirming_loop::read() {
  readable_->async_wait(boost::asio::posix::descriptor_base::wait_read,
                        [this](const boost::system::error_code& failed) {
                          if (!failed) on_readable();
                        });
}

void confirming_loop::on_readable() {
  if (!connection_ || under_way_.empty()) return;
  switch (connection_->receive(holds_)) {
    case confirmer::progress::waiting: return read();
    case confirmer::progress::broken: return give_up();
    case confirmer::progress::answered: break;
  }
  answered_at_ = clock::now();
  deadline_.cancel();
  const auto done = std::exchange(under_way_, {});
  if (!waiting_.empty()) send();
  for (std::size_t i = 0; i < done.size(); ++i) done[i].done(holds_[i]);
}

void confirming_loop::watch() {
  deadline_.expires_after(answer_max);
  deadline_.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled && !under_way_.empty() && clock::now() >= deadline_.expiry()) give_up();
  });
}

void confirming_loop::give_up() {
  deadline_.cancel();
  readable_.reset();
  connection_.reset();
  auto done = std::exchange(under_way_, {});
  for (auto& each : std::exchange(waiting_, {})) done.push_back(std::move(each));
  for (const auto& each : done) each.done(std::nullopt);
}

}  // namespace pulse::http
