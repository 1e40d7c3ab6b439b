// Parts of every answer: security headers, compression, 304, CORS.
#include <zlib.h>

#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;

std::string get(std::string_view target, std::string_view headers = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

std::string unzip(const std::string& compressed) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string out(1024 * 1024, '\0');
  auto input = compressed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  inflateEnd(&stream);
  return out.substr(0, out.size() - stream.avail_out);
}

}  // namespace

TEST_CASE("HEAD is answered as GET, without the body", "[http][session]") {
  running_server server;
  raw_client client{server.port()};
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto head = client.receive(true);
  REQUIRE(head);
  CHECK(head->status == 200);
  CHECK(head->find("content-length") == "2");
  client.send(get("/"));
  const auto next = client.receive();  // would begin with the body if there had been one
  REQUIRE(next);
  CHECK(next->body == "ok");
  CHECK(head->find("content-type") == next->find("content-type"));
}

TEST_CASE("every response carries an id, a date and the security headers", "[http][session]") {
  running_server server;  // asvs: 3.2.1 3.4.4 3.4.5
  const auto answer = server.ask(get("/"));
  CHECK(answer.find("server") == "pulse");
  CHECK(answer.find("x-content-type-options") == "nosniff");
  CHECK(answer.find("referrer-policy") == "no-referrer");
  const auto date = answer.find("date").value();
  CHECK(date.size() == 29);
  CHECK(date.ends_with(" GMT"));
  CHECK(answer.find("x-request-id") == server.requests()[0].id);
  CHECK_FALSE(answer.find("vary"));
  CHECK_FALSE(answer.find("access-control-allow-origin"));
}

TEST_CASE("a handler cannot split a response or frame it itself", "[http][session]") {  // asvs: 1.2.1 5.4.2
  const quiet_log quiet;
  running_server server{{}, {{"/", [](const request&) {
                                auto answer = response::text(200, "ok");
                                answer.headers = {{"x-good", "1"},
                                                  {"x-bad", "a\r\nset-cookie: b"},
                                                  {"x bad", "1"},
                                                  {"content-length", "99"},
                                                  {"transfer-encoding", "chunked"}};
                                return answer;
                              }}}};
  const auto answer = server.ask(get("/"));
  CHECK(answer.find("x-good") == "1");
  CHECK_FALSE(answer.find("x-bad"));
  CHECK_FALSE(answer.find("set-cookie"));
  CHECK_FALSE(answer.find("x bad"));
  CHECK_FALSE(answer.find("transfer-encoding"));
  CHECK(answer.count("content-length") == 1);
  CHECK(answer.body == "ok");
}

TEST_CASE("answers without a body say so", "[http][session]") {
  running_server server{{},
                        {{"/204", [](const request&) { return response::empty(204); }},
                         {"/201", [](const request&) { return response::empty(201); }}}};
  const auto none = server.ask(get("/204"));
  CHECK(none.status == 204);
  CHECK_FALSE(none.find("content-length"));
  CHECK(server.ask(get("/201")).find("content-length") == "0");
}

TEST_CASE("large text is compressed for those who take gzip", "[http][session]") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "a line of text, number " + std::to_string(i) + "\n";
  const auto tagged = [&text](const request&) {
    auto answer = response::json(200, text);
    answer.headers.push_back({"etag", "\"t1\""});
    return answer;
  };
  running_server server{{},
                        {{"/text", tagged},
                         {"/small", [](const request&) { return response::text(200, std::string(1023, 'a')); }},
                         {"/image", [&text](const request&) {
                            auto answer = response::text(200, text);
                            answer.content_type = "image/png";
                            return answer;
                          }}}};
  const auto zipped = server.ask(get("/text", "Accept-Encoding: deflate, gzip;q=0.5\r\n"));
  CHECK(zipped.find("content-encoding") == "gzip");
  CHECK(zipped.find("vary") == "accept-encoding");
  CHECK(zipped.find("etag") == "W/\"t1\"");
  CHECK(zipped.body.size() < text.size() / 2);
  CHECK(unzip(zipped.body) == text);
  // The compressor is used again for the next one.
  CHECK(unzip(server.ask(get("/text", "Accept-Encoding: gzip\r\n")).body) == text);

  for (const auto* refusing :
       {"", "Accept-Encoding: br\r\n", "Accept-Encoding: gzip;q=0\r\n", "Accept-Encoding: *;q=0.0\r\n"}) {
    INFO(refusing);
    const auto plain = server.ask(get("/text", refusing));
    CHECK_FALSE(plain.find("content-encoding"));
    CHECK(plain.find("vary") == "accept-encoding");
    CHECK(plain.find("etag") == "\"t1\"");
    CHECK(plain.body == text);
  }
  CHECK_FALSE(server.ask(get("/small", "Accept-Encoding: gzip\r\n")).find("content-encoding"));
  CHECK_FALSE(server.ask(get("/image", "Accept-Encoding: gzip\r\n")).find("content-encoding"));
}

