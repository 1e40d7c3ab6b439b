#include "http/routes/campaigns/content_input.hpp"

#include <fmt/core.h>

namespace pulse::http::routes {

namespace {

template <class Asked>
std::vector<field_error> check_words_of(const Asked& request, const std::optional<post_image>& image,
                                        bool is_loopback_allowed) {
  auto errors = check_words(request.title, request.text);
  const auto add = [&errors](std::vector<field_error> more) {
    for (auto& each : more) errors.push_back(std::move(each));
  };
  add(check_variants(request.variants.value_or(std::vector<post_variant>{})));
  add(check_image(image, is_loopback_allowed));
  add(check_labels(request.labels));
  return errors;
}

}  // namespace

std::vector<field_error> check(const create_content_request& request, bool is_loopback_allowed) {
  auto errors = check_words_of(request, request.image, is_loopback_allowed);
  for (auto& each : check_values(request.values)) errors.push_back(std::move(each));
  if (!request.text && !request.template_id) errors.push_back(at_field("/text", "is required without a template_id"));
  if (request.values && !request.template_id)
    errors.push_back(at_field("/values", "are for a template: name template_id"));
  return errors;
}

std::vector<field_error> check(const update_content_request& request, bool is_loopback_allowed) {
  return check_words_of(request, request.image.value, is_loopback_allowed);
}

persistence::content::edit to_edit(const update_content_request& from) {
  persistence::content::edit made{.title = plain(from.title), .text = plain(from.text)};
  if (from.variants) made.variants = to_texts(*from.variants);
  made.image.is_given = from.image.is_given;
  if (from.image.value) made.image.value = to_image(*from.image.value);
  made.channel_ids = from.channel_ids;
  if (from.labels) made.labels = to_labels(*from.labels);
  made.campaign_id = from.campaign_id;
  made.scheduled_at = from.scheduled_at;
  return made;
}

problem content_is_scheduled() {
  return problems::conflict("content_is_scheduled",
                            "A post was made of it. Change, move or cancel the post (GET /posts/{id}).");
}

problem content_changed(const persistence::content::item& now) {
  return problems::conflict(
      "content_changed",
      fmt::format("It has changed since you read it, and is version {} now. Read it again, then decide.", now.version));
}

}  // namespace pulse::http::routes
