#include "http/server/session.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory_resource>
#include <sstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream_base.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <spdlog/spdlog.h>

#include "http/server/refusals.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

/// After a refusal the client may still be sending; closing at once would reset the connection and lose the answer
/// (RFC 9112 §9.6). So much is read and dropped.
constexpr std::chrono::seconds linger_timeout{2};
constexpr std::size_t linger_bytes_max = 16 * 1024 * 1024;

/// What a client does not read waits with us, where it is counted, and not in megabytes of the kernel's.
constexpr int unsent_bytes_in_kernel = 64 * 1024;
constexpr std::size_t write_timeout_unit_bytes = 1024 * 1024;

/// The headers of an ordinary answer fit; more is allocated.
constexpr std::size_t head_bytes_usual = 2 * 1024;

asio::mutable_buffer as_buffer(std::span<char> bytes) { return {bytes.data(), bytes.size()}; }

/// Of a connection that another has taken over.
void complain_of(const std::exception_ptr& failure, std::string_view request_id) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& thrown) {
    spdlog::error("A connection ended by an exception: {} (request={})", thrown.what(), request_id);
  }
}

}  // namespace

session::session(stream_socket socket, arrival from, session_context& context)
    : client_(std::make_unique<client_stream>(std::move(socket), context.shared.tls ? &*context.shared.tls : nullptr)),
      context_(context),
      shared_(context.shared),
      limits_(shared_.settings.limits),
      from_(std::move(from)),
      place_(from_.place == fair_share::answer::granted ? fair_share::place{shared_.connections, from_.network}
                                                        : fair_share::place{}),
      memory_(shared_.memory, from_.network) {
  request_.remote_address = from_.peer ? from_.peer->to_string() : unix_peer;
  request_.received_at = clock::now();
  error_code ignored;
  auto& below = client_->next_layer();
  below.non_blocking(true, ignored);
  below.set_option(asio::ip::tcp::no_delay(true), ignored);
  ::setsockopt(below.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent_bytes_in_kernel,
               sizeof unsent_bytes_in_kernel);
}

session::~session() {
  if (from_.place != fair_share::answer::granted) shared_.refused_connections.fetch_sub(1);
}

asio::awaitable<void> session::run() {
  try {
    co_await serve();
  } catch (const std::exception& failure) {
    spdlog::error("A connection ended by an exception: {} (request={} remote={})", failure.what(), request_.id,
                  request_.remote_address);
  }
  cut();
}

/// Of TLS; at once where there is none. It has the time of a header.
asio::awaitable<bool> session::shake_hands() {
  if (client_->tls() == nullptr) co_return true;
  enter(phase::waiting, limits_.header_timeout);
  error_code failure;
  co_await client_->tls()->async_handshake(asio::ssl::stream_base::server,
                                           asio::redirect_error(asio::use_awaitable, failure));
  co_return !failure && !expired_;
}

asio::awaitable<void> session::serve() {
  const bool is_greeted = co_await shake_hands();
  if (!is_greeted) co_return;
  if (from_.place != fair_share::answer::granted) {
    const bool used_up = from_.place == fair_share::answer::used_up;
    give_up(used_up ? too_many_connections : too_many_connections_from_network);
    co_await refuse();
    co_return;
  }
  enter(phase::waiting, limits_.idle_timeout);
  for (bool keep_alive = true; keep_alive;) {
    if (shared_.stopping && buffer_.empty()) co_return;
    request_is_known_ = false;
    stream_ = {};
    read_result received = co_await receive_head();
    std::optional<response> early;
    if (received == read_result::ready) {
      take_request();
      if (head_.content_length > 0 || head_.is_chunked) {
        auto permit = ask_before_body();
        early = std::move(permit.instead);
        if (!early && permit.is_streamed) {
          received = begin_stream(permit.bytes_max);
        } else if (!early) {
          received = co_await receive_body(permit.bytes_max);
        }
      }
    }
    if (received == read_result::gone) co_return;
    if (received == read_result::refused) {
      co_await refuse();
      co_return;
    }

    enter(phase::answering, clock::duration::max());
    bool body_is_past = !early || skip_body();
    response answer;
    if (early) {
      answer = std::move(*early);
    } else {
      answer = co_await answer_request();
    }
    body_is_past = end_stream() && body_is_past;
    if (stream_.state == stream_state::gone) co_return;
    if (stream_.state == stream_state::refused) {
      co_await refuse();
      co_return;
    }
    if (answer.taken_by && request_.method == verb::get) {
      co_await hand_over(answer);
      co_return;
    }

    const bool ends_with_body = answer.parts && !answer.parts_bytes && head_.http_1_0;
    keep_alive =
        head_.keep_alive && body_is_past && !answer.close && !answer.cut_after && !ends_with_body && !shared_.stopping;
    const exchange context{&request_, request_.id, head_.http_1_0, keep_alive};
    bool sent = co_await send(context, answer);
    if (sent && answer.parts && request_.method != verb::head) sent = co_await send_parts(answer);
    observe(request_.method, answer.status, false);
    release_memory();
    keep_alive = keep_alive && sent;
    // Bytes that nobody will read make the kernel reset the connection, and the client lose the answer. One of TLS is
    // told the end.
    if (!keep_alive && (!buffer_.empty() || !body_is_past || client_->tls() != nullptr)) co_await linger();
  }
}

