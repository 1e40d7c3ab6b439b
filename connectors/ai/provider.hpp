// The interface of AI providers: one request with material, one checked answer or the reason why there is none.
// Requests and answers are never logged here.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/result.hpp"
#include "base/time.hpp"

namespace pulse::connectors::ai {

/// No request holds more than this, all its texts together.
inline constexpr std::size_t max_request_bytes = 64 * 1024;
/// No answer may ask for more tokens than this.
inline constexpr int max_answer_tokens = 8'192;

/// What somebody else wrote: a feed, a page, a post, a member's profile. It is data. The prompt marks it as such, and
/// nothing in it can leave its marks. Whether the model obeyed is for the caller to check.
struct material {
  std::string name;  // what it is, in our words: "post", "profile of the author". Letters, digits and blanks
  std::string text;  // any bytes
};

/// One question.
struct request {
  std::string system;  // who answers and by which rules; ours alone, nothing of others in it
  std::string task;    // what is to be done now; ours alone
  std::vector<material> materials;
  /// The form of the answer's object, in the subset of JSON schema that `schema.hpp` checks; empty: any object.
  boost::json::object schema;
  std::string model;                     // empty: the provider's default (OPENAI_MODEL, OPENROUTER_MODEL)
  int most_tokens = 1'024;               // of the answer; 1 to max_answer_tokens
  std::optional<double> temperature;     // 0 to 2; nothing: the setting
  std::chrono::milliseconds timeout{0};  // of all tries together; 0: the setting
};

/// An answer that was checked against the request's schema.
struct reply {
  boost::json::object value;
  int tokens_in = 0;
  int tokens_out = 0;
  std::int64_t cost_micro_usd = 0;  // what the provider said that it cost; else tokens times the settings' prices
  std::string model;                // that answered, as the provider names it
};

enum class failure_kind {
  not_configured,  // the installation has no provider; an operator must set what the sentence names
  budget_spent,    // the company's month has too little left for this request; nothing was sent
  quota_final,     // the account at the provider has no credit left: somebody must pay; trying again changes nothing
  rate_limited,    // too many requests; `retry_at` says when to come back
  refused_by_provider,  // a key, model, right or content that the provider does not take; trying again changes nothing
  declined,             // the model itself declined, or a filter cut its answer off
  timeout,              // no answer in time
  unreachable,          // the provider cannot be reached, or is down; can be tried again
  malformed,            // the answer is no answer of this protocol, or its text no JSON object
  not_of_schema,        // an object, but not of the form that was asked for
  too_large,  // the request is longer than `max_request_bytes` or than the model takes, or the answer was cut for its length
};

/// A sentence for people, the same for every failure of the kind.
std::string_view sentence(failure_kind kind);

/// Whether the same request may succeed later without anybody doing anything.
bool can_be_tried_again(failure_kind kind);

struct failure {
  failure_kind kind = failure_kind::unreachable;
  std::string reason;  // a sentence for people, with what to do; never the prompt, the answer or a secret
  std::optional<base::timestamp> retry_at = std::nullopt;
  // What was used all the same, or may have been where no figures came: at most that was spent.
  int tokens_in = 0;
  int tokens_out = 0;
  std::int64_t cost_micro_usd = 0;
};

using answer = base::result<reply, failure>;
using callback = std::function<void(answer)>;

/// Thread-safe.
class provider {
 public:
  virtual ~provider() = default;

  /// Sends the request, retries what may succeed later, and calls back exactly once: on a thread of the egress client,
  /// where nothing may block, or before it returns.
  virtual void complete(request asked, callback done) = 0;

  /// "OpenAI", "OpenRouter", "offline": for screens and records.
  virtual std::string_view name() const = 0;

  /// The model that answers when a request names none.
  virtual const std::string& default_model() const = 0;

  /// True for the offline one, whose texts are made up: every screen that shows one says so.
  virtual bool is_stand_in() const { return false; }

  /// The most that `asked` can use in all tries together, to be reserved before it is sent: tokens of prompt and
  /// answer, and their micro dollars.
  struct estimate {
    std::int64_t tokens = 0;
    std::int64_t cost_micro_usd = 0;
  };
  virtual estimate at_most(const request& asked) const = 0;
};

}  // namespace pulse::connectors::ai
