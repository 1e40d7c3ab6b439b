#include "http/routes/publishing/post_input.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

namespace {

using persistence::channels::target;

std::vector<target> all_active(const std::vector<target>& of_project) {
  std::vector<target> chosen;
  std::copy_if(of_project.begin(), of_project.end(), std::back_inserter(chosen),
               [](const target& each) { return each.is_active; });
  return chosen;
}

std::string list_size_problem(std::size_t size) {
  if (size == 0) return "must name at least one channel; leave it out for all active ones";
  return fmt::format("must name at most {} channels", domain::most_post_channels);
}

}  // namespace

std::vector<field_error> to_errors(std::vector<domain::misfit> from) {
  std::vector<field_error> errors;
  errors.reserve(from.size());
  for (auto& each : from) errors.push_back(at_field(std::move(each.pointer), std::move(each.detail)));
  return errors;
}

variant_texts to_texts(const std::vector<post_variant>& variants) {
  variant_texts texts;
  for (const auto& each : variants) texts[std::string{base::to_name(each.platform)}] = each.text.value;
  return texts;
}

std::vector<field_error> check_words(const std::optional<post_title>& title, const std::optional<post_text>& text) {
  std::vector<field_error> errors;
  if (title && !title->value.empty() && is_blank(title->value))
    errors.push_back(at_field("/title", "must not be blank: nobody would see anything of it; leave it out"));
  if (text && is_blank(text->value))
    errors.push_back(at_field("/text", "must not be blank: nobody would see anything of it"));
  return errors;
}

std::vector<field_error> check_title(std::string_view title, const std::vector<domain::channel_type>& types) {
  return to_errors(domain::title_misfits(title, types));
}

std::vector<field_error> check_variants(const std::vector<post_variant>& variants) {
  std::vector<field_error> errors;
  std::set<domain::channel_type> seen;
  for (std::size_t i = 0; i < variants.size() && errors.size() < base::json::max_problems; ++i) {
    const auto place = "/variants/" + std::to_string(i);
    if (!seen.insert(variants[i].platform).second) errors.push_back(at_field(place + "/platform", "is given twice"));
    if (auto wrong = domain::text_problem_for(variants[i].platform, variants[i].text.value)) {
      errors.push_back(at_field(place + "/text", std::move(*wrong)));
    }
  }
  return errors;
}

std::vector<field_error> check_text(std::string_view text, const variant_texts& variants,
                                    const std::vector<domain::channel_type>& types, std::string_view pointer) {
  return to_errors(domain::text_misfits(text, variants, types, pointer));
}

domain::image to_image(const post_image& from) {
  return {.url = from.url.value, .alt_text = text_or(from.alt_text, "")};
}

std::vector<field_error> check_image(const std::optional<post_image>& image, bool is_loopback_allowed) {
  if (!image) return {};
  if (const auto alt_text = text_or(image->alt_text, ""); !alt_text.empty() && is_blank(alt_text))
    return {at_field("/image/alt_text", "must be empty or say something")};
  auto wrong = domain::web_address_problem(image->url.value, is_loopback_allowed);
  if (!wrong) return {};
  return {at_field("/image/url", std::move(*wrong))};
}

std::vector<field_error> check_image_for(const std::optional<domain::image>& image,
                                         const std::vector<domain::channel_type>& types) {
  return to_errors(domain::image_misfits(image, types));
}

std::vector<field_error> check_one_source(bool has_image,
                                          const std::optional<std::vector<post_medium_request>>& media) {
  if (!has_image || !media || media->empty()) return {};
  return {at_field("/image", "must be left out when media are given")};
}

std::vector<field_error> check_schedule(const std::optional<base::timestamp>& at, base::timestamp now) {
  if (!at) return {};
  auto wrong = domain::schedule_problem(*at, now);
  if (!wrong) return {};
  return {at_field("/scheduled_at", std::move(*wrong))};
}

result<std::vector<target>> choose_targets(const std::vector<target>& of_project,
                                           const std::optional<std::vector<base::uuid>>& wanted) {
  if (!wanted) {
    auto chosen = all_active(of_project);
    if (chosen.empty()) {
      return problems::invalid_field("/channel_ids", "is empty: the project has no active channel; connect one first");
    }
    if (chosen.size() > domain::most_post_channels) {
      return problems::invalid_field(
          "/channel_ids", fmt::format("is needed: the project has more active channels than one post can go to ({})",
                                      domain::most_post_channels));
    }
    return chosen;
  }
  if (wanted->empty() || wanted->size() > domain::most_post_channels) {
    return problems::invalid_field("/channel_ids", list_size_problem(wanted->size()));
  }
  std::vector<target> chosen;
  std::vector<field_error> errors;
  std::set<base::uuid> seen;
  for (std::size_t i = 0; i < wanted->size(); ++i) {
    const auto& id = (*wanted)[i];
    const auto found =
        std::find_if(of_project.begin(), of_project.end(), [&id](const target& each) { return each.id == id; });
    const auto refuse = [&errors, i](std::string why) {
      if (errors.size() < base::json::max_problems)
        errors.push_back(at_field("/channel_ids/" + std::to_string(i), std::move(why)));
    };
    if (found == of_project.end()) {
      refuse("is no channel of this project");
    } else if (!found->is_active) {
      refuse("is switched off; switch the channel on first");
    } else if (!seen.insert(id).second) {
      refuse("is given twice");
    } else {
      chosen.push_back(*found);
    }
  }
  if (!errors.empty()) return problems::invalid_fields(std::move(errors));
  return chosen;
}

}  // namespace pulse::http::routes
