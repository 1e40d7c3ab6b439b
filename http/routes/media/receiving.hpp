// The bytes of an upload: from the connection to the store, and on to the process that examines them.
#pragma once

#include "http/routes/media/item.hpp"

namespace pulse::http::routes {

/// An upload's file, locked against other writers.
struct held_upload {
  persistence::media::upload upload;
  std::unique_ptr<persistence::media::incoming> file;
};

/// Stores a new upload's row. 422: no such project; 409: the company's quota is full; 503: the disk is full.
boost::asio::awaitable<result<nothing>> begin_upload(request_context& context, media_desk& desk,
                                                     const persistence::media::upload& begun);

/// 503: the media store cannot be reached.
problem store_is_away();

/// Locks the file. 423 while another call writes it, 503 when the media store cannot be reached.
boost::asio::awaitable<result<held_upload>> lock_upload(request_context& context, media_desk& desk,
                                                        persistence::media::upload found);

/// Writes the request's bytes from `at` on, up to `end` at most. Returns the place of the next byte. Bytes stay when
/// the client leaves.
boost::asio::awaitable<result<std::int64_t>> receive_bytes(request_context& context, media_desk& desk,
                                                           const held_upload& to, std::int64_t at, std::int64_t end);

/// Examines the complete file, and makes a medium of it, or removes it and says why (422). 503 when it cannot be moved
/// to its store: the bytes stay, and the call may be repeated.
boost::asio::awaitable<result<media_item>> finish_upload(request_context& context, media_desk& desk,
                                                         const held_upload& whole);

/// Forgets an upload and its bytes; false when there was none.
boost::asio::awaitable<result<bool>> drop_upload(request_context& context, media_desk& desk,
                                                 const persistence::media::upload& from);

}  // namespace pulse::http::routes
