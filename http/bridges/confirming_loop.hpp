// The connection on which an event loop confirms standings.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "persistence/people/standing_confirmer.hpp"

namespace pulse::http {

/// A service of a single-threaded io_context, made with the first question; call it on that thread only. It has no
/// pending work while nobody waits, so that the loop can end.
class confirming_loop final : public boost::asio::execution_context::service {
 public:
  using key_type = confirming_loop;
  static boost::asio::execution_context::id id;

  /// Whether the claim holds; none: unknown, ask elsewhere.
  using answered = std::function<void(std::optional<bool>)>;

  explicit confirming_loop(boost::asio::execution_context& of);

  /// False without a connection, or if too many wait: `done` is not called, and a connection is made in background.
  bool ask(const persistence::standing_confirmer::options& how, const persistence::standing_claim& claim,
           answered done);

  /// Claims that may wait for the next query.
  static constexpr std::size_t waiting_max = 4'096;
  /// How long an answer may take before the connection is given up.
  static constexpr std::chrono::seconds answer_max{3};
  /// The pause between two attempts to connect.
  static constexpr std::chrono::milliseconds connect_pause{500};

 private:
  using clock = std::chrono::steady_clock;
  using confirmer = persistence::standing_confirmer;
  using executor = boost::asio::io_context::executor_type;
  using timer = boost::asio::basic_waitable_timer<clock, boost::asio::wait_traits<clock>, executor>;
  struct waiting {
    persistence::standing_claim claim;
    answered done;
  };

  void shutdown() noexcept override;
  void connect(const confirmer::options& how);
  void adopt(std::unique_ptr<confirmer> made);
  bool is_ready();
  void send();
  void read();
  void on_readable();
  void watch();
  /// Gives the connection up: all waiting callers ask elsewhere.
  void give_up();

  boost::asio::io_context& loop_;
  std::unique_ptr<confirmer> connection_;
  std::optional<boost::asio::posix::basic_stream_descriptor<executor>> readable_;
  timer deadline_;
  std::deque<waiting> waiting_;
  std::vector<waiting> under_way_;  // empty: the connection is idle
  std::vector<persistence::standing_claim> claims_;
  std::vector<bool> holds_;
  clock::time_point answered_at_;
  clock::time_point next_try_;
  bool is_connecting_ = false;
  std::thread connecting_;
};

}  // namespace pulse::http
