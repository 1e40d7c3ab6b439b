#include "config/production.hpp"

#include <array>

#include "base/secure.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse::config;
using pulse::base::random_token;
using pulse::base::secret;

namespace {

settings sound() {
  settings all;
  all.app_env = environment::production;
  all.public_app_url = "https://pulse.example.org";
  all.api_base_url = "https://pulse.example.org";
  all.platforms.set("X_API_BASE_URL", "https://api.x.com");
  all.platforms.set("LINKEDIN_API_BASE_URL", "https://api.linkedin.com");
  all.database_url = secret{"postgresql://pulse:something@db/pulse"};
  all.smtp_url = secret{"smtp://mail.example.org"};
  all.jwt_secret_key = secret{random_token(48)};
  all.token_encryption_key = secret{random_token(32)};
  return all;
}

std::vector<std::string> names_of_problems(const settings& all) {
  std::vector<std::string> names;
  for (const auto& problem : production_problems(all)) names.emplace_back(problem.setting);
  return names;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("sound production settings have no problem") { CHECK(names_of_problems(sound()).empty()); }

TEST_CASE("production needs a way to send mail, and shows none on a page") {
  auto all = sound();
  all.smtp_url = {};
  CHECK(names_of_problems(all) == names{"SMTP_URL"});
  all = sound();
  all.mail_preview_url = "http://127.0.0.1:9000/_sandbox/mails";
  CHECK(names_of_problems(all) == names{"MAIL_PREVIEW_URL"});
}

TEST_CASE("production brings pictures and films to a bucket by https alone") {
  auto all = sound();
  all.media_s3_endpoint = "http://films.example";
  CHECK(names_of_problems(all).empty());
  all.media_s3_bucket = "films";
  CHECK(names_of_problems(all) == names{"MEDIA_S3_ENDPOINT"});
}

TEST_CASE("production sends AI keys by https alone, and takes no texts that nobody wrote") {  // asvs: 12.3.1
  auto all = sound();
  all.openai_base_url = "http://api.openai.example/v1";
  CHECK(names_of_problems(all) == names{"OPENAI_BASE_URL"});
  all = sound();
  all.openrouter_base_url = "http://openrouter.example/api/v1";
  CHECK(names_of_problems(all) == names{"OPENROUTER_BASE_URL"});
  all = sound();
  all.ai_provider = ai_provider_name::offline;
  CHECK(names_of_problems(all) == names{"AI_PROVIDER"});
}

TEST_CASE("random keys of 32 bytes are good in every usual form") {  // asvs: 13.3.1
  pulse::support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 2000; ++round) {
    CHECK_FALSE(weakness_of_key(random_token(32)));
    CHECK_FALSE(weakness_of_key(random_token(48)));
    CHECK_FALSE(weakness_of_key(random.of("0123456789abcdef", 64)));
    CHECK_FALSE(weakness_of_key(random_token(32) + "="));
  }
}

TEST_CASE("a key that is short, regular or an example is weak") {  // asvs: 13.2.3
  CHECK(key_size("00ff00FF") == 4);
  CHECK(key_size("abcdefgh") == 6);
  CHECK(key_size("a b!") == 4);
  CHECK(key_size("") == 0);
  for (const auto* key :
       {"", "x", "secret", "0123456789abcdef0123456789abcdef", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "abababababababababababababababababababababababababababababababab",
        "your-secret-key-change-in-production-please", "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME_0123456789",
        "dev-secret-0123456789-abcdefghijklmnopqrstuvwxyz"}) {
    INFO(key);
    CHECK(weakness_of_key(key));
  }
}

TEST_CASE("a weak key is refused also where it is only accepted any more, however good the first one is") {
  auto all = sound();
  all.jwt_secret_previous_keys = {secret{random_token(48)}, secret{random_token(32)}};
  CHECK(names_of_problems(all).empty());
  all.jwt_secret_previous_keys.emplace_back("secret");
  CHECK(names_of_problems(all) == names{"JWT_SECRET_PREVIOUS_KEYS"});
}

TEST_CASE("production refuses one key for two purposes") {
  auto all = sound();
  all.token_encryption_key = all.jwt_secret_key;
  CHECK(names_of_problems(all) == names{"TOKEN_ENCRYPTION_KEY"});

  all = sound();
  all.database_url = secret{"postgresql://pulse:" + all.jwt_secret_key.reveal() + "@db/pulse"};
  CHECK(names_of_problems(all) == names{"DATABASE_URL"});

  all = sound();
  all.redis_url = secret{"redis://:" + all.token_encryption_key.reveal() + "@redis"};
  CHECK(names_of_problems(all) == names{"REDIS_URL"});
}

TEST_CASE("production refuses plain http and CORS for everybody") {  // asvs: 4.4.1 12.2.1
  auto all = sound();
  all.cors_origins = {"*"};
  all.public_app_url = all.api_base_url = "http://pulse.example.org";
  all.platforms.set("X_API_BASE_URL", "http://sandbox.example.org:9100");
  CHECK(names_of_problems(all) == names{"CORS_ORIGINS", "PUBLIC_APP_URL", "X_API_BASE_URL"});
  all.api_base_url = "http://api.example.org";
  CHECK(names_of_problems(all) == names{"CORS_ORIGINS", "PUBLIC_APP_URL", "API_BASE_URL", "X_API_BASE_URL"});
}

TEST_CASE("production lets no user's address reach this machine") {
  auto all = sound();
  all.egress_allow_loopback = yes_or_no::yes;
  all.platforms.set("LINKEDIN_API_BASE_URL", "http://linkedin.example.org");
  CHECK(names_of_problems(all) == names{"LINKEDIN_API_BASE_URL", "EGRESS_ALLOW_LOOPBACK"});
}

TEST_CASE("production refuses a sandbox in the place of the platforms") {  // asvs: 13.2.4 15.2.3
  auto all = sound();
  all.sandbox_url = "http://127.0.0.1:9000";
  CHECK(names_of_problems(all) == names{"SANDBOX_URL"});
}

TEST_CASE("production refuses failpoints") {  // asvs: 13.4.2
  auto all = sound();
  all.failpoints = *pulse::base::read_failpoints("sent=kill@0.001");
  CHECK(names_of_problems(all) == names{"PULSE_FAILPOINTS"});
}

TEST_CASE("production may speak http to a sandbox on the machine itself") {
  auto all = sound();
  for (const auto* own :
       {"http://127.0.0.1:9100", "http://localhost:9100", "http://[::1]:9100", "http://localhost/x"}) {
    all.platforms.set("X_API_BASE_URL", own);
    CHECK(names_of_problems(all).empty());
  }
  for (const auto* other : {"http://localhost.example.org", "http://127.0.0.1.example.org:80", "http://10.0.0.1"}) {
    all.platforms.set("X_API_BASE_URL", other);
    CHECK(names_of_problems(all) == names{"X_API_BASE_URL"});
  }
}

TEST_CASE("no message about a key shows the key") {
  auto all = sound();
  all.jwt_secret_key = all.token_encryption_key = secret{"hunter2"};
  all.database_url = secret{"postgresql://pulse:hunter2@db/pulse"};
  const auto problems = production_problems(all);
  CHECK(problems.size() == 4);
  for (const auto& problem : problems) CHECK(problem.message.find("hunter2") == std::string::npos);
}

TEST_CASE("a key that a person could think of is weak, however long") {
  for (const auto* key :
       {"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba9876543210ZYXWVUTSRQPONMLKJIHGFEDCBA",
        "correcthorsebatterystaplecorrecthorsebatterystaplecorrecthorse",
        "CorrectHorseBatteryStaple-correct-horse-battery-staple-2026!",
        "qwertyuiopasdfghjklzxcvbnm1234567890qwertyuiopasdfghjkl",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "Pulse2026Pulse2026Pulse2026Pulse2026Pulse2026Pulse2026", "our company publishes posts every day of the week!!",
        "3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a"}) {
    INFO(key);
    CHECK(weakness_of_key(key));
  }
}

TEST_CASE("production refuses a key that was made from the other") {
  const auto key = random_token(48);
  auto changed = key;
  changed[20] = changed[20] == 'x' ? 'y' : 'x';
  auto every_eighth = key;
  for (std::size_t i = 0; i < every_eighth.size(); i += 8) every_eighth[i] = every_eighth[i] == 'x' ? 'y' : 'x';
  for (const auto& other : {changed, every_eighth, key + "2", "2" + key, std::string{key.rbegin(), key.rend()},
                            key.substr(32) + key.substr(0, 32)}) {
    auto all = sound();
    all.jwt_secret_key = secret{key};
    all.token_encryption_key = secret{other};
    CHECK(names_of_problems(all) == names{"TOKEN_ENCRYPTION_KEY"});
  }
  for (int round = 0; round < 300; ++round) CHECK_FALSE(are_alike(random_token(48), random_token(48)));
}

TEST_CASE("production refuses origins by http, and a token for figures that can be guessed") {
  auto all = sound();
  all.cors_origins = {"https://app.example.org", "http://app.example.org"};
  CHECK(names_of_problems(all) == names{"CORS_ORIGINS"});
  all = sound();
  all.metrics_token = secret{"prometheus"};
  CHECK(names_of_problems(all) == names{"METRICS_TOKEN"});
  all.metrics_token = secret{random_token(24)};
  CHECK(names_of_problems(all).empty());
}

TEST_CASE("a key that is a word, counted bytes or a digest in another spelling is refused") {
  for (const auto* text : {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                           "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100",
                           "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
                           "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
                           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                           "Y29ycmVjdGhvcnNlYmF0dGVyeXN0YXBsZWNvcnJlY3Rob3JzZQ=="}) {
    CAPTURE(text);
    CHECK(weakness_of_key(text).has_value());
  }
  for (int i = 0; i < 200; ++i) CHECK_FALSE(weakness_of_key(random_token(32)).has_value());
}

TEST_CASE("the metrics token differs from the keys, and a guessable one is refused") {
  auto all = sound();
  all.metrics_token = all.jwt_secret_key;
  CHECK(names_of_problems(all) == names{"METRICS_TOKEN"});
  all.metrics_token = secret{std::string(40, 'a')};
  CHECK(names_of_problems(all) == names{"METRICS_TOKEN"});
}

TEST_CASE("a key that was made from the other one in another spelling is refused") {
  auto all = sound();
  const auto key = all.jwt_secret_key.reveal();
  const auto digest = pulse::base::sha256(key);
  for (const auto& made :
       {pulse::base::to_base64url(key), pulse::base::to_hex(digest), std::string{key.rbegin(), key.rend()}}) {
    CAPTURE(made);
    all.token_encryption_key = secret{made};
    CHECK(names_of_problems(all).front() == "TOKEN_ENCRYPTION_KEY");
  }
}

TEST_CASE("two keys of the same bytes are one key, however each is spelt") {
  std::array<std::uint8_t, 32> raw{};
  pulse::base::random_bytes(raw);
  const std::string bytes{raw.begin(), raw.end()};
  for (const bool is_hexadecimal_first : {true, false}) {
    auto all = sound();
    all.jwt_secret_key = secret{is_hexadecimal_first ? pulse::base::to_hex(raw) : pulse::base::to_base64url(bytes)};
    all.token_encryption_key =
        secret{is_hexadecimal_first ? pulse::base::to_base64url(bytes) : pulse::base::to_hex(raw)};
    CHECK(names_of_problems(all) == names{"TOKEN_ENCRYPTION_KEY"});
  }
}

TEST_CASE("what travels or stands in addresses is not made from a key") {
  auto all = sound();
  auto changed = all.jwt_secret_key.reveal();
  changed[20] = changed[20] == 'x' ? 'y' : 'x';
  all.metrics_token = secret{changed};
  CHECK(names_of_problems(all) == names{"METRICS_TOKEN"});
  all.metrics_token = {};
  all.database_url = secret{"postgresql://pulse:" + changed + "@db/pulse"};
  CHECK(names_of_problems(all) == names{"DATABASE_URL"});
}

TEST_CASE("production does not trust every address to say where a request came from") {
  auto all = sound();
  all.trusted_proxies = {"0.0.0.0/0"};
  CHECK(names_of_problems(all) == names{"TRUSTED_PROXIES"});
}
