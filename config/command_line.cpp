#include "config/command_line.hpp"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "config/documents.hpp"
#include "config/nearest.hpp"

namespace pulse::config {

namespace {

constexpr std::string_view commands[] = {"serve", "migrate",     "seed",   "config", "admin",
                                         "audit", "rotate-keys", "doctor", "media"};
constexpr std::string_view options[] = {"--env-file", "--help",  "--version", "--check", "--example",
                                        "--tables",   "--close", "--remove",  "--heads"};

constexpr std::string_view usage = R"(Pulse publishes posts to social channels: once, on time, and with an explanation.

Usage: pulse COMMAND [OPTIONS]

Commands:
  serve      serve the API and the dashboard, and publish what is due
  migrate    update the database to this version's schema
  seed       create the demo company, once
               --close     disable signing in to it instead, as production requires
               --remove    delete it with all its data
  admin promote EMAIL   make the member with this address an administrator of the installation
  admin reset-second-factor EMAIL   let a member in who has lost their second factor, and whom no owner can help
  audit verify   verify the audit chain of every company; fails when an entry was changed or is missing
               --heads FILE   also check the heads that `audit heads` printed earlier
  audit heads    print the signed head of every audit chain, to be stored elsewhere
  doctor        check each platform's settings, and say what its developer console must contain
  rotate-keys   re-encrypt with TOKEN_ENCRYPTION_KEY what TOKEN_ENCRYPTION_PREVIOUS_KEYS encrypted; also while Pulse runs
  media to-folder   copy all pictures and films from the bucket to MEDIA_FOLDER; also while Pulse runs
  config     print the settings in effect and their sources; secrets are hidden
               --check     only check the settings
               --example   print .env.example
               --tables    print the tables of config/README.md

Options:
  --env-file FILE   read settings from FILE instead of .env
  -h, --help        print this
  --version         print the version

)";

/// The values that CLI11 writes into.
struct flags {
  bool help = false;
  bool version = false;
  std::string env_file;
  bool close = false;
  bool check = false;
  bool example = false;
  bool tables = false;
  std::string email;
  bool remove = false;
  std::string heads_file;
};

printed help() { return {std::string{usage} + settings_help(), exit_success}; }

printed misunderstood(std::string sentence) {
  return {fmt::format("pulse: {}\n`pulse --help` lists the commands and settings.\n", sentence), exit_usage};
}

printed unknown_word(const std::string& word, const std::string& after_command) {
  const bool is_option = word.starts_with('-');
  if (!is_option && !after_command.empty()) {
    return misunderstood(fmt::format("\"{}\" is one word too many after pulse {}.", word, after_command));
  }
  const auto meant = is_option ? nearest(word, options) : nearest(word, commands);
  const auto advice = meant ? fmt::format("; do you mean {}?", *meant) : std::string{"."};
  return misunderstood(
      (is_option ? fmt::format("there is no option {} here", word) : fmt::format("there is no command \"{}\"", word)) +
      advice);
}

void declare_arguments(CLI::App& app, flags& into) {
  app.set_help_flag("");
  app.fallthrough();
  app.require_subcommand(0, 1);
  app.add_flag("-h,--help", into.help);
  app.add_flag("--version", into.version);
  app.add_option("--env-file", into.env_file)->type_name("FILE");
  for (const auto name : commands) app.add_subcommand(std::string{name})->set_help_flag("");
  app.get_subcommand("seed")->add_flag("--close", into.close);
  auto* config = app.get_subcommand("config");
  config->add_flag("--check", into.check);
  config->add_flag("--example", into.example);
  config->add_flag("--tables", into.tables);
  for (const auto* act : {"promote", "reset-second-factor"}) {
    auto* admin = app.get_subcommand("admin")->add_subcommand(act);
    admin->set_help_flag("");
    admin->add_option("EMAIL", into.email);
  }
  app.get_subcommand("seed")->add_flag("--remove", into.remove);
  auto* audit = app.get_subcommand("audit");
  auto* verify = audit->add_subcommand("verify");
  verify->set_help_flag("");
  verify->add_option("--heads", into.heads_file)->type_name("FILE");
  audit->add_subcommand("heads")->set_help_flag("");
  app.get_subcommand("media")->add_subcommand("to-folder")->set_help_flag("");
}

command command_called(const std::string& name, const std::string& part, const flags& given) {
  if (name == "serve") return serve_command{};
  if (name == "migrate") return migrate_command{};
  if (name == "seed") return seed_command{given.close, given.remove};
  if (name == "rotate-keys") return rotate_keys_command{};
  if (name == "doctor") return doctor_command{};
  if (name == "media") return media_command{};
  if (name == "admin") {
    using act = admin_command::act;
    return admin_command{part == "promote" ? act::promote : act::reset_second_factor, given.email};
  }
  if (name == "audit") return audit_command{part == "verify", given.heads_file};
  using form = config_command::form;
  if (given.check) return config_command{form::check};
  if (given.example) return config_command{form::example};
  if (given.tables) return config_command{form::tables};
  return config_command{form::effective};
}

}  // namespace

