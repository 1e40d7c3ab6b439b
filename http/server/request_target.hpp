// The target of a request line: which one is let in, and what path it means.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/server/head_parser.hpp"

namespace pulse::http::server {

/// Reads a target in origin form, as a whole http or https address, or `*` for OPTIONS (RFC 9112 §3.2), once
/// `head.method` is known. `head.target` becomes it without scheme and host. `head.path` becomes its decoded path:
/// valid UTF-8 without control characters and without dot segments, in which no slash or backslash was escaped, so that
/// it can be split at its slashes. `head.query` becomes a view of what follows the '?', not decoded. Or says why not.
std::optional<parse_refusal> read_target(std::string_view target, accepted_head& head);

}  // namespace pulse::http::server
