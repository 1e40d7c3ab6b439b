#include "http/server/session.hpp"

#include <netinet/tcp.h>

#include <algorithm>
#include <array>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "http/server/characters.hpp"
#include "http/server/refusals.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

/// After a refusal the client may still be sending; closing at once would reset the connection and lose the answer
/// (RFC 9112 §9.6). So much is read and dropped.
constexpr std::chrono::seconds linger_timeout{2};
constexpr std::size_t linger_bytes_max = 16 * 1024 * 1024;

using unsent_bytes_max = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
constexpr int unsent_bytes_in_kernel = 64 * 1024;
constexpr std::size_t write_timeout_unit_bytes = 1024 * 1024;
constexpr std::size_t body_step_bytes = 64 * 1024;
constexpr std::size_t body_capacity_kept_bytes = 4 * 1024;

asio::mutable_buffer as_buffer(std::span<char> bytes) { return {bytes.data(), bytes.size()}; }
asio::const_buffer as_buffer(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

session::session(stream_socket socket, arrival from, session_context& context)
    : socket_(std::move(socket)),
      context_(context),
      shared_(context.shared),
      limits_(shared_.settings.limits),
      from_(std::move(from)),
      memory_(shared_.memory, from_.network) {
  request_.remote_address = from_.peer ? from_.peer->to_string() : unix_peer;
  request_.received_at = clock::now();
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  // What a client does not read waits here, where it is counted, and not in megabytes of the kernel's.
  socket_.set_option(unsent_bytes_max(unsent_bytes_in_kernel), ignored);
}

session::~session() {
  if (from_.place == fair_share::answer::granted) {
    shared_.connections.give_back(from_.network, 1);
  } else {
    shared_.refused_connections.fetch_sub(1);
  }
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

asio::awaitable<void> session::serve() {
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
    outcome received = co_await receive_head();
    std::optional<response> early;
    if (received == outcome::ready) {
      take_request();
      if (head_.content_length > 0 || head_.is_chunked) {
        auto permit = ask_before_body();
        early = std::move(permit.instead);
        if (!early) received = co_await receive_body(permit.bytes_max);
      }
    }
    if (received == outcome::gone) co_return;
    if (received == outcome::refused) {
      co_await refuse();
      co_return;
    }

    enter(phase::answering, clock::duration::max());
    const bool body_is_past = !early || skip_body();
    response answer;
    if (early) {
      answer = std::move(*early);
    } else {
      answer = co_await answer_request();
    }
    if (answer.taken_by && request_.method == verb::get) {
      co_await hand_over(answer);
      co_return;
    }

    keep_alive = head_.keep_alive && body_is_past && !answer.close && !answer.cut_after && !shared_.stopping;
    const exchange context{&request_, request_.id, head_.http_1_0, keep_alive};
    const bool sent = co_await send(context, answer);
    observe(request_.method, answer.status, false);
    release_memory();
    keep_alive = keep_alive && sent;
    // Bytes that nobody will read make the kernel reset the connection, and the client lose the answer.
    if (!keep_alive && (!buffer_.empty() || !body_is_past)) co_await linger();
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

asio::awaitable<session::outcome> session::receive_head() {
  std::size_t scanned = 0;
  bool may_be_empty_line = true;
  if (phase_ != phase::waiting) {  // `received_at` is the moment the last answer was out, see `observe`
    phase_ = phase::waiting;
    deadline_ = request_.received_at + limits_.idle_timeout;
  }
  for (;;) {
    if (may_be_empty_line && !buffer_.empty()) {
      const auto before = empty_line_before(buffer_.readable());
      may_be_empty_line = !before;
      buffer_.consume(before.value_or(0));
    }
    if (!may_be_empty_line && !buffer_.empty()) {
      const auto found = find_head(buffer_.readable(), scanned, limits_.header_bytes);
      if (!found) co_return give_up(found.error());
      if (*found > 0) {
        head_bytes_ = *found;
        const auto why = examine_head(buffer_.readable().substr(0, head_bytes_), head_);
        if (why) co_return give_up(*why);
        co_return outcome::ready;
      }
      if (phase_ == phase::waiting) enter(phase::header, limits_.header_timeout);
    }
    if (!may_hold(0)) co_return give_up(too_many_bytes);
    error_code failure;
    const auto room = as_buffer(buffer_.prepare());
    const auto count = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
    if (expired_) co_return give_up_waiting();
    if (failure) co_return outcome::gone;
    buffer_.commit(count);
  }
}

asio::awaitable<session::outcome> session::receive_body(std::size_t bytes_max) {
  request_is_known_ = true;
  if (head_.content_length > bytes_max) co_return give_up(body_too_large);
  const bool invited = co_await invite_body();
  if (!invited) co_return outcome::gone;
  outcome received = outcome::ready;
  if (head_.is_chunked) {
    received = co_await receive_chunked_body(bytes_max);
  } else {
    received = co_await receive_sized_body();
  }
  co_return received;
}

/// Answers 100 where the client waits for it before it sends the body. False when the connection is of no more use.
asio::awaitable<bool> session::invite_body() {
  enter(phase::body, limits_.body_timeout);
  if (!head_.expects_continue || !buffer_.empty()) co_return true;
  const bool sent = co_await send_rest(continue_line, {});
  enter(phase::body, limits_.body_timeout);
  co_return sent;
}

/// A body whose end the decoder finds; everything that arrives is taken at once, so the buffer does not grow.
asio::awaitable<session::outcome> session::receive_chunked_body(std::size_t bytes_max) {
  chunks_.reset(bytes_max);
  for (;;) {
    const auto taken = chunks_.take(buffer_.readable(), request_.body);
    if (!taken) co_return give_up(taken.error());
    buffer_.consume(*taken);
    if (chunks_.is_done()) co_return outcome::ready;
    const auto held = request_.body.capacity();
    if (!may_hold(held > body_capacity_kept_bytes ? held : 0)) co_return give_up(too_many_bytes);
    error_code failure;
    const auto room = as_buffer(buffer_.prepare());
    const auto count = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
    if (expired_) co_return give_up_waiting();
    if (failure) co_return outcome::gone;
    buffer_.commit(count);
  }
}

asio::awaitable<session::outcome> session::receive_sized_body() {
  const auto size = static_cast<std::size_t>(head_.content_length);
  auto& body = request_.body;
  const auto early = std::min(size, buffer_.readable().size());
  body.assign(buffer_.readable().substr(0, early));
  buffer_.consume(early);
  // Memory follows the bytes that arrive, not the length that is claimed.
  for (std::size_t filled = early; filled < size;) {
    if (filled == body.size()) {
      const auto larger = std::min(size, filled + std::max(filled, body_step_bytes));
      if (!may_hold(larger)) co_return give_up(too_many_bytes);
      body.resize(larger);
    }
    error_code failure;
    const asio::mutable_buffer room{body.data() + filled, body.size() - filled};
    const auto count = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
    if (expired_) co_return give_up_waiting();
    if (failure) co_return outcome::gone;
    filled += count;
  }
  co_return outcome::ready;
}

/// Sends an answer; false when the connection is of no more use.
asio::awaitable<bool> session::send(const exchange& context, response& answer) {
  auto body = context_.writer.write(context, answer, out_);
  std::string_view head = out_;
  if (answer.cut_after) {
    head = head.substr(0, *answer.cut_after);
    body = body.substr(0, *answer.cut_after - head.size());
  }
  // Nearly every answer fits the socket's buffer: then one system call does it, and no trip through the event loop.
  error_code failure;
  const std::array<asio::const_buffer, 2> pieces{as_buffer(head), as_buffer(body)};
  const auto count = socket_.write_some(pieces, failure);
  if (failure && failure != asio::error::would_block) co_return false;
  if (count == head.size() + body.size()) co_return true;

  // What waits for a client to read is held as well; a client that lets too much wait loses its connection.
  const auto answer_bytes = head.size() + (answer.shared_body ? 0 : answer.body.size());
  if (memory_.hold(memory_.amount() + answer_bytes) != fair_share::answer::granted) {
    spdlog::info("Cut a connection that does not read: too many answers wait (request={} remote={})", request_.id,
                 request_.remote_address);
    co_return false;
  }
  const auto of_head = std::min(count, head.size());
  head.remove_prefix(of_head);
  body.remove_prefix(count - of_head);
  const bool sent = co_await send_rest(head, body);
  co_return sent;
}

asio::awaitable<bool> session::send_rest(std::string_view head, std::string_view body) {
  const auto units = 1 + (head.size() + body.size()) / write_timeout_unit_bytes;
  enter(phase::writing, limits_.write_timeout * units);
  while (!head.empty() || !body.empty()) {
    error_code failure;
    const std::array<asio::const_buffer, 2> pieces{as_buffer(head), as_buffer(body)};
    const auto count = co_await socket_.async_write_some(pieces, asio::redirect_error(asio::use_awaitable, failure));
    if (failure || expired_) co_return false;
    const auto of_head = std::min(count, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(count - of_head);
  }
  co_return true;
}

/// Leaves the connection to whoever takes it over.
asio::awaitable<void> session::hand_over(response& answer) {
  const auto taker = std::move(answer.taken_by);
  if (answer.status != 101) {
    const exchange context{&request_, request_.id, head_.http_1_0, false, true};
    const bool sent = co_await send(context, answer);
    if (!sent) co_return;
  }
  enter(phase::taken, clock::duration::max());
  taker_ = taker.get();
  if (shared_.stopping) taker->on_stop();
  std::exception_ptr failure;
  try {
    const taken_connection given{socket_, buffer_.readable(), request_};
    co_await taker->run(given);
  } catch (...) {
    failure = std::current_exception();
  }
  taker_ = nullptr;
  if (failure) std::rethrow_exception(failure);
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
  const exchange context{request_is_known_ ? &request_ : nullptr, request_.id, false, false};
  const bool sent = co_await send(context, answer);
  observe(request_.method, answer.status, true);
  if (sent) co_await linger();
}

asio::awaitable<void> session::linger() {
  error_code failure;
  socket_.shutdown(stream_socket::shutdown_send, failure);
  enter(phase::lingering, linger_timeout);
  for (std::size_t dropped = 0; dropped < linger_bytes_max && !failure && !expired_;) {
    buffer_.clear();
    const auto room = as_buffer(buffer_.prepare());
    dropped += co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
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
  error_code ignored;
  socket_.cancel(ignored);
}

void session::on_stop() {
  if (taker_ != nullptr) return taker_->on_stop();
  error_code ignored;
  const bool idle = phase_ == phase::waiting && buffer_.empty() && socket_.available(ignored) == 0;
  if (idle || phase_ == phase::lingering) check_deadline(deadline_);
}

void session::cut() {
  deadline_ = clock::time_point::max();
  error_code ignored;
  socket_.shutdown(stream_socket::shutdown_both, ignored);
  socket_.close(ignored);
}

session::outcome session::give_up(const gate_refusal& why) {
  refusal_ = why;
  return outcome::refused;
}

session::outcome session::give_up_waiting() {
  expired_ = false;
  if (phase_ == phase::waiting) return outcome::gone;  // an idle connection is closed without a word
  return give_up(phase_ == phase::body ? body_too_slow : header_too_slow);
}

/// Copies what the gate accepted out of the buffer, into memory that the last request has left.
void session::take_request() {
  request_.received_at = clock::now();
  request_.method = head_.method;
  request_.target = head_.target;
  request_.path.swap(head_.path);
  request_.query = head_.query;
  request_.headers.resize(head_.fields.size());
  for (std::size_t i = 0; i < head_.fields.size(); ++i) {
    auto& kept = request_.headers[i];
    kept.name = head_.fields[i].name;
    std::transform(kept.name.begin(), kept.name.end(), kept.name.begin(), to_lower);
    if (head_.fields[i].is_latin_1) {
      kept.value = from_latin_1(head_.fields[i].value);
    } else {
      kept.value = head_.fields[i].value;
    }
  }
  if (is_request_id(head_.request_id)) {
    request_.id = head_.request_id;
  } else {
    context_.ids.next(request_.id);
  }
  request_.body.clear();
  buffer_.consume(head_bytes_);
  find_client();
}

/// A proxy carries many clients over one connection, so each request has its own.
void session::find_client() {
  const auto& trusted = shared_.settings.trusted_proxies;
  if (!from_.network.empty()) return;
  request_.remote_address = client_address(request_, from_.peer, trusted);
  if (memory_.amount() > 0) return;
  const auto address = base::ip_address::parse(request_.remote_address);
  memory_.pass_to(address && !is_trusted(address, trusted) ? address->network() : std::string{});
}

body_permit session::ask_before_body() const {
  const auto& ask = shared_.settings.before_body;
  return ask ? ask(request_) : body_permit{limits_.body_bytes, std::nullopt};
}

/// Drops a body that nobody wants, if all of it is here; whether it is.
bool session::skip_body() {
  if (head_.is_chunked || buffer_.readable().size() < head_.content_length) return false;
  buffer_.consume(static_cast<std::size_t>(head_.content_length));
  return true;
}

/// Whether there is memory for a body of this size beside the header. What every connection has anyway is not counted: the
/// number of connections bounds it.
bool session::may_hold(std::size_t body_bytes) {
  const auto header_bytes = body_bytes > 0 ? buffer_.capacity() : buffer_.capacity_to_come();
  const auto wanted = body_bytes + (header_bytes > read_buffer::first_capacity ? header_bytes : 0);
  if (wanted == memory_.amount()) return true;
  return memory_.hold(wanted) == fair_share::answer::granted;
}

/// After an answer: a connection that waits for its next request holds little.
void session::release_memory() {
  if (request_.body.capacity() > body_capacity_kept_bytes) std::string{}.swap(request_.body);
  if (out_.capacity() > body_capacity_kept_bytes) std::string{}.swap(out_);
  if (buffer_.empty()) buffer_.shrink();
  may_hold(0);
}

void session::observe(verb method, int status, bool refused) {
  const auto now = clock::now();
  if (shared_.observe) shared_.observe({method, status, now - request_.received_at, refused});
  request_.received_at = now;
}

}  // namespace pulse::http::server
