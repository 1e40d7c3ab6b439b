#include "config/command_line.hpp"

#include <sstream>

#include "tests/support/temporary_directory.hpp"

using namespace pulse::config;

namespace {

std::variant<invocation, printed> parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "pulse");
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

template <class Command>
bool is(const std::variant<invocation, printed>& parsed) {
  const auto* made = std::get_if<invocation>(&parsed);
  return made != nullptr && std::holds_alternative<Command>(made->what);
}

config_command::form form_of(const std::variant<invocation, printed>& parsed) {
  return std::get<config_command>(std::get<invocation>(parsed).what).what;
}

/// The sentence that somebody gets who typed something wrong.
std::string sentence(std::vector<const char*> arguments) {
  const auto parsed = parse(std::move(arguments));
  const auto* text = std::get_if<printed>(&parsed);
  if (text == nullptr) return "understood";
  CHECK(text->exit_code == exit_usage);
  return text->text.substr(0, text->text.find('\n'));
}

}  // namespace

TEST_CASE("the commands are understood") {
  CHECK(is<serve_command>(parse({"serve"})));
  CHECK(is<migrate_command>(parse({"migrate"})));
  CHECK(is<seed_command>(parse({"seed"})));
  CHECK_FALSE(std::get<seed_command>(std::get<invocation>(parse({"seed"})).what).close);
  CHECK(std::get<seed_command>(std::get<invocation>(parse({"seed", "--close"})).what).close);
  CHECK_FALSE(std::get<seed_command>(std::get<invocation>(parse({"seed"})).what).removes);
  CHECK(std::get<seed_command>(std::get<invocation>(parse({"seed", "--remove"})).what).removes);
  CHECK(std::get<audit_command>(std::get<invocation>(parse({"audit", "verify"})).what).verifies);
  CHECK(std::get<audit_command>(std::get<invocation>(parse({"audit", "verify", "--heads", "h"})).what).heads_file ==
        "h");
  CHECK_FALSE(std::get<audit_command>(std::get<invocation>(parse({"audit", "heads"})).what).verifies);
  CHECK(form_of(parse({"config"})) == config_command::form::effective);
  CHECK(form_of(parse({"config", "--check"})) == config_command::form::check);
  CHECK(form_of(parse({"config", "--example"})) == config_command::form::example);
  CHECK(form_of(parse({"config", "--tables"})) == config_command::form::tables);
}

TEST_CASE("the settings file can be named before and after the command") {
  const auto none = std::get<invocation>(parse({"serve"}));
  CHECK(none.env_file == ".env");
  CHECK_FALSE(none.env_file_must_exist);
  for (const auto& parsed : {parse({"--env-file", "a.env", "serve"}), parse({"serve", "--env-file=a.env"})}) {
    const auto& made = std::get<invocation>(parsed);
    CHECK(made.env_file == "a.env");
    CHECK(made.env_file_must_exist);
  }
}

TEST_CASE("what the operator does to a member names them by their address") {
  const auto admin = [](const std::variant<invocation, printed>& parsed) {
    return std::get<admin_command>(std::get<invocation>(parsed).what);
  };
  const auto promoted = admin(parse({"admin", "promote", "ann@example.com"}));
  CHECK(promoted.what == admin_command::act::promote);
  CHECK(promoted.email == "ann@example.com");
  const auto reset = admin(parse({"admin", "reset-second-factor", "bob@example.com"}));
  CHECK(reset.what == admin_command::act::reset_second_factor);
  CHECK(reset.email == "bob@example.com");
}

TEST_CASE("only commands that run the service may generate secrets") {
  CHECK(std::get<invocation>(parse({"serve"})).settings_sources().may_generate);
  CHECK_FALSE(std::get<invocation>(parse({"config"})).settings_sources().may_generate);
}

TEST_CASE("help lists the commands and every setting, wherever it is asked for") {
  for (const auto& parsed : {parse({"--help"}), parse({"-h"}), parse({"serve", "--help"}), parse({"config", "-h"})}) {
    const auto& text = std::get<printed>(parsed);
    CHECK(text.exit_code == exit_success);
    for (const auto* command : {"serve", "migrate", "seed", "config"}) {
      CHECK(text.text.find(std::string{"\n  "} + command) != std::string::npos);
    }
    for (const auto& setting : declarations()) CHECK(text.text.find(setting.name) != std::string::npos);
  }
}

TEST_CASE("the version is one line") {
  const auto parsed = parse({"--version"});
  CHECK(std::get<printed>(parsed).text == "pulse " + std::string{version()} + "\n");
}

TEST_CASE("an unknown argument gets a helpful sentence") {
  CHECK(sentence({"srve"}) == "pulse: there is no command \"srve\"; do you mean serve?");
  CHECK(sentence({"frobnicate"}) == "pulse: there is no command \"frobnicate\".");
  CHECK(sentence({}) == "pulse: a command is missing: pulse serve, migrate, seed, admin, audit or config.");
  CHECK(sentence({"config", "--chek"}) == "pulse: there is no option --chek here; do you mean --check?");
  CHECK(sentence({"serve", "migrate"}) == "pulse: \"migrate\" is one word too many after pulse serve.");
  CHECK(sentence({"serve", "8000"}) == "pulse: \"8000\" is one word too many after pulse serve.");
  CHECK(sentence({"config", "--check", "--example"}) == "pulse: --check, --example and --tables exclude each other.");
  CHECK(sentence({"audit"}) == "pulse: pulse audit needs to know what: verify or heads.");
  CHECK(sentence({"admin"}) == "pulse: pulse admin needs to know what: promote or reset-second-factor.");
  CHECK(sentence({"admin", "promote"}) == "pulse: pulse admin promote needs the e-mail address of a member.");
  CHECK(sentence({"admin", "reset-second-factor"}) ==
        "pulse: pulse admin reset-second-factor needs the e-mail address of a member.");
  CHECK(sentence({"media"}) == "pulse: pulse media needs to know what: to-folder.");
  CHECK(sentence({"serve", "--env-file"}).starts_with("pulse: --env-file: "));
}

TEST_CASE("pulse config prints, checks, and fails with the message") {
  const pulse::support::temporary_directory directory;
  sources from;
  from.env_file = directory.path() / ".env";
  from.may_generate = false;
  std::ostringstream out;
  std::ostringstream errors;
  CHECK(run_config({config_command::form::effective}, from, out, errors) == exit_failure);
  CHECK(out.str().empty());
  CHECK(errors.str().starts_with("Pulse cannot start: a setting is wrong.\n  DATABASE_URL: is missing."));

  from.environment = {{"DATABASE_URL", "postgresql://u:hunter2@h/d"}};
  CHECK(run_config({config_command::form::effective}, from, out, errors) == exit_success);
  CHECK(out.str().find("postgresql://u:***@h/d") != std::string::npos);
  out.str("");
  CHECK(run_config({config_command::form::check}, from, out, errors) == exit_success);
  CHECK(out.str() == "All settings are in order.\n");
}
