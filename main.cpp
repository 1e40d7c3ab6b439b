// Pulse: the program. What was asked for, and who does it; how the rooms are put together is in service/.
#include <iostream>
#include <variant>

#include <spdlog/spdlog.h>

#include "config/command_line.hpp"
#include "config/load.hpp"
#include "config/log.hpp"
#include "service/commands.hpp"
#include "service/doctor.hpp"
#include "service/media_store.hpp"
#include "service/serve.hpp"

namespace pulse::service {

namespace {

int run(const config::invocation& asked) {
  if (const auto* config_command = std::get_if<config::config_command>(&asked.what)) {
    return config::run_config(*config_command, asked.settings_sources(), std::cout, std::cerr);
  }
  const auto loaded = config::load(asked.settings_sources());
  if (loaded.has_error()) {
    std::cerr << loaded.error().message();
    return config::exit_failure;
  }
  config::set_up_log(loaded->values);
  for (const auto& warning : loaded->warnings) spdlog::warn("{}", warning);
  if (std::holds_alternative<config::migrate_command>(asked.what)) return migrate(loaded->values);
  if (const auto* seeding = std::get_if<config::seed_command>(&asked.what)) {
    if (seeding->removes) return remove_seed(loaded->values);
    return seeding->close ? close_demo(loaded->values) : seed(loaded->values);
  }
  if (const auto* acting = std::get_if<config::admin_command>(&asked.what)) return admin(loaded->values, *acting);
  if (const auto* auditing = std::get_if<config::audit_command>(&asked.what)) return audit(loaded->values, *auditing);
  if (std::holds_alternative<config::rotate_keys_command>(asked.what)) return rotate_keys(loaded->values);
  if (std::holds_alternative<config::doctor_command>(asked.what))
    return doctor(loaded->values, base::system_clock{}, std::cout);
  if (std::holds_alternative<config::media_command>(asked.what)) return media_to_folder(loaded->values);
  return serve(loaded->values);
}

}  // namespace

}  // namespace pulse::service

int main(int count, char** arguments) {
  const auto asked = pulse::config::parse_command_line(count, arguments);
  if (const auto* printed = std::get_if<pulse::config::printed>(&asked)) {
    (printed->exit_code == pulse::config::exit_success ? std::cout : std::cerr) << printed->text;
    return printed->exit_code;
  }
  return pulse::service::run(std::get<pulse::config::invocation>(asked));
}
