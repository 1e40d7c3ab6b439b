#include "sandbox/ai/chat.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/core.h>

namespace pulse::sandbox::ai {

namespace {

using http::server::response;
using http::server::verb;

constexpr std::size_t max_repeated_bytes = 8 * 1024 * 1024;
constexpr std::size_t max_waiting_answers = 1'000;
constexpr std::size_t context_bytes = 500'000;
constexpr std::array common_fields{
    "model",      "messages", "temperature", "top_p", "response_format", "max_completion_tokens",
    "max_tokens", "stop",     "seed",        "n"};
constexpr std::array openai_fields{"store", "metadata", "reasoning_effort", "safety_identifier"};
constexpr std::array openrouter_fields{"models", "provider", "reasoning", "top_k", "min_p", "user", "usage"};

std::string text_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return std::string{value->get_string()};
}

std::int64_t number_at(const boost::json::object& object, std::string_view name, std::int64_t otherwise) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : otherwise;
}

template <std::size_t N>
bool is_one_of(const std::array<const char*, N>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const char* each) { return name == each; });
}

/// Strict mode requires this of every object of a schema.
bool is_strict(const boost::json::value& schema) {
  const auto* object = schema.if_object();
  if (object == nullptr || text_at(*object, "type").empty()) return false;
  if (const auto* items = object->if_contains("items"); items != nullptr && !is_strict(*items)) return false;
  if (text_at(*object, "type") != "object") return true;
  const auto* properties = object->if_contains("properties");
  const auto* required = object->if_contains("required");
  const auto* more = object->if_contains("additionalProperties");
  if (properties == nullptr || !properties->is_object() || required == nullptr || !required->is_array() ||
      more == nullptr || !more->is_bool() || more->get_bool())
    return false;
  return std::all_of(properties->get_object().begin(), properties->get_object().end(), [&](const auto& each) {
    const auto& names = required->get_array();
    const bool is_required = std::any_of(names.begin(), names.end(), [&](const boost::json::value& name) {
      return name.is_string() && name.get_string() == each.key();
    });
    return is_required && is_strict(each.value());
  });
}

std::string type_of(int status, std::string_view code) {
  if (code == "insufficient_quota") return "insufficient_quota";
  if (status == 429) return "requests";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

std::string default_code(int status) {
  switch (status) {
    case 401: return "invalid_api_key";
    case 404: return "model_not_found";
    case 429: return "rate_limit_exceeded";
    default: return {};
  }
}

}  // namespace

chat_platform::chat_platform(protocol speaks) : speaks_(speaks) {
  accounts_by_key_[token_hash(fmt::format("sandbox-{}-key", name()))] = "org-sandbox";
}

std::string_view chat_platform::name() const {
  switch (speaks_) {
    case protocol::openai: return "openai";
    case protocol::openrouter: return "openrouter";
  }
  return "";
}

std::string chat_platform::completions_path() const {
  switch (speaks_) {
    case protocol::openai: return "/v1/chat/completions";
    case protocol::openrouter: return "/api/v1/chat/completions";
  }
  return "";
}

std::string chat_platform::account_of(const http::server::request& request) const {
  return holder_of(request, accounts_by_key_);
}

response chat_platform::failed(const error& what) const {
  if (speaks_ == protocol::openrouter) {
    boost::json::object inner{{"code", what.status}, {"message", what.message}};
    if (!what.code.empty()) inner["metadata"] = {{"error_type", what.code}};
    return response::json(what.status, boost::json::serialize(boost::json::object{{"error", std::move(inner)}}));
  }
  const auto text_or_null = [](const std::string& text) {
    boost::json::value made;  // null
    if (!text.empty()) made = text;
    return made;
  };
  return response::json(what.status,
                        boost::json::serialize(boost::json::object{{"error",
                                                                    {{"message", what.message},
                                                                     {"type", type_of(what.status, what.code)},
                                                                     {"param", text_or_null(what.param)},
                                                                     {"code", text_or_null(what.code)}}}}));
}

response chat_platform::failure(int status) const {
  return failed({status, std::string{http::server::reason(status)}, default_code(status), {}});
}

verdict chat_platform::answer(const http::server::request& request, base::timestamp now) {
  const auto refuse = [this](const error& what) { return verdict{failed(what), decision::refused, {}, {}}; };
  if (!bearer_token(request)) return refuse({401, "Missing Authentication header", {}, {}});
  if (account_of(request).empty()) return refuse({401, "Incorrect API key provided.", "invalid_api_key", {}});
  if (request.method != verb::post || request.path != completions_path())
    return refuse({404, fmt::format("Invalid URL ({})", request.path), {}, {}});
  boost::json::error_code wrong;
  const auto document = boost::json::parse(request.body, wrong);
  if (wrong || !document.is_object()) return refuse({400, "We could not parse the JSON body of your request.", {}, {}});
  const auto& body = document.get_object();
  if (const auto problem = check(body)) return refuse(*problem);
  if (!answers_.empty()) {
    const auto next = std::move(answers_.front());
    answers_.pop_front();
    return from_list(next, body, now);
  }
  return complete(request, body, now);
}

