#include "domain/publishing/post_fit.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/describe.hpp"
#include "domain/platforms/content_check.hpp"
#include "domain/publishing/channel.hpp"

namespace pulse::domain {

namespace {

std::set<channel_type> distinct(const std::vector<channel_type>& types) { return {types.begin(), types.end()}; }

}  // namespace

std::vector<misfit> text_misfits(std::string_view text, const texts_by_type& variants,
                                 const std::vector<channel_type>& types, std::string_view pointer) {
  std::vector<misfit> found;
  for (const auto type : distinct(types)) {
    if (variants.contains(std::string{base::to_name(type)})) continue;
    if (auto wrong = text_problem_for(type, text)) {
      const bool is_too_much = wrong->starts_with("has ");
      found.push_back({std::string{pointer},
                       fmt::format("{}{}{} a variant of its own", *wrong,
                                   is_too_much ? "; shorten it, or give " : "; or give ", base::to_name(type))});
    }
  }
  return found;
}

std::vector<misfit> variant_misfits(const texts_by_type& variants, const std::vector<channel_type>& types) {
  std::vector<misfit> found;
  for (const auto type : distinct(types)) {
    const auto own = variants.find(std::string{base::to_name(type)});
    if (own == variants.end()) continue;
    if (auto wrong = text_problem_for(type, own->second)) found.push_back({"/variants", std::move(*wrong)});
  }
  return found;
}

std::vector<misfit> title_misfits(std::string_view title, const std::vector<channel_type>& types) {
  std::vector<misfit> found;
  for (const auto type : distinct(types)) {
    if (auto wrong = title_problem_for(type, title)) found.push_back({"/title", std::move(*wrong)});
  }
  return found;
}

std::vector<misfit> image_misfits(const std::optional<image>& picture, const std::vector<channel_type>& types) {
  if (types.empty()) return {};
  if (!picture) {
    const auto needing = std::find_if(types.begin(), types.end(), needs_media);
    if (needing == types.end()) return {};
    return {{"/image", fmt::format("is required: {} has no posts without one", base::to_name(*needing))}};
  }
  const std::vector<media> all{{media_kind::image, picture->url, picture->alt_text}};
  std::vector<misfit> found;
  bool is_taken = false;
  for (const auto type : distinct(types)) {
    if (!capabilities_of(type).image) continue;
    is_taken = true;
    if (auto wrong = media_problem_for(type, all)) found.push_back({"/image", std::move(*wrong)});
  }
  if (!is_taken) return {{"/image", "must be left out: none of the channels takes one"}};
  return found;
}

}  // namespace pulse::domain
