#include "config/value_kinds.hpp"

#include "tests/support/random_case.hpp"

using namespace pulse::config;

namespace {

/// What the setting `name` reads `text` as, or nothing.
std::optional<settings> read(std::string_view name, std::string_view text) {
  settings into;
  if (!find_declaration(name)->value.read(text, into)) return std::nullopt;
  return into;
}

std::string database(std::string_view text) {
  const auto all = read("DATABASE_URL", text);
  return all ? all->database_url.reveal() : "refused";
}

std::string web(std::string_view text) {
  const auto all = read("PUBLIC_APP_URL", text);
  return all ? all->public_app_url : "refused";
}

using list = std::vector<std::string>;

list cors(std::string_view text) {
  const auto all = read("CORS_ORIGINS", text);
  return all ? all->cors_origins : list{"refused"};
}

}  // namespace

TEST_CASE("decimal numbers keep their bounds, and words are visible") {
  CHECK(read("OPENAI_TEMPERATURE", "0.7")->ai_temperature == 0.7);
  CHECK(read("OPENAI_TEMPERATURE", "2")->ai_temperature == 2);
  for (const auto* text : {"", "2.1", "-0.1", "nan", "inf", "1,5", " 1", "1 ", "0x1", "hot"}) {
    CAPTURE(text);
    CHECK_FALSE(read("OPENAI_TEMPERATURE", text));
  }
  CHECK(read("OPENROUTER_MODEL", "openai/gpt-4o-mini:free")->openrouter_model == "openai/gpt-4o-mini:free");
  for (const std::string& text : {std::string{}, std::string{"two words"}, std::string(201, 'x')}) {
    CHECK_FALSE(read("OPENAI_MODEL", text));
  }
}

