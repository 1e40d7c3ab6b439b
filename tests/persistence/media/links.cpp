#include "persistence/media/links.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using base::secret;
namespace media = persistence::media;
using media::link_signer;

namespace {

constexpr base::timestamp now{std::chrono::seconds{1'790'000'000}};
const media::link to_picture{base::uuid_from_name("company"), base::uuid_from_name("picture"), "original",
                             now + std::chrono::hours{1}};

/// The part of the path that is signed.
std::string token_of(const std::string& path) {
  const auto begin = path.find("/files/") + 7;
  return path.substr(begin, path.rfind('/') - begin);
}

}  // namespace

TEST_CASE("an address of a file is good until its time, and not with a changed letter") {
  const link_signer signer{secret{"a key for tests"}};
  const auto token = token_of(signer.path(to_picture, "jpg"));
  CHECK(signer.open(token, now) == to_picture);
  CHECK(signer.open(token, now + std::chrono::hours{2}) == std::nullopt);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK(signer.open(changed, now) == std::nullopt);
  }
}

TEST_CASE("addresses that an earlier key has signed are good while that key is accepted") {
  const secret before{"the key before"};
  const secret after{"the key after"};
  const auto old_token = token_of(link_signer{before}.path(to_picture, "mp4"));
  const link_signer both{after, {before}};
  CHECK(both.open(old_token, now) == to_picture);
  CHECK(link_signer{after}.open(old_token, now) == std::nullopt);
  // What is signed from now on needs the new one.
  CHECK(link_signer{after}.open(token_of(both.path(to_picture, "mp4")), now) == to_picture);
}
