#include "http/routes/campaigns/template_filling.hpp"

#include "base/describe.hpp"
#include "base/text.hpp"
#include "domain/publishing/post_limits.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/templates.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

result<filled_content> fill_template(persistence::transaction& tx, const base::uuid& project_id,
                                     const base::uuid& template_id, const std::optional<base::uuid>& campaign_id,
                                     const domain::campaigns::template_values& values, base::timestamp now) {
  const auto from = persistence::templates::find(template_id).first(tx);
  if (!from || from->project_id != project_id) {
    return problems::invalid_field("/template_id", "is no template of this project");
  }
  if (is_blank(from->text)) {
    return problems::conflict(
        "template_needs_ai",
        "The template has a prompt for an AI provider and no text of its own: a rule fills it in.");
  }
  const auto project = persistence::projects::find(project_id).first(tx);
  domain::campaigns::template_surroundings around{.now = now, .time_zone = "UTC", .project_name = {}};
  if (project) {
    around.time_zone = project->time_zone;
    around.project_name = project->name;
  }
  if (const auto campaign = campaign_id ? persistence::campaigns::find(*campaign_id).first(tx) : std::nullopt) {
    around.campaign_name = campaign->name;
    around.campaign_goal = campaign->goal;
  }
  domain::campaigns::template_words words{
      .title = from->title, .text = from->text, .variants = {}, .variables = from->variables};
  for (const auto& each : from->variants) words.variants[std::string{base::to_name(each.platform)}] = each.text;
  auto filled = domain::campaigns::fill_in(words, values, around);
  if (!filled) return problems::invalid_field("/values", "does not fit the template: " + filled.error().problem);
  if (is_blank(filled->text)) return problems::invalid_field("/values", "leave the template's text empty");
  if (base::count_code_points(filled->text) > domain::most_post_characters) {
    return problems::invalid_field("/values", "make the template's text longer than a post may be");
  }
  if (base::count_code_points(filled->title) > domain::most_title_characters) {
    return problems::invalid_field("/values", "make the template's title longer than a title may be");
  }
  return filled_content{std::move(*filled), from->version};
}

}  // namespace pulse::http::routes
