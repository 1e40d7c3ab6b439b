#include "http/auth/stamps.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using namespace pulse::http;
using namespace std::chrono_literals;

namespace {

const base::secret key{"a secret of at least thirty-two bytes"};
const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
const member_content somebody{base::uuid_from_name("tenant"), base::uuid_from_name("member"), now + 1h};

}  // namespace

TEST_CASE("a stamp is good for what it was made for, and nothing else") {  // asvs: 6.6.2 9.2.4
  const stamp_signer by{key};
  const auto text = by.stamp(stamp_purpose::refresh, "content", "bound");
  CHECK(by.open(stamp_purpose::refresh, text, "bound") == "content");
  CHECK_FALSE(by.open(stamp_purpose::device, text, "bound"));
  CHECK_FALSE(by.open(stamp_purpose::refresh, text, "other"));
  CHECK_FALSE(by.open(stamp_purpose::refresh, text));
  // What stands in the content of one cannot stand in what another is bound to.
  CHECK_FALSE(by.open(stamp_purpose::refresh, by.stamp(stamp_purpose::refresh, "contentbound"), "bound"));
  CHECK(stamp_signer::unproven(text) == "content");
}

TEST_CASE("a stamp of which one character is another is none") {  // asvs: 6.6.3
  const stamp_signer by{key};
  const auto text = write_refresh_token(by, {base::uuid_from_name("tenant"), base::uuid_from_name("session"), 3});
  REQUIRE(read_refresh_token(by, text)->generation == 3);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto twisted = text;
    twisted[i] = twisted[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(read_refresh_token(by, twisted));
  }
  for (const auto& bad : {std::string{}, std::string{"x"}, text + "A", text.substr(1), text.substr(0, text.size() - 1),
                          std::string(600, 'A')}) {
    CHECK_FALSE(read_refresh_token(by, bad));
  }
}

TEST_CASE("a link in a mail ends, and a key that was replaced is still taken") {
  const stamp_signer by{key};
  const auto text = write_member_stamp(by, stamp_purpose::reset_password, somebody, "hash");
  CHECK(read_member_stamp(by, stamp_purpose::reset_password, text, now, "hash")->member_id == somebody.member_id);
  CHECK_FALSE(read_member_stamp(by, stamp_purpose::reset_password, text, now + 1h, "hash"));
  CHECK_FALSE(read_member_stamp(by, stamp_purpose::verify_email, text, now, "hash"));
  CHECK(unproven_member(text)->tenant_id == somebody.tenant_id);
  const stamp_signer rotated{base::secret{"another secret of thirty-two bytes!"}, {key}};
  CHECK(read_member_stamp(rotated, stamp_purpose::reset_password, text, now, "hash"));
  CHECK_FALSE(read_member_stamp(stamp_signer{base::secret{"another secret of thirty-two bytes!"}},
                                stamp_purpose::reset_password, text, now, "hash"));
}
