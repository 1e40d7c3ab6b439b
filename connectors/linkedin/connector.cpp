#include "connectors/linkedin/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/all.hpp"
#include "connectors/linkedin/engage.hpp"
#include "connectors/linkedin/pages.hpp"
#include "connectors/linkedin/publishing.hpp"
#include "connectors/shared/parts.hpp"

namespace pulse::connectors::linkedin {

using domain::outcome;
using domain::reconciliation;
using domain::reconciliation_kind;

linkedin_connector::linkedin_connector(linkedin_options options, egress& client, const base::clock& clock,
                                       media_files* films)
    : options_(std::move(options)), client_(client), clock_(clock), films_(films) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void linkedin_connector::publish(publication what, std::function<void(publish_reply)> done) {
  publishing(options_, films_, client_, clock_, std::move(what), std::move(done))->start();
}

void linkedin_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  if (!place_in_thread(what).parent.empty())
    return find_comment(options_, client_, clock_, std::move(what), std::move(done));
  reconciliation told;
  const auto until = what.started_at + duplicates_known_for;
  if (clock_.now() < until) {
    told.kind = reconciliation_kind::repeat_tells;
    told.repeat_until = until;
    told.reason =
        "LinkedIn does not let a member's posts be looked up, but it refuses a second copy and names the first: "
        "sending again tells.";
  } else {
    told.kind = reconciliation_kind::cannot_know;
    told.reason =
        "LinkedIn does not let a member's posts be looked up, and it is too late to find out by sending again.";
  }
  client_.after({}, [told = std::move(told), done = std::move(done)] { done(told); });
}

void linkedin_connector::engage(engagement_call what, std::function<void(outcome)> done) {
  linkedin::engage(options_, client_, clock_, std::move(what), std::move(done));
}

void linkedin_connector::find_engagement(engagement_call what, std::function<void(reconciliation)> done) {
  linkedin::find_engagement(options_, client_, clock_, std::move(what), std::move(done));
}

void linkedin_connector::read_page(page_look what, std::function<void(page_reading)> done) {
  linkedin::read_page(options_, client_, clock_, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::linkedin

namespace pulse::connectors::made {

std::unique_ptr<connector> linkedin(const surroundings& around) {
  linkedin::linkedin_options options;
  options.base_url = around.settings["LINKEDIN_API_BASE_URL"];
  options.version = around.settings["LINKEDIN_VERSION"];
  return std::make_unique<linkedin::linkedin_connector>(options, around.client, around.clock, around.films);
}

}  // namespace pulse::connectors::made
