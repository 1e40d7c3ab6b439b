#include <cstring>
#include <fstream>
#include <random>

#include "http/server/characters.hpp"
#include "http/server/head_parser.hpp"
#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::http::server;
using pulse::tests::corpus_directory;

constexpr std::size_t header_bytes_max = 16 * 1024;

/// What the parser makes of bytes that arrived at once: the status of its refusal, 0 when it wants more, 200 when it
/// accepts.
int verdict_of(std::string_view bytes, accepted_head& head) {
  const auto empty_line = empty_line_before(bytes);
  if (!empty_line) return 0;
  bytes.remove_prefix(*empty_line);
  std::size_t scanned = 0;
  const auto found = find_head(bytes, scanned, header_bytes_max);
  if (!found) return found.error().status;
  if (*found == 0) return 0;
  const auto why = parse_head(bytes.substr(0, *found), head);
  return why ? why->status : 200;
}

/// What `head` shows lies in these bytes, which live until the next call.
int verdict(std::string_view bytes, accepted_head& head) {
  static std::string kept;
  kept = bytes;
  return verdict_of(kept, head);
}

int verdict(std::string_view bytes) {
  accepted_head head;
  return verdict_of(bytes, head);
}

std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: pulse.test\r\n\r\n";
}

std::string with_header(std::string_view line) {
  return "GET / HTTP/1.1\r\nHost: pulse.test\r\n" + std::string(line) + "\r\n\r\n";
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the head parser parses what it accepts", "[http][head_parser]") {
  accepted_head head;
  const std::string bytes =
      "POST /posts/caf%C3%A9?status=due&x=%41 HTTP/1.1\r\nHost: pulse.test:8000\r\nContent-Length: 12\r\n"
      "X-Request-ID: abc-1\r\nOrigin:https://app.test\r\nAccept:  text/html \t\r\nEXPECT: 100-Continue\r\n\r\n";
  REQUIRE(verdict(bytes, head) == 200);
  CHECK(head.method == verb::post);
  CHECK(head.target == "/posts/caf%C3%A9?status=due&x=%41");
  CHECK(head.path == "/posts/caf\xc3\xa9");
  CHECK(head.query == "status=due&x=%41");
  CHECK(head.content_length == 12);
  CHECK(head.keep_alive);
  CHECK(head.expects_continue);
  CHECK(head.request_id == "abc-1");
  REQUIRE(head.fields.size() == 6);
  CHECK(head.fields[4].name == "Accept");
  CHECK(head.fields[4].value == "text/html");
}

TEST_CASE("a head that was used before keeps nothing of the earlier request", "[http][head_parser]") {
  accepted_head head;
  REQUIRE(verdict("POST /a?b HTTP/1.0\r\nContent-Length: 5\r\nX-Request-ID: x\r\nOrigin: o\r\n\r\n", head) == 200);
  REQUIRE(verdict(get("/c"), head) == 200);
  CHECK(head.method == verb::get);
  CHECK(head.path == "/c");
  CHECK(head.query.empty());
  CHECK(head.content_length == 0);
  CHECK(head.request_id.empty());
  CHECK_FALSE(head.http_1_0);
  CHECK(head.fields.size() == 1);
}

TEST_CASE("keep-alive follows the version and the Connection header", "[http][head_parser]") {
  const auto keeps_alive = [](std::string_view version, std::string_view connection) {
    accepted_head head;
    std::string bytes = "GET / HTTP/" + std::string(version) + "\r\nHost: h\r\n";
    if (!connection.empty()) bytes += "Connection: " + std::string(connection) + "\r\n";
    REQUIRE(verdict(bytes + "\r\n", head) == 200);
    return head.keep_alive;
  };
  CHECK(keeps_alive("1.1", ""));
  CHECK_FALSE(keeps_alive("1.1", "close"));
  CHECK_FALSE(keeps_alive("1.1", "TE, Close"));
  CHECK(keeps_alive("1.1", "upgrade"));
  CHECK_FALSE(keeps_alive("1.0", ""));
  CHECK(keeps_alive("1.0", "Keep-Alive"));
  CHECK_FALSE(keeps_alive("1.0", "keep-alive, close"));
}

