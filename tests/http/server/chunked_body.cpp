// Bodies in chunks: the decoder by itself, cut at random, and on a connection.
#include "http/server/chunked_body.hpp"

#include <random>

#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;

constexpr std::size_t body_max = 1024;

struct decoded {
  int status = 0;  // 200 when the body ended, 0 when more is wanted
  std::string body;
  std::size_t taken = 0;  // bytes that belonged to it
};

/// Gives the decoder pieces whose sizes `next_size` tells, until it ends the body or refuses.
template <class NextSize>
decoded decode(std::string_view bytes, NextSize next_size) {
  chunked_decoder decoder;
  decoder.reset(body_max);
  decoded made;
  while (made.taken < bytes.size() && !decoder.is_done()) {
    const auto piece = bytes.substr(made.taken, next_size());
    const auto taken = decoder.take(piece, made.body);
    if (!taken) {
      made.status = taken.error().status;
      return made;
    }
    REQUIRE((*taken == piece.size() || decoder.is_done()));
    made.taken += *taken;
  }
  made.status = decoder.is_done() ? 200 : 0;
  return made;
}

decoded decode(std::string_view bytes) {
  return decode(bytes, [&bytes] { return bytes.size(); });
}

std::string chunk(std::string_view content, std::string_view extension = {}) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx", content.size());
  return size + std::string(extension) + "\r\n" + std::string(content) + "\r\n";
}

const std::string request_line = "POST /chunks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

}  // namespace

TEST_CASE("chunks are put together, and what follows is left alone", "[http][chunked]") {
  const auto made = decode(chunk("hello") + chunk(", ", ";a=\"b\"") + chunk("world") + "0\r\nX: y\r\n\r\nGET /next");
  CHECK(made.status == 200);
  CHECK(made.body == "hello, world");
  CHECK(made.taken == (chunk("hello") + chunk(", ", ";a=\"b\"") + chunk("world") + "0\r\nX: y\r\n\r\n").size());
  CHECK(decode("0\r\n\r\n").status == 200);
  CHECK(decode("5\r\nhel").status == 0);
  CHECK(decode("5\r\nhello\r\n0\r\n").status == 0);
}

TEST_CASE("a body in chunks has the same limit as any other, to the byte", "[http][chunked]") {
  const std::string half(body_max / 2, 'x');
  CHECK(decode(chunk(half) + chunk(half) + "0\r\n\r\n").body.size() == body_max);
  CHECK(decode(chunk(half) + chunk(half) + "1\r\n").status == 413);
  CHECK(decode("401\r\n").status == 413);
  CHECK(decode("ffffffffffffffff\r\n").status == 413);
  CHECK(decode("10000000000000000\r\n").status == 400);
}

TEST_CASE("what stands around the content has limits of its own", "[http][chunked]") {
  CHECK(decode("1;" + std::string(chunk_line_bytes_max - 4, 'a') + "\r\nx").status == 0);
  CHECK(decode("1;" + std::string(chunk_line_bytes_max - 3, 'a') + "\r\nx").status == 400);
  CHECK(decode("1;" + std::string(chunk_line_bytes_max, 'a')).status == 400);
  std::string extensions;
  for (int i = 0; i < 16; ++i) extensions += chunk("x", ";" + std::string(300, 'a'));
  CHECK(decode(extensions).status == 400);
  CHECK(decode("0\r\nX: " + std::string(trailer_bytes_max, 'a')).status == 400);
  std::string trailers = "0\r\n";
  for (std::size_t i = 0; i < trailer_count_max; ++i) trailers += "X: 1\r\n";
  CHECK(decode(trailers + "\r\n").status == 200);
  CHECK(decode(trailers + "X: 1\r\n\r\n").status == 400);
  std::string tiny;
  chunked_decoder decoder;
  decoder.reset(chunk_count_max * 2);
  for (std::size_t i = 0; i < chunk_count_max; ++i) tiny += "1\r\nx\r\n";
  std::string body;
  CHECK(decoder.take(tiny, body));
  CHECK(decoder.take("1\r\n", body).error().status == 400);
}

TEST_CASE("a decoder that was used before keeps nothing of the earlier body", "[http][chunked]") {
  chunked_decoder decoder;
  std::string body;
  decoder.reset(body_max);
  REQUIRE(decoder.take("5;a\r\nhel", body));
  decoder.reset(body_max);
  body.clear();
  REQUIRE(decoder.take(chunk("again") + "0\r\n\r\n", body));
  CHECK(decoder.is_done());
  CHECK(body == "again");
}