std::optional<chat_platform::error> chat_platform::check(const boost::json::object& body) const {
  for (const auto& each : body) {
    const bool is_own =
        speaks_ == protocol::openai ? is_one_of(openai_fields, each.key()) : is_one_of(openrouter_fields, each.key());
    if (!is_one_of(common_fields, each.key()) && !is_own)
      return error{400, "Unrecognized request argument supplied: " + std::string{each.key()}, "unknown_parameter",
                   std::string{each.key()}};
  }
  const auto model = text_at(body, "model");
  if (model.empty()) return error{400, "you must provide a model parameter", {}, "model"};
  if (model.find("missing") != model.npos)
    return error{404, "The model does not exist or you do not have access to it.", "model_not_found", {}};
  const bool reasons = model.find("reasoning") != model.npos;
  if (reasons && body.contains("temperature"))
    return error{400, "Unsupported value: 'temperature' does not support this with this model.", "unsupported_value",
                 "temperature"};
  if (speaks_ == protocol::openai && reasons && body.contains("max_tokens"))
    return error{400, "Unsupported parameter: 'max_tokens'.", "unsupported_parameter", "max_tokens"};
  if (const auto* heat = body.if_contains("temperature"); heat != nullptr) {
    boost::json::error_code failed;
    const auto value = heat->is_number() ? heat->to_number<double>(failed) : -1;
    if (failed || value < 0 || value > 2)
      return error{400, "temperature must be from 0 to 2", "invalid_value", "temperature"};
  }
  for (const auto* limit : {"max_tokens", "max_completion_tokens"}) {
    if (body.contains(limit) && number_at(body, limit, 0) < 1)
      return error{400, "must be at least 1", "invalid_value", limit};
  }
  const auto* messages = body.if_contains("messages");
  if (messages == nullptr || !messages->is_array() || messages->get_array().empty())
    return error{400, "messages must be a list with at least one message", "invalid_type", "messages"};
  std::size_t bytes = 0;
  for (const auto& each : messages->get_array()) {
    const auto* message = each.if_object();
    const auto role = message == nullptr ? std::string{} : text_at(*message, "role");
    const bool is_known = role == "system" || role == "developer" || role == "user" || role == "assistant";
    if (!is_known || message->size() != 2 || !message->contains("content") || !message->at("content").is_string())
      return error{400, "a message has a role and a content", "invalid_value", "messages"};
    bytes += message->at("content").get_string().size();
  }
  if (bytes > context_bytes)
    return error{400, "This model's maximum context length is 128000 tokens.", "context_length_exceeded", "messages"};
  const auto* format = body.if_contains("response_format");
  if (format == nullptr) return std::nullopt;
  if (!format->is_object()) return error{400, "response_format must be an object", "invalid_type", "response_format"};
  return check_format(format->get_object());
}

std::optional<chat_platform::error> chat_platform::check_format(const boost::json::object& format) const {
  const auto type = text_at(format, "type");
  if (type == "text" || type == "json_object") return std::nullopt;
  const auto* given = format.if_contains("json_schema");
  if (type != "json_schema" || given == nullptr || !given->is_object())
    return error{400, "response_format.type is none", "invalid_value", "response_format"};
  const auto* schema = given->get_object().if_contains("schema");
  if (text_at(given->get_object(), "name").empty() || schema == nullptr || !is_strict(*schema))
    return error{400,
                 "Invalid schema for response_format: every object needs additionalProperties: false and all of its "
                 "properties in required.",
                 "invalid_json_schema", "response_format"};
  return std::nullopt;
}

verdict chat_platform::complete(const http::server::request& request, const boost::json::object& body,
                                base::timestamp now) {
  prompt given;
  for (const auto& each : body.at("messages").get_array()) {
    const auto& message = each.get_object();
    const auto role = text_at(message, "role");
    auto& into = role == "system" || role == "developer" ? given.system : given.user;
    into += (into.empty() ? "" : "\n") + text_at(message, "content");
  }
  given.key = std::string{*bearer_token(request)};
  if (const auto* format = body.if_contains("response_format")) {
    if (const auto* schema = format->get_object().if_contains("json_schema"))
      given.schema = schema->get_object().at("schema").get_object();
  }
  ++answered_;
  return {told({}, body, answer_of(given, model_, most_told_), now),
          decision::done,
          "chatcmpl-" + std::to_string(last_id_ + 1),
          {}};
}

