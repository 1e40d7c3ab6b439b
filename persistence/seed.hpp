// The demo company: what a new user finds after the first start.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence {

inline constexpr std::string_view demo_email = "owner@controlcenter.local";
inline constexpr std::string_view demo_password = "devpassword123";
/// The demo's accounts at the sandbox: `scripts/run` registers the same ones there.
inline constexpr std::string_view demo_x_user_id = "1001";
inline constexpr std::string_view demo_x_handle = "pulse_demo";
inline constexpr std::string_view demo_x_token = "demo-x-token";
inline constexpr std::string_view demo_linkedin_user_id = "demo1001";
inline constexpr std::string_view demo_linkedin_handle = "Pulse Demo";
inline constexpr std::string_view demo_linkedin_token = "demo-linkedin-token";

/// Where the demo lives.
struct demo_place {
  database& requests;  // acts as role::request
  database& engine;    // acts as role::engine
  std::string public_url;
};

/// Makes the company with its owner, a project, channels to its website, X and LinkedIn (paused), a month of history,
/// and a week that is planned; does nothing when the owner is there already. The company is marked as demo. Blocking.
/// Answers, or fails with, a sentence for an operator.
base::result<std::string, std::string> seed_demo(const demo_place& in, const password_hasher& hasher,
                                                 const secret_box& box, const base::clock& clock);

/// Demo companies that somebody can sign in to, with a password that everybody knows. `engine` acts as role::engine,
/// `on` as role::request. Blocking. Fails with a sentence for an operator.
base::result<std::size_t, std::string> count_open_demos(database& engine, database& on);

/// Disables signing in to demo companies; returns how many there were. As `count_open_demos`.
base::result<std::size_t, std::string> close_demos(database& engine, database& on);

/// Removes every company that is marked as demo, with all that it has. `engine` acts as role::engine. Blocking.
base::result<std::string, std::string> remove_demo(database& engine);

}  // namespace pulse::persistence
