// What a run writes: from its template, or with the AI provider's answer.
#pragma once

#include <map>
#include <string>

#include "actors/campaigns/run_workplace.hpp"
#include "base/result.hpp"
#include "persistence/campaigns/templates.hpp"

namespace pulse::actors {

struct written {
  std::string title;
  std::string text;
  std::map<std::string, std::string> variants;  // by channel type
  std::map<std::string, std::string> values;    // with which the template was filled in
};

/// The text of the content; or, without one, how the run ends or continues.
base::result<written, rule_work::performed> write_content(workplace& in,
                                                          const persistence::templates::content_template& from);

}  // namespace pulse::actors