TEST_CASE("every file of the corpus gets the verdict that its name says", "[http][head_parser]") {  // asvs: 13.4.4
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus_directory())) {
    if (entry.path().extension() != ".http") continue;
    const auto name = entry.path().filename().string();
    INFO(name);
    const int expected = std::stoi(name.substr(0, 3));
    // A body's size is judged after the head, by the limit of its route, and so are its chunks.
    const bool is_body = expected == 413 || expected == 204 || name.find("_chunk_") != std::string::npos;
    CHECK(verdict(read_file(entry.path())) == (is_body ? 200 : expected));
    ++files;
  }
  CHECK(files >= 180);
}

TEST_CASE("limits of the header are exact", "[http][head_parser]") {
  SECTION("the whole block") {
    const std::string frame = "GET / HTTP/1.1\r\nHost: h\r\nX: \r\n\r\n";
    const auto padded = [&](std::size_t size) {
      return "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(size - frame.size(), 'x') + "\r\n\r\n";
    };
    CHECK(verdict(padded(header_bytes_max)) == 200);
    CHECK(verdict(padded(header_bytes_max + 1)) == 431);
    CHECK(verdict(padded(header_bytes_max + 1).substr(0, header_bytes_max)) == 431);
    CHECK(verdict(padded(header_bytes_max).substr(0, header_bytes_max - 1)) == 0);
  }
  SECTION("the target") {
    CHECK(verdict(get("/" + std::string(target_bytes_max - 1, 'x'))) == 200);
    CHECK(verdict(get("/" + std::string(target_bytes_max, 'x'))) == 414);
    CHECK(verdict("GET /" + std::string(header_bytes_max, 'x')) == 414);
  }
  SECTION("the number of headers") {
    const auto with = [](std::size_t count) {
      std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n";
      for (std::size_t i = 1; i < count; ++i) bytes += "X: 1\r\n";
      return bytes + "\r\n";
    };
    CHECK(verdict(with(header_count_max)) == 200);
    CHECK(verdict(with(header_count_max + 1)) == 431);
  }
  SECTION("the length of a body") {
    accepted_head head;
    CHECK(verdict("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\n", head) == 200);
    CHECK(head.content_length == 18446744073709551615ULL);
    CHECK(verdict("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551616\r\n\r\n") == 400);
  }
}

TEST_CASE("a header that comes in pieces gets the same verdict, and each byte is looked at once",
          "[http][head_parser]") {
  const auto whole = with_header("Accept: */*");
  std::size_t scanned = 0;
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto found = find_head(std::string_view(whole).substr(0, size), scanned, header_bytes_max);
    REQUIRE(found.has_value());
    REQUIRE(*found == 0);
    REQUIRE(scanned == size);
  }
  const auto found = find_head(whole, scanned, header_bytes_max);
  REQUIRE(found.has_value());
  CHECK(*found == whole.size());
}

