// Compression of responses: whether the client takes gzip, whether it is worth it, and doing it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace pulse::http::server {

/// A smaller body would grow, or save less than the work costs.
inline constexpr std::size_t compressed_bytes_min = 1024;

/// Whether an Accept-Encoding value allows `coding` (RFC 9110 §12.5.3): named or covered by `*`, and not with q=0.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);
/// The same for gzip, by either of its names.
bool accepts_gzip(std::string_view accept_encoding);

/// Whether bodies of the media type shrink: text, JSON, XML, scripts, SVG; not what is compressed already.
bool is_compressible(std::string_view content_type);

/// Makes gzip (RFC 1952) of whole bodies. Holds zlib's 256 KiB of work space from the first use on, so make one a
/// thread. Not thread-safe.
class gzip_compressor {
 public:
  enum class effort { fast = 3, best = 9 };

  explicit gzip_compressor(effort level);
  ~gzip_compressor();
  gzip_compressor(gzip_compressor&&) noexcept;
  gzip_compressor& operator=(gzip_compressor&&) noexcept;

  /// The compressed form, or an empty string when zlib has no memory.
  std::string compress(std::string_view bytes);

 private:
  class stream;
  effort effort_;
  std::unique_ptr<stream> stream_;
};

}  // namespace pulse::http::server