response chat_platform::told(const boost::json::object& answer, const boost::json::object& body, std::string content,
                             base::timestamp now) const {
  const auto in = static_cast<std::int64_t>(boost::json::serialize(body.at("messages")).size() / 4 + 1);
  const auto out = static_cast<std::int64_t>(content.size() / 4 + 1);
  auto ended = text_at(answer, "finish_reason");
  if (ended.empty()) ended = "stop";
  const auto refusal = text_at(answer, "refusal");
  boost::json::object message{{"role", "assistant"}, {"content", content}};
  if (!refusal.empty()) message = {{"role", "assistant"}, {"content", nullptr}, {"refusal", refusal}};
  boost::json::object usage{{"prompt_tokens", in}, {"completion_tokens", out}, {"total_tokens", in + out}};
  if (speaks_ == protocol::openrouter) usage["cost"] = static_cast<double>(in * 2 + out * 8) / 1e7;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  return response::json(
      200,
      boost::json::serialize(boost::json::object{
          {"id", (speaks_ == protocol::openai ? "chatcmpl-" : "gen-") + std::to_string(last_id_ + 1)},
          {"object", "chat.completion"},
          {"created", seconds},
          {"model", text_at(body, "model")},
          {"choices", boost::json::array{{{"index", 0}, {"message", std::move(message)}, {"finish_reason", ended}}}},
          {"usage", std::move(usage)}}));
}

verdict chat_platform::from_list(const boost::json::object& next, const boost::json::object& body,
                                 base::timestamp now) {
  ++last_id_;
  if (next.contains("raw")) return {response::json(200, text_at(next, "raw")), decision::done, {}, {}};
  if (const auto status = static_cast<int>(number_at(next, "status", 0)); status != 0) {
    auto code = text_at(next, "code");
    if (code.empty()) code = default_code(status);
    auto answered = failed({status, std::string{http::server::reason(status)}, code, text_at(next, "param")});
    if (next.contains("in_200")) answered.status = 200;
    if (const auto seconds = number_at(next, "retry_after", -1); seconds >= 0)
      answered.headers.push_back({"retry-after", std::to_string(seconds)});
    return {std::move(answered), decision::refused, {}, {}};
  }
  auto content = text_at(next, "content");
  if (const auto piece = text_at(next, "repeat"); !piece.empty()) {
    const auto times = static_cast<std::size_t>(std::max<std::int64_t>(0, number_at(next, "times", 1)));
    for (std::size_t i = 0; i < times && content.size() + piece.size() <= max_repeated_bytes; ++i) content += piece;
  }
  ++answered_;
  return {told(next, body, std::move(content), now), decision::done, "chatcmpl-" + std::to_string(last_id_), {}};
}

complaint chat_platform::add_account(const boost::json::object& command, const std::string& hash) {
  const auto id = text_at(command, "user_id");
  if (id.empty()) return "user_id is required";
  accounts_by_key_[hash] = id;
  return std::nullopt;
}

complaint chat_platform::set_limits(const boost::json::object& command) {
  for (const auto& each : command) {
    if (each.key() != "model" && each.key() != "most_told" && each.key() != "answers")
      return "model, most_told and answers are what can be set";
  }
  if (command.contains("model")) {
    const auto word = text_at(command, "model");
    if (word != "usual" && word != "obedient") return "model must be usual or obedient";
    model_ = word == "usual" ? temper::usual : temper::obedient;
  }
  const auto told = number_at(command, "most_told", static_cast<std::int64_t>(most_told_));
  if (told < 1 || told > 100'000) return "most_told must be from 1 to 100000";
  most_told_ = static_cast<std::size_t>(told);
  const auto* answers = command.if_contains("answers");
  if (answers == nullptr) return std::nullopt;
  if (!answers->is_array()) return "answers must be a list";
  if (answers->get_array().empty()) answers_.clear();
  for (const auto& each : answers->get_array()) {
    if (!each.is_object() || answers_.size() >= max_waiting_answers)
      return "an answer is an object, and there are at most 1000";
    answers_.push_back(each.get_object());
  }
  return std::nullopt;
}

boost::json::object chat_platform::state() const {
  return {{"accounts", static_cast<std::int64_t>(accounts_by_key_.size())},
          {"answered", answered_},
          {"waiting_answers", static_cast<std::int64_t>(answers_.size())}};
}

}  // namespace pulse::sandbox::ai
