#include "connectors/instagram/pages.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "connectors/instagram/classify.hpp"
#include "connectors/instagram/listing.hpp"
#include "connectors/meta/usage.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::instagram {

namespace {

constexpr std::string_view fields = "id,caption,permalink,timestamp";

std::vector<page_post> posts_of(list_page page) {
  std::vector<page_post> made;
  for (auto& each : page.items)
    made.push_back({std::move(each.id), std::move(each.url), std::move(each.text), each.published_at});
  return made;
}

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= 30 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
}

bool is_same(std::string a, std::string b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::transform(a.begin(), a.end(), a.begin(), lower);
  std::transform(b.begin(), b.end(), b.begin(), lower);
  return a == b;
}

}  // namespace

std::optional<std::vector<page_post>> read_discovery(const std::string& body) {
  const auto document = object_of(body);
  const auto* found = document ? document->if_contains("business_discovery") : nullptr;
  if (found == nullptr || !found->is_object()) return std::nullopt;
  // Who has no media has no member `media` either.
  const auto* media = found->get_object().if_contains("media");
  if (media == nullptr) return std::vector<page_post>{};
  auto page = read_media_page(boost::json::serialize(*media));
  if (!page) return std::nullopt;
  return posts_of(std::move(*page));
}

void read_page(const instagram_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done) {
  // The name stands within the field's own brackets, where nothing can be escaped.
  if (!is_name(what.name)) return done({.problem = "Instagram can have no account of this name."});
  const bool is_own = is_same(what.account.handle, what.name);
  const auto& id = what.account.external_user_id;
  const auto limit = std::to_string(most_read_posts);
  auto request =
      is_own ? get_request(options, what.account, id + "/media", {{"fields", std::string{fields}}, {"limit", limit}})
             : get_request(options, what.account, id,
                           {{"fields", "business_discovery.username(" + what.name + "){media.limit(" + limit + "){" +
                                           std::string{fields} + "}}"}});
  request.timeout = what.timeout;
  client.send(std::move(request), [is_own, &clock, done = std::move(done)](const egress_reply& reply) {
    page_reading made;
    made.budgets = meta::read_usage(reply, "instagram", clock.now());
    if (reply.how_far != progress::complete || reply.status != 200) {
      const auto why = problem_of(reply, meta::step::harmless, clock.now());
      made.problem = why.reason.empty() ? "Instagram shows no posts of the account." : why.reason;
      made.retry_at = why.retry_at;
      if (why.kind == domain::outcome_kind::rate_limited) made.blocked_until = why.retry_at;
      return done(std::move(made));
    }
    std::optional<std::vector<page_post>> posts;
    if (is_own) {
      if (auto page = read_media_page(reply.body)) posts = posts_of(std::move(*page));
    } else {
      posts = read_discovery(reply.body);
    }
    if (!posts)
      made.problem = "Instagram's answer is none that can be read.";
    else
      made.posts = std::move(*posts);
    done(std::move(made));
  });
}

}  // namespace pulse::connectors::instagram
