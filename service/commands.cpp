#include "service/commands.hpp"

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/time.hpp"
#include "domain/people/credentials.hpp"
#include "http/api/addresses.hpp"
#include "http/routes/people/operator_acts.hpp"
#include "persistence/audit/verify_all.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/postgres/migrator.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "persistence/secrets/rotation.hpp"
#include "persistence/secrets/secret_box.hpp"
#include "persistence/seed.hpp"
#include "service/options.hpp"

namespace pulse::service {

namespace {

int promote(persistence::database& login, const std::string& email) {
  const auto done = http::routes::promote_by_operator(login, email, base::system_clock{}.now());
  if (done.has_error()) return complain(done.error().detail);
  if (*done == 0)
    return complain(fmt::format("there is no active member whose confirmed address is {}; sign up first.", email));
  std::cout << email << " is an administrator of this installation.\n";
  return config::exit_success;
}

int reset_second_factor(const config::settings& settings, persistence::database& login, const std::string& email) {
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return complain(box.error());
  const http::addresses pages{settings.api_base_url, settings.public_app_url};
  const auto done = http::routes::reset_factors_by_operator(login, email, {pages, *box, base::system_clock{}.now()});
  if (done.has_error()) return complain(done.error().detail);
  if (*done == 0)
    return complain(fmt::format("no active member with the address {} has a second factor or a passkey.", email));
  std::cout << fmt::format(
      "The second factor, recovery codes and passkeys of {} are gone, and all their sessions have ended. The password "
      "signs in; a mail tells them to set up another second factor, and the audit of their company tells of this.\n",
      email);
  return config::exit_success;
}

}  // namespace

int complain(const std::string& sentence) {
  std::cerr << "pulse: " << sentence << '\n';
  return config::exit_failure;
}

int migrate(const config::settings& settings) {
  const auto report = persistence::migrate(settings.database_url.reveal());
  if (report.has_error()) return complain(report.error().detail);
  for (const auto& name : report->applied) std::cout << "applied " << name << '\n';
  std::cout << "The database is at version " << report->version_after << ".\n";
  return config::exit_success;
}

int close_demo(const config::settings& settings) {
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  persistence::database requests{one_connection(settings, persistence::role::request)};
  const auto closed = persistence::close_demos(engine, requests);
  if (closed.has_error()) return complain(closed.error());
  std::cout << (*closed == 0 ? "Nobody could sign in to a demo company.\n"
                             : "Nobody can sign in to the demo company any more.\n");
  return config::exit_success;
}

int remove_seed(const config::settings& settings) {
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const auto said = persistence::remove_demo(engine);
  if (said.has_error()) return complain(said.error());
  std::cout << *said << '\n';
  return config::exit_success;
}

int seed(const config::settings& settings) {
  if (settings.app_env == config::environment::production) {
    return complain("the demo company is not for production, where everybody would know its password");
  }
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return complain(box.error());
  persistence::database requests{one_connection(settings, persistence::role::request)};
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const persistence::password_hasher passwords{{.threads = 1}};
  auto public_url = settings.api_base_url;
  while (public_url.ends_with('/')) public_url.pop_back();
  const auto said = persistence::seed_demo({requests, engine, public_url}, passwords, *box, base::system_clock{});
  if (said.has_error()) return complain(said.error());
  std::cout << *said << '\n';
  return config::exit_success;
}

int admin(const config::settings& settings, const config::admin_command& asked) {
  const auto address = domain::parse_email(asked.email);
  if (!address) return complain(fmt::format("\"{}\" is no e-mail address.", asked.email));
  persistence::database database{database_options(settings, persistence::role::login)};
  switch (asked.what) {
    case config::admin_command::act::promote: return promote(database, address->value);
    case config::admin_command::act::reset_second_factor:
      return reset_second_factor(settings, database, address->value);
  }
  return config::exit_usage;
}

int audit(const config::settings& settings, const config::audit_command& asked) {
  auto connecting = one_connection(settings, persistence::role::engine);
  connecting.connections = persistence::audit::stretches_ahead;
  persistence::database engine{std::move(connecting)};
  const auto key = audit_key(settings);
  if (!asked.verifies) {
    const auto failed = persistence::audit::print_heads(engine, key, std::cout);
    return failed ? complain(*failed) : config::exit_success;
  }
  std::ostringstream text;
  if (!asked.heads_file.empty()) {
    std::ifstream file{asked.heads_file};
    if (!file) return complain(asked.heads_file.string() + " cannot be read");
    text << file.rdbuf();
  }
  const auto known = persistence::audit::parse_heads(text.str());
  if (known.has_error()) return complain(fmt::format("{}: {}", asked.heads_file.string(), known.error()));
  const bool are_sound = persistence::audit::verify_all(engine, key, *known, std::cout);
  return are_sound ? config::exit_success : config::exit_failure;
}

int rotate_keys(const config::settings& settings) {
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return complain(box.error());
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const auto done = persistence::rotate_keys(engine, *box, [](std::string_view column, const auto& report) {
    std::cout << fmt::format("{}: {} encrypted anew, {} already were, {} cannot be read\n", column, report.sealed_again,
                             report.already, report.unreadable);
  });
  if (done.has_error()) return complain(done.error().detail);
  if (done->unreadable > 0) {
    return complain(
        "some values are encrypted with a key that is in neither TOKEN_ENCRYPTION_KEY nor "
        "TOKEN_ENCRYPTION_PREVIOUS_KEYS: add that key and run this again, or connect these accounts again");
  }
  std::cout << "Nothing needs TOKEN_ENCRYPTION_PREVIOUS_KEYS any more.\n";
  return config::exit_success;
}

}  // namespace pulse::service
