// The files behind /docs and /redoc, held in memory, so that these pages fetch nothing from other hosts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace pulse::http::routes {

/// Filled before the server starts, then read by every thread.
class docs_assets {
 public:
  struct file {
    std::shared_ptr<const std::string> content;
    std::string_view media_type;
    std::string etag;
  };

  /// `node_modules` holds swagger-ui-dist and redoc; `find` gives null for missing files. "" means no viewers. `prefix`
  /// is the public path of this service, "" or "/pulse".
  explicit docs_assets(const std::string& node_modules, std::string_view prefix = {});

  void set_openapi(std::string document);
  const file& openapi() const { return openapi_; }

  /// By the name in the address: "swagger-ui.css".
  const file* find(std::string_view name) const;

  /// Whether the files of both viewers are there.
  bool complete() const { return complete_; }

 private:
  void add(std::string_view name, std::string_view media_type, std::string content);

  std::map<std::string, file, std::less<>> files_;
  file openapi_;
  bool complete_ = true;
};

}  // namespace pulse::http::routes
