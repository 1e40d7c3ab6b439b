#include <fstream>

#include "http/server/static_files.hpp"
#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;
namespace fs = std::filesystem;

/// A directory that goes away with the test.
class temporary_directory {
 public:
  temporary_directory() {
    std::string name = (fs::temp_directory_path() / "pulse_static_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~temporary_directory() { fs::remove_all(path_); }
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  void write(const fs::path& name, std::string_view bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

request asking(verb method, std::string accept_encoding = {}) {
  request asked;
  asked.method = method;
  if (!accept_encoding.empty()) asked.headers.push_back({"accept-encoding", std::move(accept_encoding)});
  return asked;
}

const std::string script(5000, 's');

}  // namespace

TEST_CASE("files are served with type, tag and their compressed form", "[http][static]") {  // asvs: 4.1.1 13.4.3
  const temporary_directory directory;
  directory.write("index.html", "<html>");
  directory.write("assets/app.js", script);
  directory.write("assets/logo.png", script);
  const auto files = static_files::load(directory.path());
  REQUIRE(files.has_value());
  CHECK(files->size() == 3);

  const auto index = files->find(asking(verb::get), "");
  REQUIRE(index);
  CHECK(index->content_type == "text/html; charset=utf-8");
  CHECK(index->bytes() == "<html>");
  CHECK(index->find("cache-control") == "no-cache");

  const auto plain = files->find(asking(verb::get), "assets/app.js");
  const auto zipped = files->find(asking(verb::get, "gzip"), "assets/app.js");
  REQUIRE(plain);
  REQUIRE(zipped);
  CHECK(plain->bytes() == script);
  CHECK(plain->find("vary") == "accept-encoding");
  CHECK(zipped->find("content-encoding") == "gzip");
  CHECK(zipped->bytes().size() < 200);
  CHECK(plain->find("etag") != zipped->find("etag"));
  CHECK(files->find(asking(verb::get, "gzip"), "assets/app.js")->shared_body == zipped->shared_body);
  CHECK_FALSE(files->find(asking(verb::get, "gzip"), "assets/logo.png")->find("content-encoding"));
  CHECK(files->find(asking(verb::post), "index.html")->status == 405);
}

TEST_CASE("no path leads out of the directory", "[http][static]") {  // asvs: 5.3.1 5.3.2 13.4.1
  const temporary_directory directory;
  directory.write("site/index.html", "inside");
  directory.write("secret", "outside");
  fs::create_symlink(directory.path() / "secret", directory.path() / "site/link");
  const auto files = static_files::load(directory.path() / "site");
  REQUIRE(files.has_value());
  for (const auto* path :
       {"../secret", "./index.html", "/index.html", "link", "index.html/", "site/../index.html", "INDEX.HTML"}) {
    INFO(path);
    CHECK_FALSE(files->find(asking(verb::get), path));
  }
}

TEST_CASE("a directory that is not there is said in a sentence", "[http][static]") {
  const temporary_directory directory;
  const auto files = static_files::load(directory.path() / "missing");
  REQUIRE(files.has_error());
  CHECK(files.error().starts_with("Cannot read the directory "));
}

TEST_CASE("a browser that has a file gets 304, in the encoding it has", "[http][static]") {
  const temporary_directory directory;
  directory.write("app.js", script);
  const auto files = static_files::load(directory.path());
  REQUIRE(files.has_value());
  running_server server{{},
                        {{"/app.js", [&files](const request& asked) { return files->find(asked, "app.js").value(); }}}};
  for (const auto* encoding : {"gzip", "identity"}) {
    const auto ask = [&](const std::string& tag) {
      return server.ask("GET /app.js HTTP/1.1\r\nHost: h\r\nAccept-Encoding: " + std::string(encoding) +
                        "\r\nIf-None-Match: " + tag + "\r\n\r\n");
    };
    const auto first = ask("\"other\"");
    CHECK(first.status == 200);
    CHECK(ask(first.find("etag").value()).status == 304);
    CHECK(ask("W/" + first.find("etag").value()).status == 304);
  }
}

TEST_CASE("forms that lie beside a file are served as it, by what the client takes", "[http][static]") {
  const temporary_directory directory;
  directory.write("assets/app-1a2b.js", script);
  directory.write("assets/app-1a2b.js.br", "brotli");
  directory.write("assets/app-1a2b.js.gz", "gzip");
  directory.write("assets/alone.gz", "a file of its own");
  directory.write("icon.svg", "<svg/>");
  directory.write(".vite/manifest.json", "{}");
  directory.write("assets/.hidden", "");
  const auto files = static_files::load(directory.path(), {.cache_control = "no-cache", .hashed_folder = "assets/"});
  REQUIRE(files.has_value());
  CHECK(files->size() == 3);
  const auto ask = [&](const std::string& takes) {
    return *files->find(asking(verb::get, takes), "assets/app-1a2b.js");
  };
  CHECK(ask("gzip, deflate, br").bytes() == "brotli");
  CHECK(ask("gzip, deflate, br").find("content-encoding") == "br");
  CHECK(ask("br;q=0, gzip").bytes() == "gzip");
  CHECK(ask("*").find("content-encoding") == "br");
  CHECK(ask("identity").bytes() == script);
  CHECK(ask("").bytes() == script);
  CHECK(ask("br").content_type == "text/javascript; charset=utf-8");
  CHECK(ask("br").find("vary") == "accept-encoding");
  CHECK(ask("br").find("etag") != ask("gzip").find("etag"));
  CHECK(ask("br").find("cache-control") == "public, max-age=31536000, immutable");
  CHECK(files->find(asking(verb::get), "icon.svg")->find("cache-control") == "no-cache");
  CHECK_FALSE(files->find(asking(verb::get), "assets/app-1a2b.js.br"));
  CHECK(files->find(asking(verb::get), "assets/alone.gz"));
}
