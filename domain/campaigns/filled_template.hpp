// A rendered template: the texts of a post, by platform.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "domain/campaigns/template_text.hpp"
#include "domain/campaigns/template_variables.hpp"

namespace pulse::domain::campaigns {

/// The texts of a template that are filled in.
struct template_words {
  std::string title;
  std::string text;
  std::map<std::string, std::string> variants;  // by channel type
  std::vector<template_variable> variables;
};

/// Where it is filled in, for the variables that Pulse knows itself.
struct template_surroundings {
  base::timestamp now;
  std::string time_zone;
  std::string project_name;
  std::optional<std::string> campaign_name = std::nullopt;
  std::optional<std::string> campaign_goal = std::nullopt;
};

struct filled_template {
  std::string title;
  std::string text;
  std::map<std::string, std::string> variants;
  template_values values;            // with which: given, declared and known
  std::vector<std::string> missing;  // variables that are named and have no value, each once
};

/// Which text could not be filled in, as a JSON pointer ("/text", "/variants/x"), and why.
struct filling_problem {
  std::string pointer;
  std::string problem;
};

base::result<filled_template, filling_problem> fill_in(const template_words& from, const template_values& given,
                                                       const template_surroundings& around);

}  // namespace pulse::domain::campaigns
