// A body that its handler reads: piece by piece, as fast as it is taken, within the limits.
#include "http/server/session.hpp"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/server/refusals.hpp"

namespace pulse::http::server {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using piece = std::optional<std::string_view>;

/// A body of any size has no time in total: every started part of this size has the time-out of a body.
constexpr std::size_t body_timeout_unit_bytes = 1024 * 1024;

}  // namespace

session::read_result session::begin_stream(std::uint64_t bytes_max) {
  request_is_known_ = true;
  if (head_.content_length > bytes_max) return give_up(body_too_large);
  chunks_.reset(static_cast<std::size_t>(bytes_max));
  stream_ = {.state = stream_state::open, .bytes_max = bytes_max, .time_left = limits_.body_timeout};
  request_.incoming = this;
  return read_result::ready;
}

/// The handler has answered: nothing is read for it any more. Whether the next request follows.
bool session::end_stream() {
  request_.incoming = nullptr;
  std::string{}.swap(piece_);
  enter(phase::answering, clock::duration::max());
  const bool is_whole = !head_.is_chunked && stream_.taken == head_.content_length;
  return stream_.state == stream_state::none || stream_.state == stream_state::ended || is_whole;
}

asio::awaitable<piece> session::next() {
  if (stream_.state == stream_state::ended) co_return std::string_view{};
  if (stream_.state != stream_state::open) co_return std::nullopt;
  if (!may_hold(body_piece_bytes_max)) co_return fail_stream(too_many_bytes);
  if (!stream_.is_invited) {
    stream_.is_invited = true;
    const bool invited = co_await invite_body();
    if (!invited) co_return lose_stream();
    enter(phase::answering, clock::duration::max());
  }
  piece got;
  if (head_.is_chunked) {
    got = co_await next_of_chunks();
  } else {
    got = co_await next_of_sized();
  }
  co_return got;
}

asio::awaitable<piece> session::next_of_sized() {
  const auto left = head_.content_length - stream_.taken;
  if (left == 0) {
    stream_.state = stream_state::ended;
    co_return std::string_view{};
  }
  if (!buffer_.empty()) {
    const auto early = buffer_.readable().substr(0, static_cast<std::size_t>(left));
    buffer_.consume(early.size());
    stream_.taken += early.size();
    co_return early;
  }
  piece_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, body_piece_bytes_max)));
  const auto count = co_await receive_piece(std::span<char>(piece_));
  if (count == 0) co_return std::nullopt;
  stream_.taken += count;
  co_return std::string_view{piece_}.substr(0, count);
}

asio::awaitable<piece> session::next_of_chunks() {
  piece_.clear();
  while (!chunks_.is_done()) {
    const auto taken = chunks_.take(buffer_.readable(), piece_);
    if (!taken) co_return fail_stream(taken.error());
    buffer_.consume(*taken);
    if (!piece_.empty()) {
      stream_.taken += piece_.size();
      if (stream_.taken > stream_.bytes_max) co_return fail_stream(body_too_large);
      co_return piece_;
    }
    if (chunks_.is_done()) break;
    const auto count = co_await receive_piece(buffer_.prepare());
    if (count == 0) co_return std::nullopt;
    buffer_.commit(count);
  }
  stream_.state = stream_state::ended;
  co_return std::string_view{};
}

/// Reads what has come; 0 when the stream has failed. Only the waiting for the client counts, not what is done with its
/// bytes.
asio::awaitable<std::size_t> session::receive_piece(std::span<char> room) {
  const auto begun = clock::now();
  enter(phase::body, stream_.time_left);
  error_code failure;
  const auto count = co_await client_->async_read_some(asio::mutable_buffer{room.data(), room.size()},
                                                       asio::redirect_error(asio::use_awaitable, failure));
  enter(phase::answering, clock::duration::max());
  if (expired_) {
    expired_ = false;
    fail_stream(body_too_slow);
    co_return 0;
  }
  if (failure) {
    lose_stream();
    co_return 0;
  }
  stream_.of_unit += count;
  stream_.time_left -= clock::now() - begun;
  if (stream_.of_unit >= body_timeout_unit_bytes) {
    stream_.of_unit = 0;
    stream_.time_left = limits_.body_timeout;
  }
  co_return count;
}

piece session::fail_stream(const parse_refusal& why) {
  give_up(why);
  stream_.state = stream_state::refused;
  return std::nullopt;
}

piece session::lose_stream() {
  stream_.state = stream_state::gone;
  return std::nullopt;
}

}  // namespace pulse::http::server
