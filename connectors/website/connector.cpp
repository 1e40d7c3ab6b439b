#include "connectors/website/connector.hpp"

#include <utility>

#include <fmt/core.h>

#include "connectors/all.hpp"

namespace pulse::connectors::website {

using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

base::uuid publication_id(const base::uuid& post, const base::uuid& channel) {
  return base::uuid_from_name(fmt::format("website:{}:{}", base::to_string(post), base::to_string(channel)));
}

std::string publication_url(const std::string& public_base, const base::uuid& project, const base::uuid& id) {
  return fmt::format("{}/site/{}/posts/{}", public_base, base::to_string(project), base::to_string(id));
}

website_connector::website_connector(std::string public_base, website_store store, const base::clock& clock)
    : public_base_(std::move(public_base)), store_(std::move(store)), clock_(clock) {}

void website_connector::publish(publication what, std::function<void(publish_reply)> done) {
  const auto started_at = clock_.now();
  const auto started = std::chrono::steady_clock::now();
  website_publication row;
  row.id = publication_id(what.post_id, what.channel_id);
  row.tenant_id = what.tenant_id;
  row.project_id = what.project_id;
  row.post_id = what.post_id;
  row.channel_id = what.channel_id;
  row.delivery_id = what.delivery_id;
  row.attempt = what.attempt;
  row.may_send = std::move(what.may_send);
  row.text = std::move(what.text);
  row.url = publication_url(public_base_, what.project_id, row.id);
  row.published_at = started_at;
  const auto id = base::to_string(row.id);
  const auto url = row.url;
  store_.store(std::move(row), [started_at, started, id, url, done = std::move(done)](store_result stored) {
    publish_reply reply;
    reply.first_byte_at = started_at;
    reply.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
    if (stored.done) {
      reply.outcome.kind = outcome_kind::published;
      reply.outcome.external_id = id;
      reply.outcome.external_url = url;
      reply.outcome.reason = "Published on the website.";
    } else if (stored.certain) {
      reply.outcome.kind = outcome_kind::transient;
      reply.outcome.was_called = false;
      reply.outcome.reason = "The website could not be written. " + stored.problem;
    } else {
      reply.outcome.kind = outcome_kind::unknown;
      reply.outcome.reason = "The website may have been written; it must be looked up. " + stored.problem;
    }
    done(std::move(reply));
  });
}

void website_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  const auto id = publication_id(what.post_id, what.channel_id);
  const auto url = publication_url(public_base_, what.project_id, id);
  store_.find(what.tenant_id, id, [id, url, done = std::move(done)](store_result found) {
    reconciliation result;
    if (!found.certain || !found.problem.empty()) {
      result.kind = reconciliation_kind::try_again;
      result.reason = "The website could not be looked up. " + found.problem;
    } else if (found.done) {
      result.kind = reconciliation_kind::live;
      result.external_id = base::to_string(id);
      result.external_url = url;
      result.reason = "The website has the post.";
    } else {
      result.kind = reconciliation_kind::absent;
      result.reason = "The website does not have the post.";
    }
    done(std::move(result));
  });
}

}  // namespace pulse::connectors::website

namespace pulse::connectors::made {

std::unique_ptr<connector> website(const surroundings& around) {
  return std::make_unique<website::website_connector>(around.public_url, around.website, around.clock);
}

}  // namespace pulse::connectors::made
