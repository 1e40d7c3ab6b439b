#include "http/server/compression.hpp"

#include <zlib.h>

#include <optional>

#include "http/server/characters.hpp"

namespace pulse::http::server {

namespace {

/// Whether the parameters of a list element, "q=0.5", say "not at all" (RFC 9110 §12.4.2).
bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto parameter = take_list_element(parameters, ';');
    if (parameter.size() < 3 || to_lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
    return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

constexpr int gzip_window_bits = 15 + 16;  // 16 asks zlib for the gzip form
constexpr int memory_level = 8;

}  // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  std::optional<bool> is_named;
  bool is_any = false;
  while (!accept_encoding.empty()) {
    auto parameters = take_list_element(accept_encoding);
    const auto named = take_list_element(parameters, ';');
    if (equals_ignoring_case(named, coding) || (coding == "gzip" && equals_ignoring_case(named, "x-gzip"))) {
      is_named = !is_refused(parameters);
    } else if (named == "*") {
      is_any = !is_refused(parameters);
    }
  }
  return is_named.value_or(is_any);
}

bool accepts_gzip(std::string_view accept_encoding) { return accepts_coding(accept_encoding, "gzip"); }

bool is_compressible(std::string_view content_type) {
  const auto type = trimmed(content_type.substr(0, content_type.find(';')));
  if (type.starts_with("text/")) return true;
  if (type.ends_with("+json") || type.ends_with("+xml")) return true;
  return type == "application/json" || type == "application/javascript" || type == "application/xml" ||
         type == "application/yaml" || type == "application/wasm";
}

class gzip_compressor::stream {
 public:
  explicit stream(effort level) {
    ready_ = deflateInit2(&state_, static_cast<int>(level), Z_DEFLATED, gzip_window_bits, memory_level,
                          Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~stream() {
    if (ready_) deflateEnd(&state_);
  }
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;

  std::string compress(std::string_view bytes) {
    if (!ready_ || deflateReset(&state_) != Z_OK) return {};
    std::string out(deflateBound(&state_, bytes.size()), '\0');
    // zlib's interface is older than const; it does not write to its input.
    state_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    state_.avail_in = static_cast<uInt>(bytes.size());
    state_.next_out = reinterpret_cast<Bytef*>(out.data());
    state_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&state_, Z_FINISH) != Z_STREAM_END) return {};
    out.erase(out.size() - state_.avail_out);
    return out;
  }

 private:
  z_stream state_{};
  bool ready_ = false;
};

gzip_compressor::gzip_compressor(effort level) : effort_(level) {}
gzip_compressor::~gzip_compressor() = default;
gzip_compressor::gzip_compressor(gzip_compressor&&) noexcept = default;
gzip_compressor& gzip_compressor::operator=(gzip_compressor&&) noexcept = default;

std::string gzip_compressor::compress(std::string_view bytes) {
  if (!stream_) stream_ = std::make_unique<stream>(effort_);
  return stream_->compress(bytes);
}

}  // namespace pulse::http::server
