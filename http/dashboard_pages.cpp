#include "http/dashboard_pages.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "http/server/compression.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http {

namespace {

constexpr std::string_view html = "text/html; charset=utf-8";

/// Vite puts the hash of its content into the name of everything there.
constexpr std::string_view hashed_folder = "assets/";

// The style sheet of a component library is put into the page while it runs; scripts are files of ours, always.
std::string policy_for(const addresses& where) {
  std::string api = "'self'";
  if (const auto origin = where.foreign_api_origin(); !origin.empty()) api += " " + origin;
  return fmt::format(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src {} data: blob:; media-src {} "
      "blob:; font-src 'self'; connect-src {}; manifest-src 'self'; base-uri 'self'; form-action 'self'; "
      "frame-ancestors 'none'",
      api, api, api);
}

constexpr std::string_view not_built =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Pulse</title>\n</head>\n<body>\n"
    "<h1>The dashboard is not built</h1>\n<p>Pulse itself runs. <code>make run</code> builds the dashboard, and so "
    "does "
    "<code>npm ci &amp;&amp; npm run build</code> in the folder <code>dashboard</code>; then start Pulse again.</p>\n"
    "</body>\n</html>\n";

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

bool is_app(std::string_view path) { return path == "/" || path == "/app" || path.starts_with("/app/"); }

/// Paths of the API, the public sites and files: a page there would hide a 404.
constexpr std::array<std::string_view, 5> never_pages{"/api/", "/site/", "/docs/", "/assets/", "/.well-known/"};

/// Whether the dashboard may have a page there. It alone knows which ones it has ("/sign-in"); a browser gets it for
/// any address that looks like a page's.
bool may_be_page(const server::request& request, std::string_view path) {
  if (is_app(path)) return true;
  if (request.find("accept").value_or("").find("text/html") == std::string_view::npos) return false;
  const auto is_below = [path](std::string_view folder) { return path.starts_with(folder); };
  return path.substr(path.rfind('/')).find('.') == std::string_view::npos &&
         std::none_of(never_pages.begin(), never_pages.end(), is_below);
}

/// Whether a client asks for JSON and not for a page; browsers name text/html, and curl takes anything.
bool wants_json(const server::request& request) {
  const auto accept = request.find("accept").value_or("");
  return accept.find("application/json") != std::string_view::npos &&
         accept.find("text/html") == std::string_view::npos;
}

}  // namespace

dashboard_pages::dashboard_pages(const std::filesystem::path& dist, const addresses& where)
    : policy_(policy_for(where)) {
  const auto index = read_file(dist / "index.html");
  if (!index) {
    spdlog::warn("The dashboard is not built: there is no {}; make run builds it", (dist / "index.html").string());
    return;
  }
  auto files = server::static_files::load(dist, {.cache_control = "no-cache", .hashed_folder = hashed_folder});
  if (files.has_error()) {
    spdlog::warn("The dashboard cannot be served: {}", files.error());
    return;
  }
  files_ = std::move(*files);
  auto page = with_base(*index, where.app_prefix());
  etag_ = server::make_etag(page);
  server::gzip_compressor compressor{server::gzip_compressor::effort::best};
  if (auto compressed = compressor.compress(page); !compressed.empty()) {
    compressed_index_ = std::make_shared<const std::string>(std::move(compressed));
  }
  index_ = std::make_shared<const std::string>(std::move(page));
}

std::optional<server::response> dashboard_pages::find(const server::request& request, std::string_view path) const {
  if (path == "/" && wants_json(request)) return std::nullopt;
  if (may_be_page(request, path)) return page(request);
  if (!files_ || path == "/index.html" || path.ends_with('/')) return std::nullopt;
  return files_->find(request, path.substr(1));
}

server::response dashboard_pages::page(const server::request& request) const {
  server::response answer;
  answer.content_type = html;
  answer.headers = {{"content-security-policy", policy_}, {"cross-origin-opener-policy", "same-origin"}};
  if (!index_) {
    answer.status = 503;
    answer.body = not_built;
    answer.headers.push_back({"cache-control", "no-store"});
    answer.headers.push_back({"retry-after", "60"});
    return answer;
  }
  const bool gzip = compressed_index_ && server::accepts_gzip(request.find("accept-encoding").value_or(""));
  answer.compressible = false;
  answer.shared_body = gzip ? compressed_index_ : index_;
  answer.headers.push_back({"cache-control", "no-cache"});
  answer.headers.push_back({"vary", "accept-encoding"});
  answer.headers.push_back({"etag", gzip ? server::etag_of_form(etag_, "gzip") : etag_});
  if (gzip) answer.headers.push_back({"content-encoding", "gzip"});
  return answer;
}

std::string with_base(std::string_view page, std::string_view prefix) {
  constexpr std::string_view base = "<base href=\"";
  std::string made{page};
  const auto address = std::string{prefix} + "/";
  if (const auto found = page.find(base); found != std::string_view::npos) {
    const auto begin = found + base.size();
    return made.replace(begin, std::min(page.find('"', begin), page.size()) - begin, address);
  }
  const auto head = page.find("<head>");
  return made.insert(head == std::string_view::npos ? 0 : head + 6, fmt::format("{}{}\">", base, address));
}

}  // namespace pulse::http