std::string_view version() { return PULSE_VERSION; }

sources invocation::settings_sources() const {
  return {environment_of_process(), env_file, env_file_must_exist, !std::holds_alternative<config_command>(what)};
}

std::variant<invocation, printed> parse_command_line(int count, const char* const* arguments) {
  CLI::App app;
  flags given;
  declare_arguments(app, given);
  const auto chosen = [&app] {
    const auto all = app.get_subcommands();
    return all.empty() ? std::string{} : all.front()->get_name();
  };
  const auto part = [&app] {
    const auto all = app.get_subcommands();
    const auto parts = all.empty() ? all : all.front()->get_subcommands();
    return parts.empty() ? std::string{} : parts.front()->get_name();
  };
  try {
    app.parse(count, arguments);
  } catch (const CLI::ExtrasError&) {
    if (given.help) return help();
    return unknown_word(app.remaining(true).front(), chosen());
  } catch (const CLI::ParseError& wrong) {
    return misunderstood(wrong.what());
  }

  if (given.help) return help();
  if (given.version) return printed{fmt::format("pulse {}\n", version()), exit_success};
  if (chosen().empty())
    return misunderstood("a command is missing: pulse serve, migrate, seed, admin, audit or config.");
  if (given.check + given.example + given.tables > 1) {
    return misunderstood("--check, --example and --tables exclude each other.");
  }
  if (chosen() == "admin" && part().empty()) {
    return misunderstood("pulse admin needs to know what: promote or reset-second-factor.");
  }
  if (chosen() == "admin" && given.email.empty()) {
    return misunderstood(fmt::format("pulse admin {} needs the e-mail address of a member.", part()));
  }
  if (chosen() == "audit" && part().empty()) {
    return misunderstood("pulse audit needs to know what: verify or heads.");
  }
  if (chosen() == "media" && part().empty()) return misunderstood("pulse media needs to know what: to-folder.");
  invocation made;
  made.what = command_called(chosen(), part(), given);
  if (app.count("--env-file") > 0) {
    made.env_file = given.env_file;
    made.env_file_must_exist = true;
  }
  return made;
}

int run_config(const config_command& what, const sources& from, std::ostream& out, std::ostream& errors) {
  using form = config_command::form;
  if (what.what == form::example || what.what == form::tables) {
    out << (what.what == form::example ? env_example() : settings_tables());
    return exit_success;
  }
  const auto loaded = load(from);
  if (!loaded) {
    errors << loaded.error().message();
    return exit_failure;
  }
  for (const auto& warning : loaded->warnings) errors << "warning: " << warning << '\n';
  out << (what.what == form::check ? "All settings are in order.\n" : effective_text(loaded->effective));
  return exit_success;
}

}  // namespace pulse::config
