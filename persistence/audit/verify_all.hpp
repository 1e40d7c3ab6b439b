// `pulse audit`: the chains of all companies of an installation, printed and verified.
#pragma once

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/signature.hpp"
#include "persistence/audit/chain.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::persistence::audit {

/// How many stretches of a chain are read at once while one is judged: so many connections verifying makes use of.
inline constexpr unsigned stretches_ahead = 2;

/// Heads as JSON, one a line, as `print_heads` writes them and GET /audit/head answers; a sentence when a line is none.
base::result<std::vector<exported_head>, std::string> parse_heads(const std::string& text);

/// Writes the head of every company's chain, one a line of JSON. `engine` acts as the engine. The sentence of a
/// failure.
std::optional<std::string> print_heads(database& engine, const base::signing_key& key, std::ostream& out);

/// Verifies every company's chain, against the head of it in `known` where there is one, and writes a line for each,
/// and what is wrong. True when all are sound. Every company of which a head is known must have a chain.
bool verify_all(database& engine, const base::signing_key& key, const std::vector<exported_head>& known,
                std::ostream& out);

/// One company's.
result<verdict> verify_one(database& engine, const base::uuid& tenant_id, const base::signing_key& key,
                           std::optional<exported_head> known);

}  // namespace pulse::persistence::audit
