#include "config/load.hpp"

#include "base/secure.hpp"
#include "config/documents.hpp"
#include "config/names.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse::config;
using pulse::support::temporary_directory;

namespace {

using variables = std::map<std::string, std::string>;

/// A place of its own with a database address in the environment, so that everything else may have its default.
struct place {
  temporary_directory directory;
  variables environment{{"DATABASE_URL", "postgresql://u:hunter2@h/d"}, {"PULSE_STATE_DIR", directory.path().string()}};
  std::string env_file;

  pulse::base::result<loaded_settings, invalid_settings> load(bool may_generate = true) {
    sources from;
    from.environment = environment;
    from.env_file = directory.write(".env", env_file);
    from.may_generate = may_generate;
    return pulse::config::load(from);
  }

  /// The problems, with the place of the .env file taken out.
  std::vector<std::string> problems() {
    const auto loaded = load();
    if (loaded) return {};
    auto found = loaded.error().problems;
    const auto name = directory.path().string() + "/";
    for (auto& problem : found) {
      for (auto at = problem.find(name); at != problem.npos; at = problem.find(name)) problem.erase(at, name.size());
    }
    return found;
  }
};

/// A place whose settings are sound for production.
struct production_place : place {
  production_place() {
    environment["APP_ENV"] = "production";
    environment["PUBLIC_APP_URL"] = "https://pulse.example.org";
    environment["JWT_SECRET_KEY"] = pulse::base::random_token(48);
    environment["TOKEN_ENCRYPTION_KEY"] = pulse::base::random_token(48);
    environment["SMTP_URL"] = "smtp://pulse:wrk9Zq@mail.example.org:587";
  }
};

const effective_setting& effective(const loaded_settings& loaded, std::string_view name) {
  const auto found = std::find_if(loaded.effective.begin(), loaded.effective.end(),
                                  [&](const auto& entry) { return entry.setting->name == name; });
  REQUIRE(found != loaded.effective.end());
  return *found;
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("with a database address alone everything else has its default") {
  place here;
  const auto loaded = here.load();
  REQUIRE(loaded);
  const auto& all = loaded->values;
  CHECK(all.app_env == environment::development);
  CHECK(all.host == "127.0.0.1");
  CHECK(all.port == 8000);
  CHECK(all.public_app_url == "http://localhost:8000");
  CHECK(all.api_base_url == "http://localhost:8000");
  CHECK(all.cors_origins.empty());
  CHECK(all.redis_url.empty());
  CHECK(all.platforms["X_API_BASE_URL"] == "https://api.x.com");
  CHECK(loaded->warnings.empty());
  CHECK(loaded->effective.size() == declarations().size());
}

TEST_CASE("a default follows the setting that it refers to") {
  place here;
  here.environment["PORT"] = "9000";
  CHECK(here.load()->values.api_base_url == "http://localhost:9000");
  here.environment["PUBLIC_APP_URL"] = "https://pulse.example.org/";
  CHECK(here.load()->values.api_base_url == "https://pulse.example.org");
}

TEST_CASE("one address leads every platform to the sandbox, but for those that are given their own") {
  place here;
  here.environment["SANDBOX_URL"] = "http://127.0.0.1:9150/";
  here.environment["LINKEDIN_API_BASE_URL"] = "https://linkedin.example.org/";
  const auto loaded = here.load();
  REQUIRE(loaded);
  const auto& all = loaded->values;
  CHECK(all.sandbox_url == "http://127.0.0.1:9150");
  CHECK(all.platforms["X_API_BASE_URL"] == "http://127.0.0.1:9150/x");
  CHECK(all.platforms["INSTAGRAM_API_BASE_URL"] == "http://127.0.0.1:9150/instagram");
  CHECK(all.platforms["LINKEDIN_API_BASE_URL"] == "https://linkedin.example.org");
  CHECK(all.platforms["LINKEDIN_VERSION"] == "202609");
}

TEST_CASE("what a platform declares is checked as it says") {
  for (const auto& [name, value] : {std::pair{"LINKEDIN_VERSION", "2026-09"}, std::pair{"META_GRAPH_VERSION", "26"},
                                    std::pair{"X_API_BASE_URL", "api.x.com"}}) {
    INFO(name);
    place here;
    here.environment[name] = value;
    CHECK_FALSE(here.load());
  }
}

TEST_CASE("the environment is stronger than .env, under either name") {
  place here;
  here.env_file = "PORT=1\nLOG_FORMAT=json\nJWT_SECRET_KEY=from-file\n";
  here.environment["PORT"] = "2";
  here.environment["JWT_SECRET"] = "from-environment";
  const auto loaded = here.load();
  REQUIRE(loaded);
  CHECK(loaded->values.port == 2);
  CHECK(loaded->values.log_as == log_format::json);
  CHECK(loaded->values.jwt_secret_key.reveal() == "from-environment");
  CHECK(effective(*loaded, "PORT").place == "environment");
  CHECK(effective(*loaded, "LOG_FORMAT").place.ends_with(".env line 2"));
  CHECK(effective(*loaded, "HOST").place == "default");
}

TEST_CASE("an empty value means the default and still hides .env") {
  place here;
  here.env_file = "PORT=1\nREDIS_URL=redis://h\n";
  here.environment["PORT"] = "";
  here.environment["REDIS_URL"] = "";
  const auto loaded = here.load();
  REQUIRE(loaded);
  CHECK(loaded->values.port == 8000);
  CHECK(loaded->values.redis_url.empty());
}

TEST_CASE("every secret can be given as a file under both of its names") {  // asvs: 13.3.1
  for (const auto& setting : declarations()) {
    if (!setting.is_secret()) continue;
    for (const auto& name : names_of(setting)) {
      if (!name.is_file) continue;
      INFO(name.text);
      place here;
      here.environment.erase("DATABASE_URL");
      if (setting.name != "DATABASE_URL") here.environment["DATABASE_URL"] = "postgresql://h/d";
      const auto value = setting.name == "REDIS_URL"      ? "redis://h"
                         : setting.name == "DATABASE_URL" ? "postgresql://h/d"
                         : setting.name == "SMTP_URL"     ? "smtp://h"
                                                          : "a-key";
      here.environment[name.text] = here.directory.write("secret", std::string{value} + "\n").string();
      const auto loaded = here.load();
      REQUIRE(loaded);
      CHECK(effective(*loaded, setting.name).place.starts_with("environment, file "));
    }
  }
}

TEST_CASE("a secret's file that is missing or empty stops the start") {
  place here;
  here.environment["JWT_SECRET_KEY_FILE"] = (here.directory.path() / "nothing").string();
  here.environment["FERNET_KEY_FILE"] = here.directory.write("empty", "\n").string();
  CHECK(
      here.problems() ==
      lines{
          "JWT_SECRET_KEY_FILE (environment): names the file nothing, which cannot be read: No such file or directory",
          "FERNET_KEY_FILE (environment): names the file empty, which is empty"});
}

TEST_CASE("one setting under two names must not have two values") {
  place here;
  here.environment["JWT_SECRET_KEY"] = "one";
  here.environment["JWT_SECRET"] = "one";
  CHECK(here.load());
  here.environment["JWT_SECRET"] = "";
  CHECK(here.load()->values.jwt_secret_key.reveal() == "one");
  here.environment["JWT_SECRET_KEY"] = "";
  here.environment["JWT_SECRET"] = "two";
  CHECK(here.load()->values.jwt_secret_key.reveal() == "two");
  here.environment["JWT_SECRET_KEY"] = "one";
  CHECK(here.problems() ==
        lines{"JWT_SECRET (environment): names the same setting as JWT_SECRET_KEY; give one of them"});
}

TEST_CASE("a certificate and its key come together") {
  place here;
  here.environment["TLS_CERTIFICATE_PATH"] = "/etc/pulse/own.pem";
  CHECK(here.problems() == lines{"TLS_KEY_PATH: is missing; TLS_CERTIFICATE_PATH is given"});
  here.environment["TLS_KEY_PATH"] = "/etc/pulse/own-key.pem";
  REQUIRE(here.load());
  CHECK(here.load()->values.tls_certificate_path == "/etc/pulse/own.pem");
  here.environment["TLS_CERTIFICATE_PATH"] = "";
  CHECK(here.problems() == lines{"TLS_CERTIFICATE_PATH: is missing; TLS_KEY_PATH is given"});
}

TEST_CASE("a bucket without its key is refused by name") {
  place here;
  here.environment["MEDIA_S3_BUCKET"] = "pulse-media";
  CHECK(here.problems() == lines{"MEDIA_S3_KEY_ID: is missing; MEDIA_S3_BUCKET is given",
                                 "MEDIA_S3_SECRET_KEY: is missing; MEDIA_S3_BUCKET is given"});
  here.environment["MEDIA_S3_KEY_ID"] = "key";
  here.environment["MEDIA_S3_SECRET_KEY"] = "secret";
  here.environment["MEDIA_S3_REGION"] = "eu-central-1";
  REQUIRE(here.load());
  CHECK(here.load()->values.media_s3_endpoint == "https://s3.eu-central-1.amazonaws.com");
}

TEST_CASE("all that is wrong is named at once, with what to do, and a failed start writes nothing") {
  place here;
  here.environment.erase("DATABASE_URL");
  here.env_file = "PORT=80a\nDATABSE_URL=x\nLOG_LEVEL=loud\n";
  CHECK(
      here.problems() ==
      lines{"DATABSE_URL (.env line 2): is not a setting; write DATABASE_URL if that is meant, or remove the line",
            "PORT (.env line 1): must be a whole number from 0 to 65535, is \"80a\"",
            "LOG_LEVEL (.env line 3): must be debug, info, warning or error, is \"loud\"",
            "DATABASE_URL: is missing. The PostgreSQL database; `make run` starts a private one when this is not set. "
            "Example: DATABASE_URL=postgresql://pulse:password@localhost:5432/pulse"});
  CHECK_FALSE(std::filesystem::exists(here.directory.path() / "secrets.env"));
  const auto message = here.load().error().message();
  CHECK(message.starts_with("Pulse cannot start: 4 settings are wrong.\n  "));
  CHECK(message.ends_with("\n"));
}

TEST_CASE("lines of .env that cannot be read are named with the rest") {
  place here;
  here.env_file = "A =1\n";
  here.environment["PORT"] = "x";
  CHECK(here.problems() == lines{".env line 1: A must be followed directly by = and its value",
                                 "PORT (environment): must be a whole number from 0 to 65535, is \"x\""});
}

TEST_CASE("a missing .env is fine unless somebody named it") {
  place here;
  sources from;
  from.environment = here.environment;
  from.env_file = here.directory.path() / "nothing";
  CHECK(load(from));
  from.env_file_must_exist = true;
  const auto loaded = load(from);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().problems.front().ends_with("nothing: cannot be read: No such file or directory"));
}

TEST_CASE("unknown names in .env are a warning, those of the replaced systems too, and the environment's are ignored") {
  place here;
  here.env_file = "FOO=1\nSENTRY_DSN=2\nBAR=3\nVITE_API_URL=4\n";
  here.environment["SOMETHING_ELSE"] = "1";
  here.environment["DATABSE_URL"] = "1";
  const auto loaded = here.load();
  REQUIRE(loaded);
  REQUIRE(loaded->warnings.size() == 2);
  CHECK(loaded->warnings[0].ends_with(".env names what Pulse does not know and ignores: FOO, BAR"));
  CHECK(loaded->warnings[1].ends_with(
      ".env names what this version of Pulse does not use yet: SENTRY_DSN, VITE_API_URL"));
}

TEST_CASE("development makes missing secrets once and keeps them") {
  place here;
  const auto first = here.load();
  REQUIRE(first);
  CHECK(first->values.jwt_secret_key.reveal().size() == 64);
  CHECK(first->values.jwt_secret_key.reveal() != first->values.token_encryption_key.reveal());
  CHECK(effective(*first, "JWT_SECRET_KEY").place ==
        "generated, kept in " + (here.directory.path() / "secrets.env").string());
  const auto second = here.load();
  CHECK(second->values.jwt_secret_key.reveal() == first->values.jwt_secret_key.reveal());
  CHECK(second->values.token_encryption_key.reveal() == first->values.token_encryption_key.reveal());
  here.environment["JWT_SECRET"] = "given";
  CHECK(here.load()->values.jwt_secret_key.reveal() == "given");
}

TEST_CASE("looking at settings writes nothing") {
  place here;
  const auto before = here.load(false);
  REQUIRE(before);
  CHECK(effective(*before, "JWT_SECRET_KEY").place == "generated at the first start");
  CHECK_FALSE(std::filesystem::exists(here.directory.path() / "secrets.env"));
  const auto started = here.load();
  const auto after = here.load(false);
  CHECK(after->values.jwt_secret_key.reveal() == started->values.jwt_secret_key.reveal());
}

TEST_CASE("sound production settings start and write nothing") {
  production_place here;
  CHECK(here.load());
  CHECK_FALSE(std::filesystem::exists(here.directory.path() / "secrets.env"));
}

TEST_CASE("production stops without secrets, also when development left some behind") {
  place development;
  REQUIRE(development.load());
  development.environment["APP_ENV"] = "production";
  development.environment["PUBLIC_APP_URL"] = "https://pulse.example.org";
  development.environment["SMTP_URL"] = "smtp://pulse:wrk9Zq@mail.example.org:587";
  const auto problems = development.problems();
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].starts_with("JWT_SECRET_KEY: is missing; production needs one of its own: make one with"));
  CHECK(problems[1].starts_with("TOKEN_ENCRYPTION_KEY: is missing;"));
}

