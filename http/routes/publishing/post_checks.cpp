#include "http/routes/publishing/post_checks.hpp"

#include <algorithm>
#include <set>

#include "domain/platforms/content_check.hpp"
#include "domain/platforms/text_length.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/post.hpp"
#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

namespace {

/// Longer than a post may be, so that whoever pastes too much learns by how much it is too long.
using checked_text = base::text<0, 4 * domain::most_post_characters>;

struct checked_variant {
  domain::channel_type platform = domain::channel_type::website;
  checked_text text;
};
BOOST_DESCRIBE_STRUCT(checked_variant, (), (platform, text))

struct check_post_request {
  checked_text text;
  std::optional<std::vector<checked_variant>> variants;
  std::vector<domain::channel_type> platforms;
  std::optional<bool> has_image;
};
BOOST_DESCRIBE_STRUCT(check_post_request, (), (text, variants, platforms, has_image))

struct post_finding {
  std::string pointer;  // of the field to correct: "/text", "/variants/0/text", "/image"
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(post_finding, (), (pointer, sentence))

struct platform_check {
  domain::channel_type platform = domain::channel_type::website;
  std::string name;
  int length = 0;  // as the platform counts
  int limit = 0;
  bool has_own_text = false;
  bool takes_image = false;
  bool needs_image = false;
  std::vector<post_finding> findings;  // empty: it takes the post
};
BOOST_DESCRIBE_STRUCT(platform_check, (),
                      (platform, name, length, limit, has_own_text, takes_image, needs_image, findings))

struct post_check {
  bool is_good = true;
  std::vector<platform_check> platforms;
};
BOOST_DESCRIBE_STRUCT(post_check, (), (is_good, platforms))

/// "X takes 280 characters, this has 301."
std::string sentence_of(const platform_check& of, std::string_view text, const std::string& problem) {
  if (domain::is_blank(text)) return "There is no text for " + of.name + " yet.";
  if (of.length > of.limit)
    return of.name + " takes " + std::to_string(of.limit) + " characters, this has " + std::to_string(of.length) + ".";
  return "For " + of.name + " the text " + problem + ".";
}

platform_check check_for(domain::channel_type type, const check_post_request& wanted) {
  platform_check made;
  made.platform = type;
  made.name = std::string{domain::display_name(type)};
  const auto takes = domain::capabilities_of(type);
  made.limit = takes.max_length;
  made.takes_image = takes.image;
  made.needs_image = domain::needs_media(type);
  std::string pointer = "/text";
  const auto* text = &wanted.text.value;
  for (std::size_t i = 0; wanted.variants && i < wanted.variants->size(); ++i) {
    const auto& variant = (*wanted.variants)[i];
    if (variant.platform != type || made.has_own_text) continue;
    made.has_own_text = true;
    text = &variant.text.value;
    pointer = "/variants/" + std::to_string(i) + "/text";
  }
  made.length = domain::text_length(type, *text);
  if (const auto problem = domain::text_problem_for(type, *text))
    made.findings.push_back({pointer, sentence_of(made, *text, *problem)});
  if (made.needs_image && !wanted.has_image.value_or(false)) {
    made.findings.push_back({"/image", made.name + " has no posts without an image."});
  }
  return made;
}

reply<post_check> check_post(call&, in_body<check_post_request> body) {
  if (body->platforms.size() > domain::most_post_channels) {
    return problems::invalid_field("/platforms",
                                   "must name at most " + std::to_string(domain::most_post_channels) + " platforms");
  }
  post_check made;
  for (const auto type : std::set<domain::channel_type>{body->platforms.begin(), body->platforms.end()}) {
    made.platforms.push_back(check_for(type, body.value));
    made.is_good = made.is_good && made.platforms.back().findings.empty();
  }
  return made;
}

}  // namespace

void add_post_checks(route_table& routes) {
  routes.add(server::verb::post, "/posts/check", domain::permission::read_posts, &check_post,
             "Count a text as its platforms do, and say what they would refuse",
             {.description =
                  "Stores nothing. `length` is in the platform's own count: X weighs characters and shortens links, "
                  "others count code points. Texts may be empty, and four times as long as a post may be."});
}

}  // namespace pulse::http::routes
