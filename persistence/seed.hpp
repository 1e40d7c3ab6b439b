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
/// The account at X that the sandbox is told of: `scripts/run` registers the same three there.
inline constexpr std::string_view demo_x_user_id = "1001";
inline constexpr std::string_view demo_x_handle = "pulse_demo";
inline constexpr std::string_view demo_x_token = "demo-x-token";

/// Makes the company with its owner, a project, a website channel, an x channel, a draft, and a post that is scheduled far
/// ahead; does nothing when the owner is there already. `on` acts as role::request. Blocking. Answers, or fails with, a
/// sentence for an operator.
base::result<std::string, std::string> seed_demo(database& on, const password_hasher& hasher, const secret_box& box,
                                                 const base::clock& clock);

/// Demo companies that somebody can sign in to, with a password that everybody knows. `engine` acts as role::engine, `on` as
/// role::request. Blocking. Fails with a sentence for an operator.
base::result<std::size_t, std::string> count_open_demos(database& engine, database& on);

/// Lets nobody sign in to a demo company any more; how many there were. As `count_open_demos`.
base::result<std::size_t, std::string> close_demos(database& engine, database& on);

}  // namespace pulse::persistence