TEST_CASE("whole numbers keep their bounds") {
  CHECK(read("PORT", "0")->port == 0);
  CHECK(read("PORT", "65535")->port == 65535);
  CHECK(read("DATABASE_QUEUE_LIMIT", "100000")->database_queue_limit == 100'000);
  for (const auto* text :
       {"65536", "-1", "+1", "", " 1", "1 ", "1.0", "0x10", "1e3", "99999999999999999999", "eighty"}) {
    INFO(text);
    CHECK_FALSE(read("PORT", text));
  }
}

TEST_CASE("0 threads means one a core") {
  CHECK(read("HTTP_THREADS", "0")->http_threads >= 1);
  CHECK(read("HTTP_THREADS", "3")->http_threads == 3);
  CHECK_FALSE(read("HTTP_THREADS", "65"));
  CHECK(read("PASSWORD_THREADS", "0")->password_threads >= 1);
  CHECK(read("PASSWORD_THREADS", "0")->password_threads <= read("HTTP_THREADS", "0")->http_threads);
}

TEST_CASE("words are read in either case") {
  CHECK(read("LOG_LEVEL", "INFO")->least_log_level == log_level::info);
  CHECK(read("APP_ENV", "Production")->app_env == environment::production);
  CHECK_FALSE(read("APP_ENV", "prod"));
  CHECK(find_declaration("LOG_LEVEL")->value.allowed == "debug, info, warning or error");
}

TEST_CASE("the front door listens on addresses only") {
  CHECK(read("HOST", "localhost")->host == "127.0.0.1");
  CHECK(read("HOST", "0.0.0.0")->host == "0.0.0.0");
  CHECK(read("HOST", "::")->host == "::");
  for (const auto* text : {"", "example.org", "127.0.0.1:80", "256.0.0.1", "127.1"}) CHECK_FALSE(read("HOST", text));
}

TEST_CASE("database addresses of the replaced systems become libpq's") {
  CHECK(database("postgresql://u:p@h:5432/d") == "postgresql://u:p@h:5432/d");
  CHECK(database("postgres://u:p@h/d") == "postgresql://u:p@h/d");
  CHECK(database("postgresql+asyncpg://u:p@h/d?ssl=require") == "postgresql://u:p@h/d?sslmode=require");
  CHECK(database("postgresql+psycopg2://h/d?application_name=x&ssl=true") ==
        "postgresql://h/d?application_name=x&sslmode=require");
  CHECK(database("postgresql:///pulse?host=/run/postgresql&port=65432") ==
        "postgresql:///pulse?host=/run/postgresql&port=65432");
  CHECK(database("postgresql://u%40x:p%2Fw@h,h2/d") == "postgresql://u%40x:p%2Fw@h,h2/d");
  for (const auto* text :
       {"", "h/d", "host=h dbname=d", "mysql://h/d", "postgresql+other://h/d", "postgresql://",
        "postgresql://u:p@ss@h/d", "postgresql://h/d d", "postgresql://h/d\n", "postgresql://h/#d"}) {
    INFO(text);
    CHECK(database(text) == "refused");
  }
}

TEST_CASE("Redis addresses are TCP or a unix socket, or nothing") {
  for (const auto* text :
       {"", "redis://h", "redis://h:6379/0", "redis://:pw@h:6379", "redis://u:pw@h/3", "redis://[::1]:6379",
        "unix:///run/redis.sock", "unix:///run/redis.sock?db=2", "unix://:pw@/run/redis.sock", "redis://h/"}) {
    INFO(text);
    REQUIRE(read("REDIS_URL", text));
    CHECK(read("REDIS_URL", text)->redis_url.reveal() == text);
  }
  for (const auto* text : {"h:6379", "rediss://h", "redis://", "redis://h:0", "redis://h:99999", "redis://h/x",
                           "unix://run", "unix:///", "redis://h /0", "http://h"}) {
    INFO(text);
    CHECK_FALSE(read("REDIS_URL", text));
  }
}

TEST_CASE("web addresses lose the slash at their end and may not carry more than a path") {
  CHECK(web("https://pulse.example.org/") == "https://pulse.example.org");
  CHECK(web("http://localhost:8000") == "http://localhost:8000");
  CHECK(web("https://[::1]:8443/pulse/") == "https://[::1]:8443/pulse");
  for (const auto* text : {"", "pulse.example.org", "ftp://h", "https://", "https:///x", "https://u:p@h", "https://h?x",
                           "https://h#x", "https://h:0", "https://h:", "https://h h", "https://[::1", "https://h\\x",
                           "javascript:alert(1)", "https://-h"}) {
    INFO(text);
    CHECK(web(text) == "refused");
  }
}

TEST_CASE("CORS origins are read as browsers send them") {
  CHECK(cors("") == list{});
  CHECK(cors("*") == list{"*"});
  CHECK(cors("http://localhost:3000, HTTPS://App.Example.org/") ==
        list{"http://localhost:3000", "https://app.example.org"});
  for (const auto* text :
       {"null", "http://h/path", "*,http://h", "http://*.h", "h", ",", "http://h,,http://i", "http://u@h"}) {
    INFO(text);
    CHECK(cors(text) == list{"refused"});
  }
}

TEST_CASE("passwords are taken out of addresses") {
  CHECK(without_password("postgresql://u:pw@h/d") == "postgresql://u:***@h/d");
  CHECK(without_password("postgresql://u@h/d") == "postgresql://u@h/d");
  CHECK(without_password("redis://:pw@h") == "redis://:***@h");
  CHECK(without_password("redis://h:6379/0") == "redis://h:6379/0");
  CHECK(without_password("postgresql://h/d?password=pw&x=1") == "postgresql://h/d?password=***&x=1");
  CHECK(without_password("postgresql://u:p/w?@h/d") == "postgresql://u:***@h/d");
  CHECK(without_password("") == "");
  CHECK(password_of("postgresql://u:pw@h/d") == "pw");
  CHECK(password_of("postgresql://u@h:1/d") == "");
  CHECK(password_of("redis://h:6379") == "");
}

TEST_CASE("no password survives in an address that is shown") {
  pulse::support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 5000; ++round) {
    const auto password = "hunter2" + random.of("ab:/?#&=%", random.between(0, 6));
    const auto user = random.of("ab%", random.between(0, 4));
    const auto url = "postgresql://" + user + ":" + password + "@h/d?a=b";
    INFO(url);
    REQUIRE(without_password(url).find("hunter2") == std::string::npos);
  }
}

TEST_CASE("any text is read or refused by every kind of value") {
  pulse::support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 3000; ++round) {
    const auto text =
        round % 2 == 0 ? random.bytes(random.between(0, 20)) : random.of("htps:/[]@?#,.*0a1 ", random.between(0, 24));
    for (const auto& setting : declarations()) {
      settings into;
      setting.value.read(text, into);
    }
  }
  SUCCEED();
}