TEST_CASE("every control character is refused wherever it stands", "[http][head_parser]") {
  for (int c = 0; c < 0x21; ++c) {
    const std::string byte(1, static_cast<char>(c == 0x20 ? 0x7f : c));
    INFO("character " << c);
    CHECK(verdict(get("/a" + byte + "b")) == 400);
    if (byte != "\t") CHECK(verdict(with_header("X: a" + byte + "b")) == 400);
    CHECK(verdict(with_header("X" + byte + "Y: a")) == 400);
    CHECK(verdict("GET" + byte + "/ HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
  }
}

TEST_CASE("no single changed byte makes the parser read a request in two ways", "[http][head_parser]") {  // asvs: 4.2.1
  // Whatever one byte is changed to, an accepted block has exactly the lines that are visible in it, and one framing.
  const std::string good = "POST /a%41?q=1 HTTP/1.1\r\nHost: pulse.test\r\nContent-Length: 7\r\nX-Y: z\r\n\r\n";
  accepted_head head;
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      auto bytes = good;
      bytes[at] = static_cast<char>(value);
      if (verdict(bytes, head) != 200) continue;
      ++accepted;
      INFO("byte " << at << " changed to " << value);
      REQUIRE(head.fields.size() == 3);
      REQUIRE(head.path.front() == '/');
      REQUIRE_FALSE(head.is_chunked);
      for (const auto& each : head.fields)
        REQUIRE(each.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    }
  }
  CHECK(accepted > 256);
}

TEST_CASE("random bytes never break the parser, and what it accepts keeps its promises",
          "[http][head_parser]") {  // asvs: 1.4.1
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  const std::vector<std::string> pieces{"GET ",
                                        "POST ",
                                        "/",
                                        "/a%2e",
                                        "%",
                                        "%41",
                                        "?",
                                        " HTTP/1.1",
                                        " HTTP/1.0",
                                        "\r\n",
                                        "\r\n\r\n",
                                        "\n",
                                        "\r",
                                        "Host: h",
                                        "Content-Length: 5",
                                        "Content-Length: ",
                                        "Transfer-Encoding: chunked",
                                        ":",
                                        " ",
                                        "\t",
                                        std::string(1, '\0'),
                                        "\xc3\xa9",
                                        "\xff",
                                        "X: y",
                                        "Connection: close",
                                        "Expect: 100-continue",
                                        "hello",
                                        "../",
                                        "5"};
  std::uniform_int_distribution<std::size_t> which{0, pieces.size() - 1};
  std::uniform_int_distribution<int> any{0, 255};
  std::uniform_int_distribution<int> length{1, 30};
  accepted_head head;
  std::size_t accepted = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string bytes = round % 2 == 0 ? "GET / HTTP/1.1\r\nHost: h\r\n" : "";
    for (int i = length(random); i > 0; --i) bytes += pieces[which(random)];
    if (round % 7 == 0) bytes[bytes.size() / 2] = static_cast<char>(any(random));
    if (round % 3 == 0) bytes += "\r\n\r\n";
    if (verdict(bytes, head) != 200) continue;
    ++accepted;
    const auto framed = bytes.substr(0, bytes.find("\r\n\r\n"));
    INFO(bytes);
    const bool is_coded = framed.find("\r\nTransfer-Encoding:") != std::string::npos;
    REQUIRE(is_coded == head.is_chunked);
    REQUIRE_FALSE((head.is_chunked && framed.find("\r\nContent-Length:") != std::string::npos));
    REQUIRE_FALSE((head.is_chunked && (head.http_1_0 || is_read(head.method))));
    REQUIRE(head.path.front() == '/');
    REQUIRE(head.path.find('\0') == std::string::npos);
    REQUIRE(head.path.find("/../") == std::string::npos);
    REQUIRE(head.fields.size() <= header_count_max);
  }
  CHECK(accepted > 0);
}

TEST_CASE("a target may be a whole address, which is read without its host", "[http][head_parser]") {  // asvs: 1.1.1
  accepted_head head;
  REQUIRE(verdict("POST https://other.test:8443/posts?limit=2 HTTP/1.1\r\nHost: pulse.test\r\n\r\n", head) == 200);
  CHECK(head.target == "/posts?limit=2");
  CHECK(head.path == "/posts");
  CHECK(head.query == "limit=2");
  REQUIRE(verdict(get("HTTP://[::1]:8000"), head) == 200);
  CHECK(head.path == "/");
  CHECK(head.target == "/");
  REQUIRE(verdict(get("http://pulse.test?a=b"), head) == 200);
  CHECK(head.path == "/");
  CHECK(head.query == "a=b");
  REQUIRE(verdict("OPTIONS http://pulse.test HTTP/1.1\r\nHost: h\r\n\r\n", head) == 200);
  CHECK(head.path == "*");
  for (const auto* bad : {"http://", "http://a b/", "http://a/#b", "http:/a", "http://a:b/", "http://a@b/", "*", "a:80",
                          "ws://a/", "http://a\\b/", "?a", "http://a?b#c"}) {
    INFO(bad);
    CHECK(verdict(get(bad)) == 400);
  }
  CHECK(verdict("GET http://a/ HTTP/1.1\r\n\r\n") == 400);
}

