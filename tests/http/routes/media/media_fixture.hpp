// Uploads of small pictures through the front door, for tests of media and of posts that show them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <zlib.h>

#include "http/server/body_reader.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

namespace pulse::tests {

using http::server::verb;

/// A body that comes in pieces; after the last, when `breaks`, the client is gone.
class prepared_body final : public http::server::body_reader {
 public:
  explicit prepared_body(std::vector<std::string> pieces, bool breaks = false)
      : pieces_(std::move(pieces)), breaks_(breaks) {}
  boost::asio::awaitable<std::optional<std::string_view>> next() override {
    if (next_ < pieces_.size()) co_return pieces_[next_++];
    if (breaks_) co_return std::nullopt;
    co_return std::string_view{};
  }

 private:
  std::vector<std::string> pieces_;
  std::size_t next_ = 0;
  bool breaks_;
};

inline std::string big_endian(std::uint32_t value) {
  std::string made;
  for (int shift = 24; shift >= 0; shift -= 8) made += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xffU);
  return made;
}

inline std::string png_chunk(const std::string& type, const std::string& data) {
  const auto content = type + data;
  const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + content + big_endian(static_cast<std::uint32_t>(sum));
}

/// A grey picture that says it is of this size, with as many rows as `rows`.
inline std::string png(std::uint32_t width, std::uint32_t height, std::uint32_t rows) {
  std::string raw;
  for (std::uint32_t i = 0; i < rows; ++i) raw += std::string(1, '\0') + std::string(width, '\x7f');
  std::string packed(::compressBound(raw.size()), '\0');
  auto size = static_cast<uLongf>(packed.size());
  ::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(raw.data()), raw.size());
  packed.resize(size);
  using namespace std::string_literals;
  return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", big_endian(width) + big_endian(height) + "\x08\0\0\0\0"s) +
         png_chunk("IDAT", packed) + png_chunk("IEND", "");
}

struct media_fixture : publishing_fixture {
  std::string token = sign_up("media");
  std::string project = add_project(token);

  answered stream(verb method, const std::string& target, std::vector<std::string> pieces,
                  std::vector<http::server::header> headers = {}, bool breaks = false) {
    prepared_body body{std::move(pieces), breaks};
    auto asked = with_token(request(method, target), token);
    asked.incoming = &body;
    for (auto& each : headers) asked.headers.push_back(std::move(each));
    return answer(asked);
  }
  answered upload(const std::string& bytes, const std::string& more = {}) {
    return stream(verb::post, "/media?project_id=" + project + more,
                  {bytes.substr(0, 10), bytes.substr(std::min<std::size_t>(10, bytes.size()))});
  }
  std::vector<http::server::header> tus(std::vector<http::server::header> more) {
    more.push_back({"tus-resumable", "1.0.0"});
    return more;
  }
  answered part(const std::string& at, std::size_t offset, const std::string& bytes, bool breaks = false) {
    return stream(verb::patch, at, {bytes},
                  tus({{"content-type", "application/offset+octet-stream"}, {"upload-offset", std::to_string(offset)}}),
                  breaks);
  }
  std::string begin(std::size_t bytes) {
    const auto begun = stream(verb::post, "/media?project_id=" + project + "&name=a.png", {},
                              tus({{"upload-length", std::to_string(bytes)}}));
    REQUIRE(begun.status() == 201);
    return std::string{*begun.raw.find("location")};
  }
  std::string offset_at(const std::string& at) {
    const auto told = answer(with_token(request(verb::head, at), token));
    return std::string{told.raw.find("upload-offset").value_or("none")};
  }
};

}  // namespace pulse::tests
