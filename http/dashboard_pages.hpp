// The dashboard, as `npm run build` leaves it in dashboard/dist, served by this program itself.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/api/addresses.hpp"
#include "http/server/message.hpp"
#include "http/server/static_files.hpp"

namespace pulse::http {

/// Built before the server, then read by every thread. The front door asks it where no route is, so no file of the
/// dashboard hides a part of the API.
class dashboard_pages {
 public:
  /// Reads `dist` once. Where it is missing or unreadable, the log says so and the pages say what to do.
  dashboard_pages(const std::filesystem::path& dist, const addresses& where);

  /// The answer to a GET or HEAD of "/", of anything under "/app", of a file of the build, and, for a browser, of
  /// whatever could be the address of a page; nothing for other paths, and nothing for "/" when the client wants JSON.
  /// `path` is the request's, without a prefix.
  std::optional<server::response> find(const server::request& request, std::string_view path) const;

 private:
  server::response page(const server::request& request) const;

  std::string policy_;
  std::optional<server::static_files> files_;  // without index.html
  std::shared_ptr<const std::string> index_;   // with the prefix written into it; nothing: not built
  std::shared_ptr<const std::string> compressed_index_;
  std::string etag_;
};

/// `html` with the `<base href="…">` of its head set to what is below `prefix`, so that relative addresses mean the
/// same on every deep link and behind a proxy.
std::string with_base(std::string_view html, std::string_view prefix);

}  // namespace pulse::http