TEST_CASE("what the client has already is not sent again", "[http][session]") {
  const auto tagged = [](const request&) {
    auto answer = response::text(200, "content");
    answer.headers = {
        {"etag", "\"v1\""}, {"last-modified", "Sun, 22 Nov 2026 08:30:00 GMT"}, {"cache-control", "no-cache"}};
    return answer;
  };
  running_server server{{}, {{"/tagged", tagged}}};
  for (const auto* header :
       {"If-None-Match: \"v1\"\r\n", "If-None-Match: \"v0\", W/\"v1\"\r\n", "If-None-Match: *\r\n",
        "If-Modified-Since: Sun, 22 Nov 2026 08:30:00 GMT\r\n", "If-Modified-Since: Sun, 22 Nov 2026 08:30:01 GMT\r\n",
        "If-Modified-Since: Sunday, 22-Nov-26 08:30:00 GMT\r\n", "If-Modified-Since: Sun Nov 22 08:30:00 2026\r\n"}) {
    INFO(header);
    const auto answer = server.ask(get("/tagged", header));
    CHECK(answer.status == 304);
    CHECK(answer.find("etag") == "\"v1\"");
    CHECK(answer.find("cache-control") == "no-cache");
    CHECK_FALSE(answer.find("content-type"));
    CHECK_FALSE(answer.find("content-length"));
  }
  for (const auto* header :
       {"If-None-Match: \"v2\"\r\n", "If-None-Match: v1\r\n",
        "If-None-Match: \"v2\"\r\nIf-Modified-Since: Sun, 22 Nov 2026 08:30:00 GMT\r\n",
        "If-Modified-Since: Sun, 22 Nov 2026 08:29:59 GMT\r\n", "If-Modified-Since: 2026-11-22T08:30:00Z\r\n"}) {
    INFO(header);
    CHECK(server.ask(get("/tagged", header)).status == 200);
  }
}

TEST_CASE("pages of allowed origins may call, others may not", "[http][session]") {  // asvs: 3.4.2
  options settings;
  settings.cors_origins = {"https://app.test", "http://localhost:5173"};
  running_server server{settings};
  const auto preflight = [&server](std::string_view origin) {
    return server.ask("OPTIONS /posts HTTP/1.1\r\nHost: h\r\nOrigin: " + std::string(origin) +
                      "\r\nAccess-Control-Request-Method: PATCH\r\n\r\n");
  };
  const auto allowed = preflight("https://app.test");
  CHECK(allowed.status == 204);
  CHECK(allowed.find("access-control-allow-origin") == "https://app.test");
  CHECK(allowed.find("access-control-allow-credentials") == "true");
  CHECK(allowed.find("access-control-allow-methods").value().find("PATCH") != std::string::npos);
  CHECK(allowed.find("access-control-allow-headers").value().find("authorization") != std::string::npos);
  CHECK(allowed.find("access-control-max-age") == "600");
  for (const auto* origin : {"https://app.test.evil.test", "http://app.test", "null", "https://APP.test"}) {
    INFO(origin);
    const auto refused = preflight(origin);
    CHECK(refused.status == 403);
    CHECK_FALSE(refused.find("access-control-allow-origin"));
  }
  CHECK(server.requests().empty());  // preflights are not the handler's

  const auto actual = server.ask(get("/", "Origin: http://localhost:5173\r\n"));
  CHECK(actual.find("access-control-allow-origin") == "http://localhost:5173");
  CHECK(actual.find("access-control-expose-headers").value().find("x-request-id") != std::string::npos);
  CHECK(actual.find("vary") == "origin");
  const auto foreign = server.ask(get("/", "Origin: https://evil.test\r\n"));
  CHECK(foreign.status == 200);
  CHECK_FALSE(foreign.find("access-control-allow-origin"));
  CHECK(foreign.find("vary") == "origin");
  CHECK(server.ask("OPTIONS / HTTP/1.1\r\nHost: h\r\nOrigin: https://app.test\r\n\r\n").body == "ok");
}

TEST_CASE("pages of every origin may read the open paths, without credentials", "[http][session]") {  // asvs: 3.4.2
  options settings;
  settings.cors_origins = {"https://app.test"};
  settings.open_paths = {"/site/"};
  running_server server{settings};
  for (const auto* origin :
       {"", "Origin: https://anywhere.test\r\n", "Origin: https://app.test\r\n", "Origin: null\r\n"}) {
    INFO(origin);
    const auto shown = server.ask(get("/site/feed", origin));
    CHECK(shown.find("access-control-allow-origin") == "*");
    CHECK_FALSE(shown.find("access-control-allow-credentials"));
    CHECK(shown.find("access-control-expose-headers").value().starts_with("etag, link, location"));
    CHECK_FALSE(shown.find("vary"));
  }
  const auto preflight = server.ask(
      "OPTIONS /site/feed HTTP/1.1\r\nHost: h\r\nOrigin: https://anywhere.test\r\nAccess-Control-Request-Method: "
      "GET\r\nAccess-Control-Request-Headers: if-none-match\r\n\r\n");
  CHECK(preflight.status == 204);
  CHECK(preflight.find("access-control-allow-origin") == "*");
  CHECK(preflight.find("access-control-allow-methods") == "GET, HEAD, OPTIONS");
  CHECK(preflight.find("access-control-allow-headers").value().find("if-none-match") != std::string::npos);
  CHECK(preflight.find("access-control-allow-headers").value().find("authorization") == std::string::npos);
  CHECK_FALSE(server.ask(get("/sites", "Origin: https://anywhere.test\r\n")).find("access-control-allow-origin"));
  const auto listed = server.ask(get("/posts", "Origin: https://app.test\r\n"));
  for (const auto* name : {"etag", "location", "link"}) {
    CHECK(listed.find("access-control-expose-headers").value().find(name) != std::string::npos);
  }
}

TEST_CASE("every answer carries what the operator wants on all of them", "[http][session]") {  // asvs: 3.4.1
  const quiet_log quiet;
  options settings;
  settings.common_headers = {{"strict-transport-security", "max-age=31536000"}};
  running_server server{settings};
  CHECK(server.ask(get("/")).find("strict-transport-security") == "max-age=31536000");
  CHECK(server.ask("BREW / HTTP/1.1\r\nHost: h\r\n\r\n").find("strict-transport-security") == "max-age=31536000");
}