TEST_CASE("wherever a chunked body is cut, it means the same", "[http][chunked]") {  // asvs: 4.2.1
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  const std::vector<std::string> pieces{"0\r\n",
                                        "\r\n",
                                        "5\r\nhello\r\n",
                                        "3;a=b\r\nxyz\r\n",
                                        "1",
                                        "a",
                                        "ff",
                                        ";",
                                        "x=\"y\"",
                                        "\r",
                                        "\n",
                                        " ",
                                        "X: y\r\n",
                                        "hello",
                                        "0000",
                                        "\"",
                                        "=",
                                        std::string(1, '\0'),
                                        "\xe9",
                                        "A\r\n0123456789\r\n",
                                        "400\r\n",
                                        ":"};
  std::uniform_int_distribution<std::size_t> which{0, pieces.size() - 1};
  std::uniform_int_distribution<int> length{1, 12};
  std::uniform_int_distribution<std::size_t> size{1, 7};
  std::size_t ended = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes;
    const bool is_sound = round % 4 == 0;  // the first pieces that follow are whole chunks
    for (int i = length(random); i > 0; --i) bytes += pieces[is_sound ? 2 + which(random) % 2 : which(random)];
    if (round % 2 == 0) bytes += "0\r\n\r\n";
    INFO(bytes);
    const auto whole = decode(bytes);
    const auto in_pieces = decode(bytes, [&] { return size(random); });
    const auto by_byte = decode(bytes, [] { return std::size_t{1}; });
    REQUIRE(whole.status == by_byte.status);
    REQUIRE(whole.status == in_pieces.status);
    if (whole.status < 400) {
      REQUIRE(whole.body == by_byte.body);
      REQUIRE(whole.body == in_pieces.body);
      REQUIRE(whole.taken == by_byte.taken);
    }
    REQUIRE(whole.body.size() <= body_max);
    ended += whole.status == 200 ? 1 : 0;
  }
  CHECK(ended > 1000);
}

TEST_CASE("content of any bytes comes through chunks of any size unchanged", "[http][chunked]") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  std::uniform_int_distribution<int> any{0, 255};
  std::uniform_int_distribution<std::size_t> size{1, 40};
  for (int round = 0; round < 2000; ++round) {
    std::string content(static_cast<std::size_t>(any(random)) * 4, '\0');
    for (auto& each : content) each = static_cast<char>(any(random));
    std::string bytes;
    for (std::size_t at = 0; at < content.size();) {
      const auto piece = std::string_view(content).substr(at, size(random));
      bytes += chunk(piece, any(random) < 32 ? ";n=\"v\"" : "");
      at += piece.size();
    }
    bytes += "0\r\n\r\n";
    const auto made = decode(bytes, [&] { return size(random); });
    REQUIRE(made.status == 200);
    REQUIRE(made.body == content);
    REQUIRE(made.taken == bytes.size());
  }
}

TEST_CASE("a body in chunks reaches the handler whole, and the connection goes on", "[http][chunked]") {
  running_server server;
  raw_client client{server.port()};
  client.send(request_line + chunk("hello ") + chunk("world") +
              "0\r\nContent-Length: 900\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.receive().value().status == 200);
  CHECK(client.receive().value().status == 200);
  const std::string bytes = request_line + chunk("a byte") + chunk(" at a time") + "0\r\n\r\n";
  for (const char c : bytes) REQUIRE(client.send({&c, 1}));
  CHECK(client.receive().value().status == 200);
  const auto seen = server.requests();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].body == "hello world");
  CHECK_FALSE(seen[0].find("content-length"));
  CHECK(seen[1].path == "/next");
  CHECK(seen[1].body.empty());
  CHECK(seen[2].body == "a byte at a time");
}

TEST_CASE("a body in chunks is invited, bounded and timed as any other", "[http][chunked]") {
  const quiet_log quiet;
  options settings;
  settings.limits.body_bytes = 10;
  settings.limits.body_timeout = std::chrono::milliseconds{100};
  running_server server{settings};
  raw_client invited{server.port()};
  invited.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
  CHECK(invited.receive().value().status == 100);
  invited.send(chunk("hello") + "0\r\n\r\n");
  CHECK(invited.receive().value().status == 200);

  raw_client large{server.port()};
  large.send(request_line + chunk("hello") + "6\r\n");
  CHECK(large.receive().value().status == 413);
  REQUIRE(large.wait_for_close());

  raw_client slow{server.port()};
  slow.send(request_line + "5\r\nhe");
  CHECK(slow.receive().value().status == 408);
}