TEST_CASE("production names everything that is wrong at once, under the names that were used") {
  production_place here;
  here.environment.erase("JWT_SECRET_KEY");
  here.environment.erase("TOKEN_ENCRYPTION_KEY");
  here.environment.erase("PUBLIC_APP_URL");
  here.environment["PORT"] = "x";
  here.env_file = "CORS_ORIGINS=*\nJWT_SECRET=changeme\nFERNET_KEY=changeme\n";
  const auto problems = here.problems();
  REQUIRE(problems.size() == 6);
  CHECK(problems[0].starts_with("PORT (environment): "));
  CHECK(problems[1].starts_with("JWT_SECRET (.env line 2): is an example's value"));
  CHECK(problems[2].starts_with("FERNET_KEY (.env line 3): is an example's value"));
  CHECK(problems[3].starts_with("FERNET_KEY (.env line 3): is the same as JWT_SECRET_KEY"));
  CHECK(problems[4].starts_with("CORS_ORIGINS (.env line 1): must not be * in production"));
  CHECK(problems[5].starts_with("PUBLIC_APP_URL: must be https in production"));
}

TEST_CASE("no secret is in what is shown, in warnings or in problems") {
  for (const auto* env : {"development", "production"}) {
    place here;
    here.environment["APP_ENV"] = env;
    here.environment["JWT_SECRET"] = here.environment["FERNET_KEY"] = "hunter2";
    here.environment["REDIS_URL"] = "redis://:hunter2@h";
    std::string text;
    if (const auto loaded = here.load()) {
      text = effective_text(loaded->effective);
      for (const auto& warning : loaded->warnings) text += warning;
      CHECK(text.find("(hidden)") != text.npos);
    } else {
      text = loaded.error().message();
    }
    CHECK(text.find("hunter2") == text.npos);
  }
  place here;
  here.environment["DATABASE_URL"] = "mysql://u:hunter2@h";
  here.environment["REDIS_URL"] = "hunter2";
  here.environment["JWT_SECRET"] = "hunter2 with blanks";
  const auto problems = here.problems();
  CHECK(problems.size() == 3);
  for (const auto& problem : problems) CHECK(problem.find("hunter2") == std::string::npos);
}