TEST_CASE("a later minor version is read as HTTP/1.1, and another major one is not", "[http][head_parser]") {
  for (const auto* version : {"1.1", "1.2", "1.9"}) {
    accepted_head head;
    CHECK(verdict("GET / HTTP/" + std::string(version) + "\r\nHost: h\r\n\r\n", head) == 200);
    CHECK(head.keep_alive);
    CHECK_FALSE(head.http_1_0);
    CHECK(verdict("GET / HTTP/" + std::string(version) + "\r\n\r\n") == 400);
  }
  for (const auto* version : {"0.9", "2.0", "3.0"}) {
    CHECK(verdict("GET / HTTP/" + std::string(version) + "\r\nHost: h\r\n\r\n") == 505);
  }
}

TEST_CASE("a port may be empty, as in a URL", "[http][head_parser]") {
  for (const auto* host : {"a:", "a:80", "[::1]:", "[::1]:80", "127.0.0.1:"}) {
    INFO(host);
    CHECK(verdict("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == 200);
  }
  for (const auto* host : {":", ":80", "a::", "a:80:", "a: 80", "[::1]a", "a:٣"}) {
    INFO(host);
    CHECK(verdict("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == 400);
  }
}

TEST_CASE("only a lone chunked of HTTP/1.1 with a method that has a body makes a body of chunks",
          "[http][head_parser]") {
  accepted_head head;
  const auto with = [&head](std::string_view method, std::string_view version, std::string_view lines) {
    return verdict(
        std::string(method) + " / HTTP/" + std::string(version) + "\r\nHost: h\r\n" + std::string(lines) + "\r\n",
        head);
  };
  for (const auto* method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    CHECK(with(method, "1.1", "Transfer-Encoding: chunked\r\n") == 200);
    CHECK(head.is_chunked);
  }
  CHECK(with("POST", "1.1", "TRANSFER-encoding:chunked  \r\n") == 200);
  CHECK(with("POST", "1.1", "Content-Length: 5\r\n") == 200);
  CHECK_FALSE(head.is_chunked);
  for (const auto* method : {"GET", "HEAD"}) CHECK(with(method, "1.1", "Transfer-Encoding: chunked\r\n") == 411);
  CHECK(with("POST", "1.0", "Transfer-Encoding: chunked\r\n") == 411);
  CHECK(with("POST", "1.1", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") == 411);
  CHECK(with("POST", "1.1", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") == 411);
  CHECK(with("POST", "1.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") == 411);
  for (const auto* coding : {"", "identity", "gzip", "gzip, chunked", "chunked, chunked", "Chunked", "chunked;q=1",
                             "xchunked", "chunked,", ",chunked", "chunk\351d"}) {
    INFO(coding);
    CHECK(with("POST", "1.1", "Transfer-Encoding: " + std::string(coding) + "\r\n") >= 400);
  }
}

TEST_CASE("a value that nobody reads may be Latin-1, and one that decides something may not", "[http][head_parser]") {
  accepted_head head;
  REQUIRE(verdict(with_header("X-Name: caf\xe9"), head) == 200);
  CHECK(head.fields.at(1).is_latin_1);
  REQUIRE(verdict(with_header("X-Name: caf\xc3\xa9"), head) == 200);
  CHECK_FALSE(head.fields.at(1).is_latin_1);
  CHECK(from_latin_1("caf\xe9 \x85 \xff") == "caf\xc3\xa9 ? \xc3\xbf");
  for (const auto* name : {"Authorization", "Content-Type", "Idempotency-Key", "X-Tenant-ID", "Origin", "Connection"}) {
    INFO(name);
    CHECK(verdict(with_header(std::string(name) + ": caf\xe9")) == 400);
  }
}
