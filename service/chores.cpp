#include "service/chores.hpp"

#include <chrono>
#include <string>

#include "http/api/idempotency.hpp"
#include "persistence/campaigns/guardrail_holds.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/engagement/browser_logins.hpp"
#include "persistence/engagement/browser_sessions.hpp"
#include "persistence/engagement/page_logins.hpp"
#include "persistence/engagement/shared_feeds.hpp"
#include "persistence/idempotency_keys.hpp"
#include "persistence/media/library.hpp"
#include "persistence/people/company_deletion.hpp"
#include "persistence/people/wrong_guesses.hpp"

namespace pulse::service {

namespace {

persistence::housekeeping::chore forget_idempotency_keys() {
  return {"answers kept for Idempotency-Keys", [](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::idempotency_keys::forget(tx, now - http::idempotency_key_lifetime, limit);
          }};
}

persistence::housekeeping::chore forget_guesses() {
  return {"wrong guesses", [](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::wrong_guesses::forget(tx, now, limit);
          }};
}

persistence::housekeeping::chore forget_cookies() {
  return {"cookies of members' sessions", &persistence::browser_sessions::forget_over};
}

persistence::housekeeping::chore forget_logins() {
  return {"sign-ins by a browser", &persistence::browser_logins::forget};
}

persistence::housekeeping::chore forget_uploads() {
  return {"uploads that nobody has finished", &persistence::media::forget_uploads};
}

persistence::housekeeping::chore forget_unused_media(std::chrono::days term) {
  return {"pictures and films that nothing shows",
          [term](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::media::forget_unused(tx, now - term, limit);
          }};
}

persistence::housekeeping::chore forget_runs(std::chrono::days term) {
  return {"runs of rules", [term](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::runs::forget(tx, now - term, limit);
          }};
}

persistence::housekeeping::chore forget_holds(std::chrono::days term) {
  return {"entries of what guardrails held back", [term](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::guardrail_holds::forget(tx, now - term, limit);
          }};
}

/// Longer than any feed is left alone.
constexpr std::chrono::days feeds_stay{3};

persistence::housekeeping::chore forget_feeds() {
  return {"feeds that nobody tracks any more", [](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::shared_feeds::forget(tx, now - feeds_stay, limit);
          }};
}

/// The longest window of a budget is a day.
constexpr std::chrono::hours reads_stay{25};

persistence::housekeeping::chore forget_reads() {
  return {"looks at pages with a login", [](persistence::transaction& tx, base::timestamp now, int limit) {
            return persistence::page_logins::forget_reads(tx, now - reads_stay, limit);
          }};
}

/// How long an upload's copy on this machine stays when nothing is written to it: the upload may be going on at another
/// one.
constexpr std::chrono::hours copies_stay{2};

/// With a bucket: what a crash has left of uploads that are whole, and those that went on at another machine.
persistence::housekeeping::chore forget_copies(const persistence::media::store& files) {
  return {"copies of pictures and films", [&files](persistence::transaction& tx, base::timestamp now, int limit) {
            const auto old = files.untouched(now - copies_stay, static_cast<std::size_t>(limit));
            const auto over = persistence::media::not_on_their_way(tx, old);
            for (const auto& each : over) files.settle(each);
            return static_cast<int>(over.size());
          }};
}

/// Their removal may be some calls of a bucket each.
constexpr int files_at_once = 20;

/// After the files' rows.
persistence::housekeeping::chore forget_leftovers(const persistence::media::store& files) {
  return {"files of pictures and films",
          [&files](persistence::transaction& tx, base::timestamp, int limit) {
            auto left = persistence::media::leftovers(tx, limit);
            const auto found = static_cast<int>(left.size());
            std::erase_if(left, [&files](const std::string& name) { return !files.remove(name); });
            persistence::media::forget_leftovers(tx, left);
            return left.size() < static_cast<std::size_t>(found)
                       ? 0
                       : found;  // what does not go would be met again at once
          },
          files_at_once};
}

}  // namespace

std::vector<persistence::housekeeping::chore> erasing_chores() {
  return {{"rows of deleted companies", &persistence::company_deletion::erase}};
}

std::vector<persistence::housekeeping::chore> chores(const config::settings& settings,
                                                     const persistence::media::store& files) {
  std::vector<persistence::housekeeping::chore> made{forget_idempotency_keys(),
                                                     forget_guesses(),
                                                     forget_cookies(),
                                                     forget_logins(),
                                                     forget_uploads(),
                                                     forget_unused_media(std::chrono::days{settings.media_unused_days}),
                                                     forget_leftovers(files),
                                                     forget_runs(std::chrono::days{settings.automation_runs_days}),
                                                     forget_holds(std::chrono::days{settings.automation_runs_days}),
                                                     forget_feeds(),
                                                     forget_reads()};
  if (!settings.media_s3_bucket.empty()) made.push_back(forget_copies(files));
  return made;
}

}  // namespace pulse::service
