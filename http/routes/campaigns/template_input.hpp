// The request fields of a template, and their checks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/bounded_int.hpp"
#include "base/text.hpp"
#include "domain/campaigns/template_text.hpp"
#include "domain/campaigns/template_variables.hpp"
#include "domain/platforms/platform.hpp"
#include "http/api/problem.hpp"
#include "http/routes/campaigns/fields.hpp"
#include "persistence/campaigns/templates.hpp"

namespace pulse::http::routes {

using template_name = base::text<1, 120>;
using template_title = base::text<0, 1'000>;
using template_body = base::text<0, domain::campaigns::most_template_bytes>;

struct template_variant {
  domain::channel_type platform = domain::channel_type::website;
  template_body text;
};
BOOST_DESCRIBE_STRUCT(template_variant, (), (platform, text))

struct template_variable_request {
  base::text<1, domain::campaigns::most_variable_name_bytes> name;
  std::optional<base::text<0, domain::campaigns::most_variable_value_bytes>> default_value;  // default: empty
};
BOOST_DESCRIBE_STRUCT(template_variable_request, (), (name, default_value))

/// Which provider writes from a template's prompt.
enum class ai_provider { openai, openrouter, offline };
BOOST_DESCRIBE_ENUM(ai_provider, openai, openrouter, offline)

/// Fields that are left out take the installation's values.
struct ai_settings_request {
  std::optional<ai_provider> provider;
  std::optional<base::text<1, 120>> model;
  std::optional<double> temperature;  // 0 to 2
  std::optional<base::bounded_int<1, 16'384>> max_output_tokens;
  std::optional<base::text<0, 200>> tone;
};
BOOST_DESCRIBE_STRUCT(ai_settings_request, (), (provider, model, temperature, max_output_tokens, tone))

/// The words of a template; a field that is left out does not change.
struct template_words_request {
  std::optional<template_title> title;
  std::optional<template_body> text;
  std::optional<std::vector<template_variant>> variants;
  std::optional<std::vector<template_variable_request>> variables;
  std::optional<template_body> ai_prompt;
  std::optional<ai_settings_request> ai;
};
BOOST_DESCRIBE_STRUCT(template_words_request, (), (title, text, variants, variables, ai_prompt, ai))

/// Whether any field is given.
bool is_any(const template_words_request& request);

/// The words before, with the given fields replaced.
persistence::templates::words with_changes(persistence::templates::words before, const template_words_request& request);
persistence::templates::words words_of(const persistence::templates::content_template& from);

/// Checks the words together: no text, two variants for a platform, names of variables, undeclared placeholders.
std::vector<field_error> check(const persistence::templates::words& of, const template_words_request& request);

}  // namespace pulse::http::routes
