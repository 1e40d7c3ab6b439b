// One connection: reads requests one after the other, has them answered, writes the answers. Everything here runs on
// the one io thread of the connection's worker, so there are no locks and no strands.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/intrusive/list.hpp>

#include "http/server/body_reader.hpp"
#include "http/server/chunked_body.hpp"
#include "http/server/client_address.hpp"
#include "http/server/client_stream.hpp"
#include "http/server/fair_share.hpp"
#include "http/server/head_parser.hpp"
#include "http/server/read_buffer.hpp"
#include "http/server/request_id.hpp"
#include "http/server/response_writer.hpp"
#include "http/server/server.hpp"
#include "http/server/takeover.hpp"

namespace pulse::http::server {

/// Connections beyond the limit that may wait for their refusal to arrive; further ones are closed without a word.
inline constexpr std::size_t refused_connections_max = 64;

/// Of a body a connection keeps so much memory for the next one.
inline constexpr std::size_t body_capacity_kept_bytes = 4 * 1024;

/// What all threads of a server share. Immutable but for the atomics.
struct shared_state {
  options settings;
  handler answer;
  server::refusal refuse;
  std::function<void(const observation&)> observe;
  std::optional<boost::asio::ssl::context> tls{};  // since the start, when the settings name a certificate
  cors_policy cors{settings.cors_origins, settings.open_paths};
  std::atomic<bool> stopping{false};
  fair_share connections{settings.limits.connections, settings.limits.connections_assured};
  fair_share memory{settings.limits.memory_bytes, settings.limits.memory_bytes_assured};
  std::atomic<std::size_t> refused_connections{0};
};

/// Who has connected, and whether there is a place.
struct arrival {
  std::optional<base::ip_address> peer;  // nothing: over a unix socket
  std::string network;                   // what its connections are counted by; empty: a trusted proxy
  fair_share::answer place = fair_share::answer::granted;
};

/// Connections that have left HTTP.
using taken_connections = boost::intrusive::list<connection_taker, boost::intrusive::constant_time_size<false>>;

/// What a worker lends to the sessions on its thread. Outlives them.
struct session_context {
  shared_state& shared;
  response_writer writer;
  request_id_source ids;
  taken_connections taken{};
};

class session : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>,
                private body_reader {
 public:
  using clock = std::chrono::steady_clock;

  /// Owns the place that `from` was granted.
  session(stream_socket socket, arrival from, session_context& context);
  ~session() override;
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  /// The whole life of the connection. Throws nothing.
  boost::asio::awaitable<void> run();

  /// Called now and then by the worker: ends the read or write under way when its deadline has passed.
  void check_deadline(clock::time_point now);

  /// The server stops: ends the connection if no request is on it.
  void on_stop();

  /// Closes the connection as it stands. Also callable when the io thread has ended.
  void cut();

 private:
  enum class phase : std::uint8_t { waiting, header, body, answering, writing, lingering };
  enum class read_result : std::uint8_t { ready, refused, gone };
  enum class stream_state : std::uint8_t { none, open, ended, refused, gone };

  /// Of a body that its handler reads.
  struct streaming {
    stream_state state = stream_state::none;
    std::uint64_t bytes_max = 0;
    clock::duration time_left{};  // to wait for the rest of the unit that has begun
    std::uint64_t taken = 0;
    std::size_t of_unit = 0;
    bool is_invited = false;
  };

  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<read_result> receive_head();
  boost::asio::awaitable<read_result> receive_body(std::size_t bytes_max);
  boost::asio::awaitable<bool> invite_body();
  boost::asio::awaitable<read_result> receive_sized_body();
  boost::asio::awaitable<read_result> receive_chunked_body(std::size_t bytes_max);
  read_result begin_stream(std::uint64_t bytes_max);
  bool end_stream();
  boost::asio::awaitable<std::optional<std::string_view>> next() override;
  boost::asio::awaitable<std::optional<std::string_view>> next_of_sized();
  boost::asio::awaitable<std::optional<std::string_view>> next_of_chunks();
  boost::asio::awaitable<std::size_t> receive_piece(std::span<char> room);
  std::optional<std::string_view> fail_stream(const parse_refusal& why);
  std::optional<std::string_view> lose_stream();
  boost::asio::awaitable<response> answer_request();
  boost::asio::awaitable<bool> send(const exchange& context, response& answer);
  template <class Buffers>
  boost::asio::awaitable<bool> send_bytes(Buffers bytes, std::size_t units);
  boost::asio::awaitable<void> hand_over(response& answer);
  boost::asio::awaitable<bool> send_parts(const response& from);
  boost::asio::awaitable<void> refuse();
  boost::asio::awaitable<void> linger();

  void enter(phase next, clock::duration timeout);
  read_result give_up(const parse_refusal& why);
  read_result give_up_waiting();
  void take_request();
  void find_client();
  body_permit ask_before_body() const;
  bool skip_body();
  bool may_hold(std::size_t body_bytes);
  void release_memory();
  void observe(verb method, int status, bool refused);

  std::unique_ptr<client_stream> client_;  // null when another has it
  session_context& context_;
  shared_state& shared_;
  const limits& limits_;
  const arrival from_;
  fair_share::place place_;
  fair_share::claim memory_;

  phase phase_ = phase::waiting;
  clock::time_point deadline_ = clock::time_point::max();
  bool expired_ = false;

  read_buffer buffer_;
  accepted_head head_;
  std::size_t head_bytes_ = 0;
  chunked_decoder chunks_;
  streaming stream_;
  std::string piece_;  // of a body that its handler reads
  request request_;
  bool request_is_known_ = false;  // whether `request_` is the one being refused
  parse_refusal refusal_;
};

}  // namespace pulse::http::server
