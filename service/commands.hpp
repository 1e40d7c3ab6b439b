// The commands that do one thing and end. Each returns the program's exit code, and says on the terminal what it did or
// what to do next.
#pragma once

#include <string>

#include "config/command_line.hpp"
#include "config/load.hpp"

namespace pulse::service {

/// Says a sentence on the terminal, and gives the exit code of a failure.
int complain(const std::string& sentence);

int migrate(const config::settings& settings);
/// Makes the demo company; not in production, where everybody would know its password.
int seed(const config::settings& settings);
/// Nobody can sign in to it any more.
int close_demo(const config::settings& settings);
int remove_seed(const config::settings& settings);
/// Makes a member an administrator of the installation, or resets a member's second factor. Whoever has the database's
/// address may: that is how an installation gets its first administrator, and how its only owner gets in again.
int admin(const config::settings& settings, const config::admin_command& asked);
/// Prints the heads of the audit's chains, or verifies the chains.
int audit(const config::settings& settings, const config::audit_command& asked);
int rotate_keys(const config::settings& settings);

}  // namespace pulse::service
