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

constexpr std::string_view kept_for_ever = "public, max-age=31536000, immutable";

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

base::result<static_files, std::string> static_files::load(const fs::path& directory, const file_caching& caching) {
  static_files loaded;
  std::size_t total = 0;
  std::error_code failure;
  for (fs::recursive_directory_iterator at{directory, failure}, end; !failure && at != end; at.increment(failure)) {
    if (fs::symlink_status(at->path(), failure).type() != fs::file_type::regular) continue;
    const auto name = at->path().lexically_relative(directory).generic_string();
    if (name.starts_with('.') || name.find("/.") != std::string::npos) continue;
    auto bytes = read_file(at->path());
    if (!bytes) return "Cannot read the file " + at->path().string() + ".";
    total += bytes->size();
    if (loaded.files_.size() == static_files_max || total > static_bytes_max) {
      return "There are too many files, or too large ones, to serve in " + directory.string() + ".";
    }
    auto& entry = loaded.files_[name];
    entry.bytes = std::make_shared<const std::string>(std::move(*bytes));
  }
  if (failure) return "Cannot read the directory " + directory.string() + ": " + failure.message() + ".";
  loaded.adopt_forms();
  loaded.describe(caching);
  return loaded;
}

/// Makes `app.js.br` and `app.js.gz` forms of `app.js`.
void static_files::adopt_forms() {
  for (auto at = files_.begin(); at != files_.end();) {
    const std::string_view name = at->first;
    const bool is_brotli = name.ends_with(".br");
    const auto of = is_brotli || name.ends_with(".gz") ? files_.find(name.substr(0, name.size() - 3)) : files_.end();
    if (of == files_.end()) {
      ++at;
      continue;
    }
    (is_brotli ? of->second.brotli : of->second.gzip) = std::move(at->second.bytes);
    at = files_.erase(at);
  }
}

void static_files::describe(const file_caching& caching) {
  gzip_compressor compressor{gzip_compressor::effort::best};
  for (auto& [name, entry] : files_) {
    entry.content_type = content_type_of(name);
    entry.etag = make_etag(*entry.bytes);
    const bool is_hashed = !caching.hashed_folder.empty() && name.starts_with(caching.hashed_folder);
    entry.cache_control = is_hashed ? kept_for_ever : caching.cache_control;
    if (!entry.gzip && is_compressible(entry.content_type)) entry.gzip = compressed_form(*entry.bytes, compressor);
  }
}

std::optional<response> static_files::find(const request& request, std::string_view path) const {
  auto found = files_.find(path);
  if (found == files_.end() && (path.empty() || path.back() == '/'))
    found = files_.find(std::string(path) + "index.html");
  if (found == files_.end()) return std::nullopt;
  const file& entry = found->second;

  if (!is_read(request.method)) {
    auto refused = response::text(405, "Files can only be read.\n");
    refused.headers.push_back({"allow", "GET, HEAD"});
    return refused;
  }
  const auto accepted = request.find("accept-encoding").value_or("");
  std::string_view coding;
  if (entry.brotli && accepts_coding(accepted, "br")) {
    coding = "br";
  } else if (entry.gzip && accepts_gzip(accepted)) {
    coding = "gzip";
  }
  response answer;
  answer.content_type = entry.content_type;
  answer.compressible = false;
  answer.shared_body = coding.empty() ? entry.bytes : coding == "br" ? entry.brotli : entry.gzip;
  answer.headers.push_back({"cache-control", entry.cache_control});
  answer.headers.push_back({"etag", coding.empty() ? entry.etag : etag_of_form(entry.etag, coding)});
  if (entry.brotli || entry.gzip) answer.headers.push_back({"vary", "accept-encoding"});
  if (!coding.empty()) answer.headers.push_back({"content-encoding", std::string{coding}});
  return answer;
}

}  // namespace pulse::http::server
