#include "http/auth/one_time_codes.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace pulse;
using namespace pulse::http;
using std::chrono::seconds;

namespace {

const std::string key = "12345678901234567890";  // of RFC 6238, appendix B
base::timestamp at(std::int64_t unix_seconds) { return base::timestamp{seconds{unix_seconds}}; }

}  // namespace

TEST_CASE("codes are those of RFC 6238's vectors") {
  CHECK(one_time_code(key, one_time_step(at(59))) == "287082");
  CHECK(one_time_code(key, one_time_step(at(1111111109))) == "081804");
  CHECK(one_time_code(key, one_time_step(at(1111111111))) == "050471");
  CHECK(one_time_code(key, one_time_step(at(1234567890))) == "005924");
  CHECK(one_time_code(key, one_time_step(at(2000000000))) == "279037");
  CHECK(one_time_code(key, one_time_step(at(20000000000))) == "353130");
}

TEST_CASE("a code is good half a minute early and late, and once") {  // asvs: 6.5.1 6.5.5
  const auto now = at(1111111111);
  const auto step = one_time_step(now);
  for (const auto near : {step - 1, step, step + 1})
    CHECK(match_one_time_code(key, one_time_code(key, near), now, 0) == near);
  CHECK_FALSE(match_one_time_code(key, one_time_code(key, step - 2), now, 0));
  CHECK_FALSE(match_one_time_code(key, one_time_code(key, step + 2), now, 0));
  CHECK_FALSE(match_one_time_code(key, one_time_code(key, step), now, step));
  CHECK_FALSE(match_one_time_code(key, "", now, 0));
}

TEST_CASE("an app reads the address, and a person types the secret") {
  CHECK(to_base32("12345678901234567890") == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  CHECK(to_base32("f") == "MY");
  CHECK(to_base32("foobar") == "MZXW6YTBOI");
  CHECK(one_time_address("f", "a b@c.test") == "otpauth://totp/Pulse:a%20b%40c.test?secret=MY&issuer=Pulse");
}

TEST_CASE("recovery codes differ, and neither case nor hyphens matter") {  // asvs: 6.5.2 6.5.4
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(make_recovery_code());
  CHECK(seen.size() == 100);
  CHECK(hash_recovery_code("k3f9-x2mq-7tzd") == hash_recovery_code("K3F9 X2MQ7TZD"));
  CHECK(hash_recovery_code("k3f9-x2mq-7tzd") != hash_recovery_code("k3f9-x2mq-7tze"));
}
