// The receiving half of a session: from bytes to a request, within the limits.
#include "http/server/session.hpp"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "http/server/characters.hpp"
#include "http/server/refusals.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t body_step_bytes = 64 * 1024;

asio::mutable_buffer as_buffer(std::span<char> bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

asio::awaitable<session::read_result> session::receive_head() {
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
        const auto why = parse_head(buffer_.readable().substr(0, head_bytes_), head_);
        if (why) co_return give_up(*why);
        co_return read_result::ready;
      }
      if (phase_ == phase::waiting) enter(phase::header, limits_.header_timeout);
    }
    if (!may_hold(0)) co_return give_up(too_many_bytes);
    error_code failure;
    const auto room = as_buffer(buffer_.prepare());
    const auto count = co_await client_->async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
    if (expired_) co_return give_up_waiting();
    if (failure) co_return read_result::gone;
    buffer_.commit(count);
  }
}

asio::awaitable<session::read_result> session::receive_body(std::size_t bytes_max) {
  request_is_known_ = true;
  if (head_.content_length > bytes_max) co_return give_up(body_too_large);
  const bool invited = co_await invite_body();
  if (!invited) co_return read_result::gone;
  read_result received = read_result::ready;
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
  enter(phase::writing, limits_.write_timeout);
  error_code failure;
  co_await asio::async_write(*client_, asio::buffer(continue_line), asio::redirect_error(asio::use_awaitable, failure));
  enter(phase::body, limits_.body_timeout);
  co_return !failure;
}

/// A body whose end the decoder finds; everything that arrives is taken at once, so the buffer does not grow.
asio::awaitable<session::read_result> session::receive_chunked_body(std::size_t bytes_max) {
  chunks_.reset(bytes_max);
  for (;;) {
    const auto taken = chunks_.take(buffer_.readable(), request_.body);
    if (!taken) co_return give_up(taken.error());
    buffer_.consume(*taken);
    if (chunks_.is_done()) co_return read_result::ready;
    const auto held = request_.body.capacity();
    if (!may_hold(held > body_capacity_kept_bytes ? held : 0)) co_return give_up(too_many_bytes);
    error_code failure;
    const auto room = as_buffer(buffer_.prepare());
    const auto count = co_await client_->async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
    if (expired_) co_return give_up_waiting();
    if (failure) co_return read_result::gone;
    buffer_.commit(count);
  }
}

asio::awaitable<session::read_result> session::receive_sized_body() {
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
    const auto count = co_await client_->async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
    if (expired_) co_return give_up_waiting();
    if (failure) co_return read_result::gone;
    filled += count;
  }
  co_return read_result::ready;
}

session::read_result session::give_up_waiting() {
  expired_ = false;
  if (phase_ == phase::waiting) return read_result::gone;  // an idle connection is closed without a word
  return give_up(phase_ == phase::body ? body_too_slow : header_too_slow);
}

/// Copies what the head parser accepted out of the buffer, into memory that the last request has left.
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

/// Whether there is memory for a body of this size beside the header. What every connection has anyway is not counted:
/// the number of connections bounds it.
bool session::may_hold(std::size_t body_bytes) {
  const auto header_bytes = body_bytes > 0 ? buffer_.capacity() : buffer_.capacity_to_come();
  const auto wanted = body_bytes + (header_bytes > read_buffer::first_capacity ? header_bytes : 0);
  if (wanted == memory_.amount()) return true;
  return memory_.hold(wanted) == fair_share::answer::granted;
}

}  // namespace pulse::http::server
