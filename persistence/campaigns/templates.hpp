// Templates of content. Each change is a version that never changes; items and runs name the one that they used.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/template_variables.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::persistence::templates {

/// How an AI provider is asked; what is left out is the installation's.
struct ai_settings {
  std::optional<std::string> provider = std::nullopt;  // "openai", "openrouter", "offline"
  std::optional<std::string> model = std::nullopt;
  std::optional<double> temperature = std::nullopt;  // 0 to 2
  std::optional<int> max_output_tokens = std::nullopt;
  std::optional<std::string> tone = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(ai_settings, (), (provider, model, temperature, max_output_tokens, tone))

/// A template in one of its versions.
struct content_template {
  base::uuid id;
  base::uuid project_id;
  std::string name;
  int version = 1;
  std::string title;
  std::string text;
  std::vector<posts::variant> variants;
  std::vector<domain::campaigns::template_variable> variables;
  std::string ai_prompt;
  ai_settings ai;
  base::uuid created_by;  // the version
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(content_template, (),
                      (id, project_id, name, version, title, text, variants, variables, ai_prompt, ai, created_by,
                       created_at, updated_at))

/// The constraint that a second template of one name breaks (failure_kind::conflict).
inline constexpr std::string_view name_once = "content_templates_name_once";

/// In this version, or the latest; nothing if there is none.
bound_query<content_template> find(const base::uuid& id, std::optional<int> version = std::nullopt);

/// Of one project or of all, in their latest versions, newest first.
bound_query<content_template> list(const std::optional<base::uuid>& project_id, const page_bounds& page);

/// A version as lists show it.
struct template_version {
  int version = 1;
  base::uuid created_by;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(template_version, (), (version, created_by, created_at))

/// The latest first, at most 200.
bound_query<template_version> list_versions(const base::uuid& id);

/// What a version says.
struct words {
  std::string title = {};
  std::string text = {};
  std::map<std::string, std::string> variants = {};  // by channel type
  std::vector<domain::campaigns::template_variable> variables = {};
  std::string ai_prompt = {};
  ai_settings ai = {};
};
BOOST_DESCRIBE_STRUCT(words, (), (title, text, variants, variables, ai_prompt, ai))

struct draft {
  base::uuid id;
  base::uuid project_id;
  std::string name;
  words first = {};
  base::uuid created_by;
};

/// Stores a new template with its first version. A name that is taken is a conflict of `name_once`.
void insert(transaction& tx, const draft& made, base::timestamp now);

/// Locks the template until the transaction ends and reads its latest version; nothing if there is none.
std::optional<content_template> lock(transaction& tx, const base::uuid& id);

/// Names the template anew, and gives it another version when there are words. To follow `lock`.
void update(transaction& tx, const base::uuid& id, const std::optional<std::string>& name,
            const std::optional<words>& next, const base::uuid& member_id, base::timestamp now);

/// Removes it from every list; items and runs that used it keep its versions. False if there is none.
bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

}  // namespace pulse::persistence::templates
