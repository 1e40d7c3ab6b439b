#include "connectors/facebook/pages.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/facebook/classify.hpp"
#include "connectors/facebook/publish.hpp"
#include "connectors/meta/usage.hpp"

namespace pulse::connectors::facebook {

void read_page(const facebook_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done) {
  const std::vector<std::pair<std::string, std::string>> query{{"fields", "id,message,created_time,permalink_url"},
                                                               {"limit", std::to_string(most_read_posts)}};
  auto request = request_to(options, "GET",
                            fmt::format("{}/published_posts?{}", what.account.external_user_id, form_encoded(query)),
                            what.account);
  request.timeout = what.timeout;
  client.send(std::move(request), [&clock, done = std::move(done)](const egress_reply& reply) {
    page_reading made;
    made.budgets = meta::read_usage(reply, "pages", clock.now());
    if (reply.how_far != progress::complete || reply.status != 200) {
      const auto why = problem_of(reply, meta::step::harmless, clock.now());
      made.problem = why.reason.empty() ? "Facebook shows no posts of the page." : why.reason;
      made.retry_at = why.retry_at;
      if (why.kind == domain::outcome_kind::rate_limited) made.blocked_until = why.retry_at;
      return done(std::move(made));
    }
    auto page = read_posts(reply.body);
    if (!page) {
      made.problem = "Facebook's answer is none that can be read.";
      return done(std::move(made));
    }
    for (auto& each : page->items) made.posts.push_back({each.id, each.url, each.text, each.published_at});
    done(std::move(made));
  });
}

}  // namespace pulse::connectors::facebook
