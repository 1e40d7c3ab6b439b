// The parser of the head of a request: the request line and the headers, as raw bytes. Pure functions; no Asio, no
// Beast. It refuses whatever two parsers could read in two ways (RFC 9112 §11.2, request smuggling), and what it
// accepts it has also parsed: no second parser ever sees the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

inline constexpr std::size_t target_bytes_max = 8 * 1024;
inline constexpr std::size_t header_count_max = 100;

/// Why a request is not let in: the status to answer, and what to say. Never contains bytes of the request.
struct parse_refusal {
  int status = 400;
  std::string_view title;
  std::string_view detail;

  constexpr parse_refusal() = default;
  constexpr parse_refusal(int status_code, std::string_view title_text, std::string_view detail_text)
      : status(status_code), title(title_text), detail(detail_text) {}
};

/// A header as it stands in the block: the name in the client's case, the value without surrounding space.
struct field {
  std::string_view name;
  std::string_view value;
  bool is_latin_1 = false;  // the value is not UTF-8 (RFC 9110 §5.5: obs-text, which once was ISO 8859-1)
};

/// An accepted header block. The views point into the block; everything else is owned. Reuse one object for many
/// requests: it keeps its memory.
struct accepted_head {
  verb method = verb::get;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;     // "Expect: 100-continue" (RFC 9110 §10.1.1)
  bool is_chunked = false;           // "Transfer-Encoding: chunked", and no Content-Length
  std::uint64_t content_length = 0;  // 0 also when the header is missing
  std::string_view target;           // as sent; of a whole address what follows the host, "/" when that is nothing
  std::string_view query;            // as sent, without '?'
  std::string path;                  // decoded; "*" for `OPTIONS *`
  std::vector<field> fields;
  std::string_view request_id;  // the X-Request-ID header, or empty; not validated
};

/// RFC 9112 §2.2: old clients send an empty line after a body. How many bytes to leave out before a request, 0 or 2;
/// nothing when another byte is needed to know. At most one empty line is left out.
std::optional<std::size_t> empty_line_before(std::string_view received);

/// Looks for the empty line that ends a header block in what has been received so far. The size of the block with
/// that line, 0 when more bytes are needed, or why there is no point in waiting for them. `scanned` belongs to the
/// caller, is 0 for a new request and remembers what has been looked at, so that a byte is looked at once however
/// slowly it comes.
base::result<std::size_t, parse_refusal> find_head(std::string_view received, std::size_t& scanned,
                                                   std::size_t header_bytes_max);

/// Examines a whole header block, with the empty line that ends it, and fills `head`; or says why not, and `head`
/// then holds nothing of use.
std::optional<parse_refusal> parse_head(std::string_view block, accepted_head& head);

}  // namespace pulse::http::server