/// Throws nothing: a handler that does is a 500.
asio::awaitable<response> session::answer_request() {
  if (shared_.cors.is_preflight(request_)) co_return shared_.cors.answer_preflight(request_);
  if (request_.path == "*") co_return answer_about_the_server();
  response answer;
  std::exception_ptr failure;
  try {
    answer = co_await shared_.answer(request_);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) answer = render_failure(shared_.refuse, failure, request_);
  co_return answer;
}

/// Sends an answer, of one in parts the header block; false when the connection is of no more use.
asio::awaitable<bool> session::send(const exchange& context, response& answer) {
  std::array<std::byte, head_bytes_usual> room;
  std::pmr::monotonic_buffer_resource memory{room.data(), room.size()};
  const auto out = context_.writer.write(context, answer, memory);
  const auto units = 1 + out.body().size() / write_timeout_unit_bytes;
  if (answer.cut_after) {
    std::ostringstream text;
    text << out;
    const auto torn = std::move(text).str().substr(0, *answer.cut_after);
    const bool sent = co_await send_bytes(asio::buffer(torn), units);
    co_return sent;
  }
  beast::http::serializer<false, outgoing_response::body_type, outgoing_fields> serializer{out};
  serializer.split(answer.parts != nullptr);
  const auto is_out = [&] { return serializer.split() ? serializer.is_header_done() : serializer.is_done(); };
  // Nearly every answer fits the socket's buffer: then one system call does it, and no trip through the event loop. TLS
  // writes its records whole or not at all, so they go the other way.
  error_code failure;
  if (client_->tls() == nullptr) beast::http::write_some(client_->next_layer(), serializer, failure);
  if (failure && failure != asio::error::would_block) co_return false;
  if (is_out()) co_return true;

  // What waits for a client to read is held as well; a client that lets too much wait loses its connection.
  const auto answer_bytes = head_bytes_usual + (answer.shared_body ? 0 : answer.body.size());
  if (memory_.hold(memory_.amount() + answer_bytes) != fair_share::answer::granted) {
    spdlog::info("Cut a connection that does not read: too many answers wait (request={} remote={})", request_.id,
                 request_.remote_address);
    co_return false;
  }
  enter(phase::writing, limits_.write_timeout * units);
  if (serializer.split()) {
    co_await beast::http::async_write_header(*client_, serializer, asio::redirect_error(asio::use_awaitable, failure));
  } else {
    co_await beast::http::async_write(*client_, serializer, asio::redirect_error(asio::use_awaitable, failure));
  }
  co_return !failure && !expired_;
}

template <class Buffers>
asio::awaitable<bool> session::send_bytes(Buffers bytes, std::size_t units) {
  enter(phase::writing, limits_.write_timeout * units);
  error_code failure;
  co_await asio::async_write(*client_, bytes, asio::redirect_error(asio::use_awaitable, failure));
  co_return !failure && !expired_;
}

/// Leaves the connection to whoever takes it over, and nothing of this session to either.
asio::awaitable<void> session::hand_over(response& answer) {
  auto taker = std::move(answer.taken_by);
  if (answer.status != 101) {
    const exchange context{&request_, request_.id, head_.http_1_0, false, true};
    const bool sent = co_await send(context, answer);
    if (!sent) co_return;
  }
  deadline_ = clock::time_point::max();
  const auto on = client_->get_executor();
  taker->own(std::move(client_), std::move(place_));
  context_.taken.push_back(*taker);
  if (shared_.stopping) taker->on_stop();
  auto id = request_.id;
  auto life = taker->run({std::move(request_), std::string{buffer_.readable()}});
  asio::co_spawn(on, std::move(life),
                 [taker = std::move(taker), id = std::move(id)](const std::exception_ptr& failure) {
                   if (failure) complain_of(failure, id);
                 });
}

