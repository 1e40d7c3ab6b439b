#include "http/routes/publishing/post_checks.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "domain/platforms/content_check.hpp"
#include "domain/platforms/text_length.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/post.hpp"
#include "domain/publishing/thread.hpp"
#include "domain/publishing/warning_fit.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "http/routes/publishing/preflight.hpp"
#include "persistence/budgets/rate_limits.hpp"

namespace pulse::http::routes {

namespace {

/// Longer than a post may be, so that the answer can say by how much a pasted text is too long.
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
  std::optional<post_title> title;
  std::optional<base::uuid> project_id;                   // whose channels and media are checked; without it neither is
  std::optional<std::vector<base::uuid>> channel_ids;     // the channels to check
  std::optional<std::vector<post_medium_request>> media;  // of the library, in order
  std::optional<domain::options_by_platform> options;     // as for a post
  std::optional<base::timestamp> scheduled_at;            // default: now
  std::optional<base::uuid> post_id;                      // the post being edited: it does not count against itself
};
BOOST_DESCRIBE_STRUCT(check_post_request, (),
                      (text, variants, platforms, has_image, title, project_id, channel_ids, media, options,
                       scheduled_at, post_id))

struct post_finding {
  std::string pointer;  // the field to correct: "/text", "/variants/0/text", "/image"
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(post_finding, (), (pointer, sentence))

struct platform_check {
  domain::channel_type platform = domain::channel_type::website;
  std::string name;
  int length = 0;  // as the platform counts
  int limit = 0;
  bool has_own_text = false;
  std::vector<int> part_lengths;  // of a thread's further parts, or of the first comment
  bool takes_image = false;
  bool needs_image = false;
  std::vector<post_finding> findings;  // empty: it accepts the post
};
BOOST_DESCRIBE_STRUCT(platform_check, (),
                      (platform, name, length, limit, has_own_text, part_lengths, takes_image, needs_image, findings))

struct channel_check {
  base::uuid channel_id;
  domain::channel_type platform = domain::channel_type::website;
  std::string channel_name;
  std::vector<preflight_finding> findings;  // empty: no known obstacle
};
BOOST_DESCRIBE_STRUCT(channel_check, (), (channel_id, platform, channel_name, findings))

struct post_check {
  bool is_good = true;
  std::vector<platform_check> platforms;
  std::vector<channel_check> channels;  // those of `channel_ids` that belong to the project
};
BOOST_DESCRIBE_STRUCT(post_check, (), (is_good, platforms, channels))

/// "X takes 280 characters, this has 301."
std::string sentence_of(const platform_check& of, std::string_view text, const std::string& problem) {
  if (domain::is_blank(text)) return fmt::format("There is no text for {} yet.", of.name);
  if (of.length > of.limit) return fmt::format("{} takes {} characters, this has {}.", of.name, of.limit, of.length);
  return fmt::format("For {} the text {}.", of.name, problem);
}

/// Each further part of a thread is checked like a text; a first comment has its own rule.
void check_parts(const domain::options_by_platform& chosen, domain::channel_type type, platform_check& made) {
  const std::string platform{base::to_name(type)};
  const auto own = chosen.find(platform);
  if (own == chosen.end()) return;
  const auto parts = domain::further_parts(own->second);
  if (domain::has_first_comment(own->second)) {
    made.part_lengths.push_back(domain::text_length(type, parts.front()));
    const auto problem = domain::first_comment_problem(type, parts.front());
    if (!problem) return;
    made.findings.push_back({fmt::format("/options/{}/{}", platform, domain::first_comment_option),
                             fmt::format("The first comment {}.", *problem)});
    return;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    made.part_lengths.push_back(domain::text_length(type, parts[i]));
    const auto problem = domain::text_problem_for(type, parts[i]);
    if (!problem) continue;
    made.findings.push_back({fmt::format("/options/{}/{}", platform, domain::thread_option),
                             fmt::format("Part {} of the thread {}.", i + 2, *problem)});
  }
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
    pointer = fmt::format("/variants/{}/text", i);
  }
  made.length = domain::text_length(type, *text);
  if (const auto problem = domain::text_problem_for(type, *text))
    made.findings.push_back({pointer, sentence_of(made, *text, *problem)});
  const bool has_media = wanted.has_image.value_or(false) || (wanted.media && !wanted.media->empty());
  if (made.needs_image && !has_media) {
    made.findings.push_back({"/image", made.name + " has no posts without an image."});
  }
  const auto chosen = wanted.options.value_or(domain::options_by_platform{});
  check_parts(chosen, type, made);
  for (const auto& label : domain::unchosen(chosen, type))
    made.findings.push_back({"/options", fmt::format("{} must be chosen for {}.", label, made.name)});
  if (const auto wrong = domain::warning_problem(type, *text, chosen))
    made.findings.push_back({"/options", fmt::format("The content warning {}.", *wrong)});
  return made;
}

// --- what its channels say -------------------------------------------------------------------------------------------

/// The post as it would be stored.
persistence::posts::post imagined(const check_post_request& wanted) {
  persistence::posts::post made;
  made.id = wanted.post_id.value_or(base::uuid{});
  made.project_id = wanted.project_id.value_or(base::uuid{});
  made.text = wanted.text.value;
  made.title = text_or(wanted.title, "");
  if (wanted.options) made.options = *wanted.options;
  if (wanted.variants) {
    for (const auto& each : *wanted.variants) made.variants.push_back({each.platform, each.text.value});
  }
  if (wanted.has_image.value_or(false)) made.image = domain::image{};
  return made;
}

/// Replaces the sentence about a stored text's length.
void format_length(std::vector<preflight_finding>& findings, const std::vector<platform_check>& checks,
                   domain::channel_type type) {
  const auto context =
      std::find_if(checks.begin(), checks.end(), [type](const auto& each) { return each.platform == type; });
  if (context == checks.end()) return;
  const auto told = std::find_if(context->findings.begin(), context->findings.end(),
                                 [](const post_finding& each) { return each.pointer.ends_with("/text"); });
  if (told == context->findings.end()) return;
  for (auto& each : findings) {
    if (each.kind == finding_kind::text) each.sentence = told->sentence;
  }
}

std::vector<channel_check> check_channels(persistence::transaction& tx, const check_post_request& wanted,
                                          const std::vector<platform_check>& checks, base::timestamp at) {
  const auto media = wanted.media.value_or(std::vector<post_medium_request>{});
  std::vector<base::uuid> ids;
  for (const auto& each : media) ids.push_back(each.media_id);
  const auto library = library_of(tx, *wanted.project_id, ids);
  auto post = imagined(wanted);
  for (const auto& each : media) {
    if (const auto* const one = find_in(library, each.media_id))
      post.media.push_back({one->id, one->kind, "", text_or(each.alt_text, one->alt_text)});
  }
  const auto limits = persistence::rate_limits::list(tx);
  const auto blocks = persistence::rate_limits::select_blocks(tx, *tx.tenant_id(), at);
  std::vector<channel_check> made;
  for (const auto& each : persistence::preflight::list_chosen(tx, *wanted.project_id, *wanted.channel_ids)) {
    auto& shown = made.emplace_back(channel_check{each.channel_id, each.channel_type, each.channel_name, {}});
    shown.findings = findings_for(tx, post, each, at, {limits, blocks, library});
    format_length(shown.findings, checks, each.channel_type);
  }
  return made;
}

std::vector<field_error> check_sizes(const check_post_request& wanted) {
  std::vector<field_error> errors;
  const auto at_most = [&errors](std::string pointer, std::size_t size, std::size_t most, const std::string& what) {
    if (size > most) errors.push_back(at_field(std::move(pointer), fmt::format("must name at most {}{}", most, what)));
  };
  at_most("/platforms", wanted.platforms.size(), domain::most_post_channels, " platforms");
  if (wanted.channel_ids) at_most("/channel_ids", wanted.channel_ids->size(), domain::most_post_channels, " channels");
  if (wanted.media) at_most("/media", wanted.media->size(), domain::most_post_media, " media");
  return errors;
}

/// Counts characters, parses Markdown and reads the database: tens of milliseconds for the longest texts.
post_check check_all(persistence::transaction& tx, const check_post_request& wanted, base::timestamp at) {
  post_check made;
  for (const auto type : std::set<domain::channel_type>{wanted.platforms.begin(), wanted.platforms.end()}) {
    made.platforms.push_back(check_for(type, wanted));
    made.is_good = made.is_good && made.platforms.back().findings.empty();
  }
  if (!wanted.project_id || !wanted.channel_ids) return made;
  made.channels = check_channels(tx, wanted, made.platforms, at);
  for (const auto& each : made.channels) {
    for (const auto& finding : each.findings) made.is_good = made.is_good && !finding.is_blocking;
  }
  return made;
}

boost::asio::awaitable<reply<post_check>> check_post(request_context& context, in_body<check_post_request> body) {
  if (auto errors = check_sizes(body.value); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  const auto at = body->scheduled_at.value_or(context.services.clock.now());
  // Runs entirely on the threads for costly calls, because an event loop must not wait.
  auto job = [wanted = std::move(body.value), at](persistence::transaction& tx) { return check_all(tx, wanted, at); };
  co_return co_await in_transaction(context, std::move(job));
}

}  // namespace

void add_post_checks(route_table& routes) {
  routes.add(server::verb::post, "/posts/check", domain::permission::read_posts, &check_post,
             "Check a text against its platforms",
             {.description =
                  "Stores nothing. `length` is the platform's own count: X weighs characters and shortens links, "
                  "others count code points. Texts may be empty, and four times as long as a post may be. With "
                  "`project_id` and `channel_ids` each channel has the findings that POST /posts/{id}/preflight would "
                  "have for the post, and the `media` that its platform refuses.",
              .costly = true});
}

}  // namespace pulse::http::routes
