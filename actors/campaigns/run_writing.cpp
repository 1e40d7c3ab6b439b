#include "actors/campaigns/run_writing.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/campaigns/rule_writing.hpp"
#include "domain/campaigns/written_links.hpp"

namespace pulse::actors {

namespace {

namespace campaigns = domain::campaigns;
namespace templates = persistence::templates;
using campaigns::run_step_kind;
using persistence::run_work::begun;

/// The form of an answer: {title, text}.
boost::json::object answer_schema() {
  const auto text = [](std::size_t least, std::size_t most) {
    return boost::json::object{{"type", "string"}, {"minLength", least}, {"maxLength", most}};
  };
  return {{"type", "object"},
          {"properties",
           {{"title", text(0, campaigns::most_answered_title_characters)},
            {"text", text(1, campaigns::most_answered_text_characters)}}},
          {"required", {"title", "text"}},
          {"additionalProperties", false}};
}

std::string text_at(const boost::json::object& from, std::string_view name) {
  const auto* const found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string{found->as_string()} : std::string{};
}

campaigns::template_words words_of(const templates::content_template& of) {
  campaigns::template_words made{.title = of.title, .text = of.text, .variants = {}, .variables = of.variables};
  for (const auto& each : of.variants) made.variants[std::string{base::to_name(each.platform)}] = each.text;
  return made;
}

campaigns::template_surroundings around(const begun& run, base::timestamp now) {
  campaigns::template_surroundings made{.now = now, .time_zone = run.time_zone, .project_name = run.project_name};
  if (run.campaign_id) {
    made.campaign_name = run.campaign_name;
    made.campaign_goal = run.campaign_goal;
  }
  return made;
}

std::map<std::string, std::string> given_by(const campaigns::rule_action& action) {
  return action.values.value_or(std::map<std::string, std::string>{});
}

/// What the company itself has said to the AI provider, and what the run is about: whose links an answer may have.
std::vector<std::string> given_to_ai(const begun& run, const templates::content_template& from) {
  auto made = campaigns::given_by(run.about);
  made.insert(made.end(),
              {from.ai_prompt, from.title, from.text, run.project_name, run.campaign_name, run.campaign_goal});
  for (const auto& each : from.variants) made.push_back(each.text);
  for (const auto& [name, value] : given_by(run.action)) made.push_back(value);
  return made;
}

std::string all_words(const written& of) {
  auto made = fmt::format("{}\n{}", of.title, of.text);
  for (const auto& [platform, text] : of.variants) made += "\n" + text;
  return made;
}

connectors::ai::request to_request(campaigns::writing_question from, const templates::ai_settings& settings) {
  connectors::ai::request made;
  made.system = "You write posts for a company's social channels. You answer with the post alone.";
  made.task = std::move(from.task);
  for (auto& each : from.materials) made.materials.push_back({std::move(each.name), std::move(each.text)});
  made.schema = answer_schema();
  made.model = settings.model.value_or("");
  made.temperature = settings.temperature;
  if (settings.max_output_tokens) made.most_tokens = *settings.max_output_tokens;
  return made;
}

}  // namespace

base::result<written, rule_work::performed> write_content(workplace& in, const templates::content_template& from) {
  const auto& run = in.run;
  const auto surroundings = around(run, run.moment.value_or(in.now));
  in.record.used(from.id, from.version);
  if (!campaigns::is_ai(run.action)) {
    auto filled = campaigns::write_plain(words_of(from), given_by(run.action), run.about, surroundings);
    if (filled.has_error()) {
      return filled.error().is_blocked ? in.record.block(filled.error().sentence)
                                       : in.record.fail(filled.error().sentence);
    }
    auto& figures = in.record.note(run_step_kind::text_filled);
    figures.name = from.name;
    figures.version = from.version;
    figures.characters = static_cast<int>(base::count_code_points(filled->text));
    return written{filled->title, filled->text, filled->variants, {filled->values.begin(), filled->values.end()}};
  }
  if (run.ai_answer) {
    auto read = campaigns::judge({text_at(*run.ai_answer, "title"), text_at(*run.ai_answer, "text")});
    if (read.has_error()) return in.record.fail(read.error().sentence);
    written made{read->title, read->text, {}, {}};
    if (const auto link =
            campaigns::foreign_link(all_words(made), given_to_ai(run, from), campaigns::link_care::same_address)) {
      return in.record.block(campaigns::tell_foreign(*link, campaigns::link_care::same_address));
    }
    return made;
  }
  if (in.surroundings.ai_provider.empty()) return in.record.fail("This installation has no AI provider.");
  auto question = campaigns::ask_for(from.ai_prompt, from.ai.tone.value_or(""), words_of(from), given_by(run.action),
                                     run.about, surroundings);
  if (question.has_error()) return in.record.fail("The template's prompt " + question.error().problem);
  in.record.note(run_step_kind::ai_asked).provider = in.surroundings.ai_provider;
  return in.record.asks(to_request(std::move(*question), from.ai));
}

}  // namespace pulse::actors
