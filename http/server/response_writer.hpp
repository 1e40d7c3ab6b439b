// From a response to Beast's message of it: everything that the server adds by itself.
#pragma once

#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "http/server/compression.hpp"
#include "http/server/cors.hpp"
#include "http/server/message.hpp"
#include "http/server/outgoing.hpp"

namespace pulse::http::server {

/// What a response depends on beside itself.
struct exchange {
  const http::server::request* request = nullptr;  // nothing: refused before it was understood
  std::string_view request_id;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool is_stream = false;  // what follows the header block ends with the connection
};

/// Makes 304s, compresses, and writes headers. One a thread: it holds the compressor's memory and the current date.
class response_writer {
 public:
  /// `cors` outlives the writer; `common` goes with every response.
  response_writer(std::string_view server_name, const cors_policy& cors, const std::vector<header>& common,
                  base::timestamp now);

  /// Sets the `date` of further responses.
  void set_date(base::timestamp now);

  /// `answer`, which changes when it is compressed or not modified, as it is sent. The body points into it, and is
  /// empty where `answer.parts` makes what follows. `memory` outlives the result.
  outgoing_response write(const exchange& context, response& answer, std::pmr::memory_resource& memory);

 private:
  bool compress(const request& request, response& answer);
  void insert_headers_of(const response& answer, std::string_view request_id, outgoing_fields& to) const;

  const cors_policy& cors_;
  std::vector<header> common_;  // the second is the date
  base::timestamp date_;
  gzip_compressor compressor_{gzip_compressor::effort::fast};
};

}  // namespace pulse::http::server
