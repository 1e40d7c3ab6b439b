#include "connectors/ai/chat_provider.hpp"

#include <algorithm>
#include <utility>

#include "connectors/ai/prompt.hpp"

namespace pulse::connectors::ai {

namespace {

constexpr std::size_t max_model_bytes = 200;
/// Bytes of the bare text in a row (domain/text/leaks) that count as given away.
constexpr std::size_t window_of_key = 16;
constexpr std::size_t window_of_words = 24;

failure too_large_to_ask() {
  return {.kind = failure_kind::too_large,
          .reason = std::string{sentence(failure_kind::too_large)} + " Nothing was sent."};
}

/// An answer that contains the key or the prompt is not used.
failure given_away(const reply& what) {
  failure made{.kind = failure_kind::declined,
               .reason = "The model's answer gave away what it was told in confidence, and is not used."};
  made.tokens_in = what.tokens_in;
  made.tokens_out = what.tokens_out;
  made.cost_micro_usd = what.cost_micro_usd;
  return made;
}

bool is_askable(const request& asked) {
  return size_of(asked) <= max_request_bytes && asked.most_tokens >= 1 && asked.most_tokens <= max_answer_tokens &&
         asked.model.size() <= max_model_bytes;
}

}  // namespace

struct chat_provider::asking {
  request what;
  callback done;
  std::chrono::steady_clock::time_point deadline;
  int tries = 0;
  int unusable = 0;
  bool has_temperature = true;
  // Of the tries before.
  int tokens_in = 0;
  int tokens_out = 0;
  std::int64_t cost_micro_usd = 0;
};

chat_provider::chat_provider(chat_options how, egress& client, const base::clock& clock)
    : how_(std::move(how)), client_(client), clock_(clock) {
  secrets_.add(how_.key.reveal(), window_of_key);
  secrets_.add(own_words(), window_of_words);
}

std::string_view chat_provider::name() const {
  switch (how_.speaks) {
    case dialect::openai: return "OpenAI";
    case dialect::openrouter: return "OpenRouter";
  }
  return "";
}

std::string chat_provider::body_of(const request& asked, bool has_temperature) const {
  boost::json::object body{{"model", asked.model.empty() ? how_.model : asked.model},
                           {"messages",
                            {{{"role", "system"}, {"content", system_message(asked)}},
                             {{"role", "user"}, {"content", user_message(asked)}}}}};
  if (has_temperature) body["temperature"] = asked.temperature.value_or(how_.temperature);
  if (asked.schema.empty()) {
    body["response_format"] = {{"type", "json_object"}};
  } else {
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", "answer"}, {"strict", true}, {"schema", sent_schema(asked.schema)}}}};
  }
  switch (how_.speaks) {
    case dialect::openai:
      body["max_completion_tokens"] = asked.most_tokens;
      body["store"] = false;
      break;
    case dialect::openrouter: body["max_tokens"] = asked.most_tokens; break;
  }
  return boost::json::serialize(body);
}

provider::estimate chat_provider::at_most(const request& asked) const {
  const auto one = at_most_one_try(asked, body_of(asked, true).size(), how_.prices);
  return {one.tokens * max_tries, one.cost_micro_usd * max_tries};
}

void chat_provider::complete(request asked, callback done) {
  if (!is_askable(asked)) return done(too_large_to_ask());
  auto one = std::make_shared<asking>();
  const auto time = asked.timeout.count() > 0 ? asked.timeout : how_.timeout;
  one->what = std::move(asked);
  one->done = std::move(done);
  one->deadline = std::chrono::steady_clock::now() + time;
  try_once(std::move(one));
}

egress_request chat_provider::to_http(const asking& one) const {
  egress_request made;
  made.method = "POST";
  made.url = how_.base_url + "/chat/completions";
  made.headers = {{"authorization", "Bearer " + how_.key.reveal()},
                  {"content-type", "application/json"},
                  {"accept", "application/json"}};
  if (how_.speaks == dialect::openrouter) made.headers.push_back({"x-openrouter-title", "Pulse"});
  made.body = body_of(one.what, one.has_temperature);
  const auto left = one.deadline - std::chrono::steady_clock::now();
  made.timeout = std::max(std::chrono::milliseconds{1}, std::chrono::duration_cast<std::chrono::milliseconds>(left));
  made.max_response_bytes = max_reply_bytes;
  made.address = trust::platform;
  return made;
}

void chat_provider::try_once(std::shared_ptr<asking> one) {
  ++one->tries;
  auto http = to_http(*one);
  client_.send(std::move(http), [this, one](const egress_reply& got) { read(one, got); });
}

void chat_provider::read(std::shared_ptr<asking> one, const egress_reply& got) {
  if (one->has_temperature && is_about_temperature(got) && one->tries < max_tries) {
    one->has_temperature = false;
    return try_once(std::move(one));
  }
  const bool is_openai = how_.speaks == dialect::openai;
  auto result =
      read_reply(got, one->what,
                 {.speaks = how_.speaks,
                  .prices = how_.prices,
                  .now = clock_.now(),
                  .at_most = at_most_one_try(one->what, body_of(one->what, one->has_temperature).size(), how_.prices),
                  .key_setting = is_openai ? "OPENAI_API_KEY" : "OPENROUTER_API_KEY",
                  .model_setting = is_openai ? "OPENAI_MODEL" : "OPENROUTER_MODEL"});
  if (result.has_value() && secrets_.are_in(boost::json::serialize(result->value))) result = given_away(*result);
  if (result.has_value()) {
    result->tokens_in += one->tokens_in;
    result->tokens_out += one->tokens_out;
    result->cost_micro_usd += one->cost_micro_usd;
    return one->done(std::move(result));
  }
  auto why = result.error();
  one->tokens_in = why.tokens_in += one->tokens_in;
  one->tokens_out = why.tokens_out += one->tokens_out;
  one->cost_micro_usd = why.cost_micro_usd += one->cost_micro_usd;
  if (why.kind == failure_kind::malformed || why.kind == failure_kind::not_of_schema) ++one->unusable;
  const auto pause = pause_before_next(*one, why);
  if (!pause) return one->done(std::move(why));
  client_.after(*pause, [this, one] { try_once(one); });
}

std::optional<std::chrono::milliseconds> chat_provider::pause_before_next(const asking& one, const failure& why) const {
  if (!can_be_tried_again(why.kind) || one.tries >= max_tries || one.unusable >= max_unusable_answers)
    return std::nullopt;
  auto pause = how_.first_pause * (1 << (one.tries - 1));
  if (why.retry_at) pause = std::max(pause, std::chrono::ceil<std::chrono::milliseconds>(*why.retry_at - clock_.now()));
  const auto left = one.deadline - std::chrono::steady_clock::now();
  if (pause > longest_wait || pause >= left) return std::nullopt;
  return pause;
}

}  // namespace pulse::connectors::ai
