// What Pinterest's replies mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/list_search.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::pinterest {

enum class step { harmless, publishing };

/// The outcome of `POST /pins`.
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// What a reply that is no success makes of the attempt; never `unknown` for a harmless step.
domain::outcome problem_of(const egress_reply& reply, step which, base::timestamp now);

/// What is left of the account's calls, where the headers say so. Their values are structured (`100,
/// 100;w=1;name="…"`): the leading number is what counts.
std::vector<budget_report> budgets_of(const egress_reply& reply, base::timestamp now);

/// A page of `GET /boards/{id}/pins`; nothing when the body is none. An item's text is what `pin_words` makes of it.
std::optional<list_page> read_pins(const std::string& body);

/// What a pin is told by, in the form in which two that say the same are equal.
std::string pin_words(std::string_view title, std::string_view description, std::string_view link);

/// The description in such words.
std::string description_in(std::string_view words);

std::string pin_url(std::string_view id);

}  // namespace pulse::connectors::pinterest