/// Sends a body that is made meanwhile; false when the connection is of no more use. Each part has the time-out of a
/// write, and making one has none: whoever makes it has its own.
asio::awaitable<bool> session::send_parts(const response& from) {
  const bool is_chunked = !head_.http_1_0 && !from.parts_bytes;
  std::uint64_t count = 0;
  for (;;) {
    enter(phase::answering, clock::duration::max());
    std::string part;
    std::exception_ptr failure;
    try {
      part = co_await from.parts();
    } catch (...) {
      failure = std::current_exception();
    }
    if (failure) {
      render_failure(shared_.refuse, failure, request_);  // says it in the log; the client has its status already
      co_return false;
    }
    const bool is_end = part.empty();
    count += part.size();
    // More, or less, than was announced would be taken for something else.
    if (from.parts_bytes && (count > *from.parts_bytes || (is_end && count < *from.parts_bytes))) co_return false;
    if (is_end && !is_chunked) co_return true;
    const auto units = 1 + part.size() / write_timeout_unit_bytes;
    bool sent = false;
    if (!is_chunked) {
      sent = co_await send_bytes(asio::buffer(part), units);
    } else if (is_end) {
      sent = co_await send_bytes(beast::http::make_chunk_last(), units);
    } else {
      sent = co_await send_bytes(beast::http::make_chunk(asio::buffer(part)), units);
    }
    if (!sent || is_end) co_return sent;
  }
}

/// Answers what `give_up` noted, and ends the connection in a way that lets the client read the answer.
asio::awaitable<void> session::refuse() {
  if (!request_is_known_) {
    context_.ids.next(request_.id);
    request_.received_at = clock::now();
  }
  spdlog::info("Refused a request: {} (status={} request={} remote={})", refusal_.detail, refusal_.status, request_.id,
               request_.remote_address);
  auto answer = render_refusal(shared_.refuse, refusal_, request_.id);
  request_.body.clear();
  release_memory();  // not only when the client has read the answer
  const exchange context{request_is_known_ ? &request_ : nullptr, request_.id, false, false};
  const bool sent = co_await send(context, answer);
  observe(request_.method, answer.status, true);
  if (sent) co_await linger();
}

asio::awaitable<void> session::linger() {
  enter(phase::lingering, linger_timeout);
  error_code failure;
  if (client_->tls() != nullptr) {
    co_await client_->tls()->async_shutdown(asio::redirect_error(asio::use_awaitable, failure));
  }
  auto& socket = client_->next_layer();
  socket.shutdown(stream_socket::shutdown_send, failure);
  for (std::size_t dropped = 0; dropped < linger_bytes_max && !failure && !expired_;) {
    buffer_.clear();
    const auto room = as_buffer(buffer_.prepare());
    dropped += co_await socket.async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
  }
}

void session::enter(phase next, clock::duration timeout) {
  phase_ = next;
  deadline_ = timeout == clock::duration::max() ? clock::time_point::max() : clock::now() + timeout;
}

void session::check_deadline(clock::time_point now) {
  if (now < deadline_) return;
  deadline_ = clock::time_point::max();
  expired_ = true;
  // One write may be many operations, and the next one must fail, too.
  if (phase_ == phase::writing) return cut();
  error_code ignored;
  client_->next_layer().cancel(ignored);
}

void session::on_stop() {
  if (!client_) return;
  error_code ignored;
  const bool idle = phase_ == phase::waiting && buffer_.empty() && client_->next_layer().available(ignored) == 0;
  if (idle || phase_ == phase::lingering) check_deadline(deadline_);
}

void session::cut() {
  deadline_ = clock::time_point::max();
  if (!client_) return;
  error_code ignored;
  client_->next_layer().shutdown(stream_socket::shutdown_both, ignored);
  client_->next_layer().close(ignored);
}

session::read_result session::give_up(const parse_refusal& why) {
  refusal_ = why;
  return read_result::refused;
}

/// After an answer: a connection that waits for its next request holds little.
void session::release_memory() {
  if (request_.body.capacity() > body_capacity_kept_bytes) std::string{}.swap(request_.body);
  if (buffer_.empty()) buffer_.shrink();
  may_hold(0);
}

void session::observe(verb method, int status, bool refused) {
  const auto now = clock::now();
  if (shared_.observe) shared_.observe({method, status, now - request_.received_at, refused});
  request_.received_at = now;
}

}  // namespace pulse::http::server
