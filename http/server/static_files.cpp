#include "http/server/static_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>

#include "http/server/compression.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http::server {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> content_types{{
    {"html", "text/html; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"webmanifest", "application/manifest+json"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"ico", "image/vnd.microsoft.icon"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"txt", "text/plain; charset=utf-8"},
    {"md", "text/markdown; charset=utf-8"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"wasm", "application/wasm"},
}};

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) return std::nullopt;
  return bytes;
}

/// The gzip form, kept only when it spares at least a tenth.
std::shared_ptr<const std::string> compressed_form(const std::string& bytes, gzip_compressor& compressor) {
  if (bytes.size() < compressed_bytes_min) return nullptr;
  auto compressed = compressor.compress(bytes);
  if (compressed.empty() || compressed.size() > bytes.size() / 10 * 9) return nullptr;
  compressed.shrink_to_fit();
  return std::make_shared<const std::string>(std::move(compressed));
}

/// The tag of the gzip form: other bytes, so another strong tag (RFC 9110 §8.8.3.3).
std::string compressed_etag(std::string_view etag) { return std::string(etag.substr(0, etag.size() - 1)) + "-gzip\""; }

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    const auto extension = file_name.substr(dot + 1);
    for (const auto& [known, type] : content_types) {
      if (extension == known) return type;
    }
  }
  return "application/octet-stream";
}

base::result<static_files, std::string> static_files::load(const fs::path& directory, std::string cache_control) {
  static_files loaded{std::move(cache_control)};
  gzip_compressor compressor{gzip_compressor::effort::best};
  std::size_t total = 0;
  std::error_code failure;
  for (fs::recursive_directory_iterator at{directory, failure}, end; !failure && at != end; at.increment(failure)) {
    if (fs::symlink_status(at->path(), failure).type() != fs::file_type::regular) continue;
    auto bytes = read_file(at->path());
    if (!bytes) return "Cannot read the file " + at->path().string() + ".";
    total += bytes->size();
    if (loaded.files_.size() == static_files_max || total > static_bytes_max) {
      return "There are too many files, or too large ones, to serve in " + directory.string() + ".";
    }
    const auto name = at->path().lexically_relative(directory).generic_string();
    file entry{std::string(content_type_of(name)), make_etag(*bytes), nullptr, nullptr};
    if (is_compressible(entry.content_type)) entry.compressed = compressed_form(*bytes, compressor);
    entry.bytes = std::make_shared<const std::string>(std::move(*bytes));
    loaded.files_.emplace(name, std::move(entry));
  }
  if (failure) return "Cannot read the directory " + directory.string() + ": " + failure.message() + ".";
  return loaded;
}

std::optional<response> static_files::find(const request& asked, std::string_view path) const {
  auto found = files_.find(path);
  if (found == files_.end() && (path.empty() || path.back() == '/'))
    found = files_.find(std::string(path) + "index.html");
  if (found == files_.end()) return std::nullopt;
  const file& entry = found->second;

  if (!is_read(asked.method)) {
    auto refused = response::text(405, "Files can only be read.\n");
    refused.headers.push_back({"allow", "GET, HEAD"});
    return refused;
  }
  const bool gzip = entry.compressed && accepts_gzip(asked.find("accept-encoding").value_or(""));
  response answer;
  answer.content_type = entry.content_type;
  answer.compressible = false;
  answer.shared_body = gzip ? entry.compressed : entry.bytes;
  answer.headers.push_back({"cache-control", cache_control_});
  answer.headers.push_back({"etag", gzip ? compressed_etag(entry.etag) : entry.etag});
  if (entry.compressed) answer.headers.push_back({"vary", "accept-encoding"});
  if (gzip) answer.headers.push_back({"content-encoding", "gzip"});
  return answer;
}

}  // namespace pulse::http::server
