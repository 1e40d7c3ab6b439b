// Calls an AI provider in a company's name, within its budget for the month. The budget is reserved in the database
// before the call and settled after it. Runs of rules, comments and previews call this, never the provider itself.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/uuid.hpp"
#include "connectors/ai/provider.hpp"
#include "domain/budgets/ai_budget.hpp"

namespace pulse::actors {

/// The purpose of an answer; `GET /ai/usage` counts by it.
enum class ai_purpose { content, comment, review, preview };
BOOST_DESCRIBE_ENUM(ai_purpose, content, comment, review, preview)

struct ai_question {
  base::uuid tenant_id;
  ai_purpose purpose = ai_purpose::content;
  connectors::ai::request what;
};

/// Thread-safe. Questions and answers are neither logged nor stored here: the caller keeps them with its own rows.
class asking {
 public:
  virtual ~asking() = default;

  /// Reserves, asks, settles, and calls back exactly once, on any thread, where nothing may block. `budget_spent`: not
  /// asked.
  virtual void ask(ai_question question, connectors::ai::callback done) = 0;

  /// "OpenAI", "OpenRouter", "offline"; empty: there is no provider, and every question is answered `not_configured`.
  virtual std::string_view provider() const = 0;
  /// Whether the offline provider answers. Its texts are made up, and every screen that shows one says so.
  virtual bool is_stand_in() const = 0;
  /// What the settings allow a company a month.
  virtual const domain::ai_allowance& allowance() const = 0;
};

}  // namespace pulse::actors
