#include "http/routes/campaigns/template_input.hpp"
#include "http/routes/publishing/shown.hpp"

#include <set>

#include <fmt/core.h>

namespace pulse::http::routes {

namespace templates = persistence::templates;

namespace {

std::vector<domain::campaigns::template_variable> to_variables(const std::vector<template_variable_request>& from) {
  std::vector<domain::campaigns::template_variable> made;
  made.reserve(from.size());
  for (const auto& each : from) made.push_back({each.name.value, text_or(each.default_value, "")});
  return made;
}

templates::ai_settings to_ai(const ai_settings_request& from) {
  templates::ai_settings made;
  if (from.provider) made.provider = std::string{base::to_name(*from.provider)};
  made.model = plain(from.model);
  made.temperature = from.temperature;
  if (from.max_output_tokens) made.max_output_tokens = static_cast<int>(from.max_output_tokens->value);
  made.tone = plain(from.tone);
  return made;
}

/// The size in bytes is checked here, because the type counts characters.
void check_template(const std::string& text, const templates::words& of, std::string pointer,
                    std::vector<field_error>& errors) {
  if (errors.size() >= base::json::max_problems) return;
  if (text.size() > domain::campaigns::most_template_bytes) {
    errors.push_back(at_field(std::move(pointer),
                              fmt::format("must be at most {} bytes long", domain::campaigns::most_template_bytes)));
    return;
  }
  if (auto wrong = domain::campaigns::template_mistake(text, of.variables)) {
    errors.push_back(at_field(std::move(pointer), std::move(*wrong)));
  }
}

void check_variants(const templates::words& of, const template_words_request& request,
                    std::vector<field_error>& errors) {
  if (!request.variants) {
    for (const auto& [platform, text] : of.variants) check_template(text, of, "/variants", errors);
    return;
  }
  std::set<domain::channel_type> seen;
  for (std::size_t i = 0; i < request.variants->size() && errors.size() < base::json::max_problems; ++i) {
    const auto& each = (*request.variants)[i];
    const auto place = "/variants/" + std::to_string(i);
    if (!seen.insert(each.platform).second) errors.push_back(at_field(place + "/platform", "is given twice"));
    if (is_blank(each.text.value)) errors.push_back(at_field(place + "/text", "must not be blank"));
    check_template(each.text.value, of, place + "/text", errors);
  }
}

}  // namespace

bool is_any(const template_words_request& request) {
  return request.title || request.text || request.variants || request.variables || request.ai_prompt || request.ai;
}

templates::words with_changes(templates::words before, const template_words_request& request) {
  if (request.title) before.title = request.title->value;
  if (request.text) before.text = request.text->value;
  if (request.variants) {
    before.variants.clear();
    for (const auto& each : *request.variants) {
      before.variants[std::string{base::to_name(each.platform)}] = each.text.value;
    }
  }
  if (request.variables) before.variables = to_variables(*request.variables);
  if (request.ai_prompt) before.ai_prompt = request.ai_prompt->value;
  if (request.ai) before.ai = to_ai(*request.ai);
  return before;
}

templates::words words_of(const templates::content_template& from) {
  templates::words made{.title = from.title,
                        .text = from.text,
                        .variants = {},
                        .variables = from.variables,
                        .ai_prompt = from.ai_prompt,
                        .ai = from.ai};
  for (const auto& each : from.variants) made.variants[std::string{base::to_name(each.platform)}] = each.text;
  return made;
}

std::vector<field_error> check(const templates::words& of, const template_words_request& request) {
  std::vector<field_error> errors;
  if (is_blank(of.text) && is_blank(of.ai_prompt)) {
    errors.push_back(at_field("/text", "is needed, or a prompt for an AI provider (ai_prompt)"));
  }
  if (auto wrong = domain::campaigns::check_variables(of.variables)) {
    errors.push_back(at_field("/variables" + wrong->pointer, std::move(wrong->problem)));
    return errors;  // otherwise every placeholder would be reported as undeclared
  }
  if (request.ai && request.ai->temperature && (*request.ai->temperature < 0 || *request.ai->temperature > 2)) {
    errors.push_back(at_field("/ai/temperature", "must be from 0 to 2"));
  }
  check_shown(request.title, "/title", errors);
  check_template(of.title, of, "/title", errors);
  check_template(of.text, of, "/text", errors);
  check_template(of.ai_prompt, of, "/ai_prompt", errors);
  check_variants(of, request, errors);
  return errors;
}

}  // namespace pulse::http::routes
