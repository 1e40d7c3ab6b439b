#include "http/routes/operations/docs_assets.hpp"

#include <fstream>
#include <sstream>

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "http/server/conditional.hpp"

namespace pulse::http::routes {

namespace {

constexpr std::string_view html = "text/html; charset=utf-8";
constexpr std::string_view css = "text/css; charset=utf-8";
constexpr std::string_view javascript = "text/javascript; charset=utf-8";
constexpr std::string_view png = "image/png";

struct installed_file {
  std::string_view name;
  std::string_view path;  // in node_modules
  std::string_view media_type;
};

constexpr installed_file installed_files[] = {
    {"swagger-ui.css", "swagger-ui-dist/swagger-ui.css", css},
    {"swagger-ui-bundle.js", "swagger-ui-dist/swagger-ui-bundle.js", javascript},
    {"favicon-32x32.png", "swagger-ui-dist/favicon-32x32.png", png},
    {"redoc.standalone.js", "redoc/bundles/redoc.standalone.js", javascript},
};

// Addresses from the root, so that the pages are the same under /api; `{prefix}` becomes what a proxy puts before it.
// No script in the page itself: the policy forbids it.
constexpr std::string_view swagger_page = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pulse API</title>
<link rel="icon" type="image/png" href="{prefix}/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="{prefix}/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{prefix}/docs/assets/swagger-ui-bundle.js"></script>
<script src="{prefix}/docs/assets/start-swagger.js"></script>
</body>
</html>
)html";

// Without validatorUrl, Swagger UI sends the document's address to a host of its makers.
constexpr std::string_view start_swagger = R"js(window.ui = SwaggerUIBundle({
  url: "{prefix}/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
});
)js";

constexpr std::string_view redoc_page = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pulse API</title>
<link rel="icon" type="image/png" href="{prefix}/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="{prefix}/docs/assets/redoc.css">
</head>
<body>
<div id="redoc"></div>
<script src="{prefix}/docs/assets/redoc.standalone.js"></script>
<script src="{prefix}/docs/assets/start-redoc.js"></script>
</body>
</html>
)html";

constexpr std::string_view start_redoc = R"js(Redoc.init("{prefix}/openapi.json", {
  theme: {
    typography: {
      fontFamily: "system-ui, sans-serif",
      headings: { fontFamily: "system-ui, sans-serif" },
      code: { fontFamily: "ui-monospace, monospace" },
    },
  },
}, document.getElementById("redoc"));
)js";

constexpr std::string_view redoc_css = R"css(body { margin: 0; padding: 0; }
)css";

// The only thing that a viewer would fetch from its makers' host, and its local replacement.
constexpr std::string_view redoc_logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";
constexpr std::string_view local_logo = "{prefix}/docs/assets/favicon-32x32.png";

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string with_prefix(std::string_view text, std::string_view prefix) {
  std::string made{text};
  replace_all(made, "{prefix}", prefix);
  return made;
}

}  // namespace

docs_assets::docs_assets(const std::string& node_modules, std::string_view prefix) {
  complete_ = !node_modules.empty();
  for (const auto& one : installed_files) {
    if (node_modules.empty()) break;
    auto content = read_file(fmt::format("{}/{}", node_modules, one.path));
    if (content) {
      replace_all(*content, redoc_logo, with_prefix(local_logo, prefix));
      add(one.name, one.media_type, std::move(*content));
    } else {
      complete_ = false;
    }
  }
  if (!complete_ && !node_modules.empty()) {
    spdlog::warn("The viewers of /docs and /redoc are not installed; npm ci in http/docs_assets installs them");
  }
  add("swagger", html, with_prefix(swagger_page, prefix));
  add("start-swagger.js", javascript, with_prefix(start_swagger, prefix));
  add("redoc", html, with_prefix(redoc_page, prefix));
  add("start-redoc.js", javascript, with_prefix(start_redoc, prefix));
  add("redoc.css", css, std::string{redoc_css});
}

void docs_assets::add(std::string_view name, std::string_view media_type, std::string content) {
  auto etag = server::make_etag(content);
  files_[std::string{name}] = {std::make_shared<const std::string>(std::move(content)), media_type, std::move(etag)};
}

void docs_assets::set_openapi(std::string document) {
  auto etag = server::make_etag(document);
  openapi_ = {std::make_shared<const std::string>(std::move(document)), "application/json", std::move(etag)};
}

const docs_assets::file* docs_assets::find(std::string_view name) const {
  const auto at = files_.find(name);
  return at == files_.end() ? nullptr : &at->second;
}

}  // namespace pulse::http::routes
