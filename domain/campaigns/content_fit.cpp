#include "domain/campaigns/content_fit.hpp"

#include "base/text.hpp"

namespace pulse::domain::campaigns {

std::vector<misfit> misfits_of(const fitted_words& words, const std::vector<channel_type>& types) {
  auto made = text_misfits(words.text, words.variants, types, "/text");
  const auto add = [&made](std::vector<misfit> found) {
    for (auto& each : found) made.push_back(std::move(each));
  };
  add(variant_misfits(words.variants, types));
  add(title_misfits(words.title, types));
  add(image_misfits(words.image, types));
  if (!words.title.empty() && base::count_code_points(words.title) > most_title_characters) {
    made.push_back({"/title", "is longer than the title of a post may be"});
  }
  if (base::count_code_points(words.text) > most_post_characters) {
    made.push_back({"/text", "is longer than a post may be"});
  }
  return made;
}

}  // namespace pulse::domain::campaigns
