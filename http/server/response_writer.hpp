// From a response to the bytes of its header and the view of its body: everything that the server adds by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "http/server/compression.hpp"
#include "http/server/cors.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

/// What a response depends on beside itself.
struct exchange {
  const request* asked = nullptr;  // nothing: refused before it was understood
  std::string_view request_id;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool is_stream = false;  // what follows the header block ends with the connection
};

/// Makes 304s, compresses, and writes header blocks. One a thread: it holds the compressor's memory and the current
/// date.
class response_writer {
 public:
  /// `cors` and `common` outlive the writer; `common` goes with every response.
  response_writer(std::string_view server_name, const cors_policy& cors, const std::vector<header>& common,
                  base::timestamp now);

  /// Sets the `date` of further responses.
  void set_date(base::timestamp now);

  /// Replaces `head` by the header block of `answer`, which changes when it is compressed or not modified. The result
  /// is what to send after it; it points into `answer`, and is empty where `answer.parts` makes what follows.
  std::string_view write(const exchange& context, response& answer, std::string& head);

 private:
  bool compress(const request& asked, response& answer);
  void append_headers_of(const response& answer, std::string_view request_id, std::string& head) const;

  const cors_policy& cors_;
  const std::vector<header>& common_;
  std::string server_name_;
  std::string common_headers_;
  base::timestamp date_;
  gzip_compressor compressor_{gzip_compressor::effort::fast};
};

}  // namespace pulse::http::server
