// The bytes of an upload: from the connection to the store, and into the hands of the process that looks into them.
#pragma once

#include "http/routes/media/item.hpp"

namespace pulse::http::routes {

/// An upload's file, held so that nobody else writes it.
struct held_upload {
  persistence::media::upload upload;
  std::unique_ptr<persistence::media::incoming> file;
};

/// Stores a new upload's row: 422 where the project is none, 409 where the company has no room for it, 503 where the disk has none.
boost::asio::awaitable<result<nothing>> begin_upload(request_context& context, media_desk& desk,
                                                     const persistence::media::upload& begun);

/// 503: where the files lie cannot be asked just now.
problem store_is_away();

/// Holds the file; 423 while another call writes it, 503 when the place where it lies is not reached.
boost::asio::awaitable<result<held_upload>> hold_upload(request_context& context, media_desk& desk,
                                                        persistence::media::upload found);

/// Writes what comes with the request from `at` on, no more than to `end`. The place of the next byte then; also when the client left,
/// what has come stays.
boost::asio::awaitable<result<std::int64_t>> receive_bytes(request_context& context, media_desk& desk,
                                                           const held_upload& to, std::int64_t at, std::int64_t end);

/// All bytes are there: has them looked into, and makes a medium of them, or removes them and says why (422). 503 when they cannot be
/// brought to where they are to stay: what has come stays, and it may be tried again.
boost::asio::awaitable<result<media_item>> finish_upload(request_context& context, media_desk& desk,
                                                         const held_upload& whole);

/// Forgets an upload and its bytes; false when there was none.
boost::asio::awaitable<result<bool>> drop_upload(request_context& context, media_desk& desk,
                                                 const persistence::media::upload& from);

}  // namespace pulse::http::routes
