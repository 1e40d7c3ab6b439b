#include "http/routes/engagement/member_word.hpp"

#include "base/describe.hpp"
#include "domain/events/facts.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/events/events.hpp"

namespace pulse::http::routes {

namespace {

namespace rows = persistence::engagements;
using domain::engagement_kind;
using domain::engagement_state;
using persistence::transaction;
using rows::shown_engagement;

template <class Facts>
void tell(transaction& tx, const speaker& by, const shown_engagement& about) {
  Facts facts;
  facts.act = std::string{base::to_name(about.kind)};
  facts.page_name = about.page_name;
  facts.post_url = about.post_url;
  persistence::events::append(tx, {.tenant_id = by.tenant_id,
                                   .about = persistence::events::subject{domain::subject_kind::engagement, about.id},
                                   .member_id = by.member_id,
                                   .request_id = by.request_id,
                                   .facts = std::move(facts),
                                   .at = by.now});
}

}  // namespace

problem too_late() {
  return problems::conflict("too_late", "It is under way or over already, so it can be neither confirmed nor changed.");
}

problem same_words_or(problem why) {
  if (why.constraint != rows::text_once) return why;
  return problems::conflict("same_words",
                            "Somebody else of the company has the same comment under this post. Use your own words.");
}

result<rows::locked_engagement> lock_own(transaction& tx, const speaker& by, const base::uuid& id) {
  auto found = rows::lock(tx, id);
  if (!found) return problems::not_found("engagement");
  if (found->member_id == by.member_id) return std::move(*found);
  if (!rows::find({by.member_id, by.sees_plans}, id).first(tx)) return problems::not_found("engagement");
  return problems::forbidden("not_yours", "Only the member in whose name it is can confirm, change or skip it.");
}

shown_engagement read_back(transaction& tx, const speaker& by, const base::uuid& id) {
  return *rows::find({by.member_id, true}, id).first(tx);
}

result<shown_engagement> confirm_within(transaction& tx, const speaker& by, const base::uuid& id,
                                        const std::optional<std::string>& text) {
  const auto found = lock_own(tx, by, id);
  if (!found) return found.error();
  const bool waits = found->state == engagement_state::waiting_confirmation;
  const bool is_asked = found->state == engagement_state::unknown && found->is_asked;
  if (found->state == engagement_state::queued) return read_back(tx, by, id);  // confirmed before
  if (!waits && !is_asked) return too_late();
  if (found->expires_at <= by.now) return problems::conflict("too_old", "The post has become too old to look natural.");
  const auto words = text.value_or(found->text);
  if (found->kind == engagement_kind::comment && is_blank(words))
    return problems::invalid_field("/text", "is required: the comment has no text yet");
  if (found->kind == engagement_kind::like && text) return problems::invalid_field("/text", "is not for a like");
  rows::confirm(tx, id, found->kind == engagement_kind::comment ? words : std::string{}, by.now);
  auto made = read_back(tx, by, id);
  tell<domain::engagement_confirmed>(tx, by, made);
  return made;
}

result<shown_engagement> skip_within(transaction& tx, const speaker& by, const base::uuid& id,
                                     const std::string& reason) {
  const auto found = lock_own(tx, by, id);
  if (!found) return found.error();
  const bool is_asked = found->state == engagement_state::unknown && found->is_asked;
  if (found->state == engagement_state::skipped) return read_back(tx, by, id);
  if (!domain::is_open_to_member(found->state) && !is_asked) return too_late();
  rows::skip(tx, id, reason, by.now);
  auto made = read_back(tx, by, id);
  tell<domain::engagement_skipped>(tx, by, made);
  return made;
}

}  // namespace pulse::http::routes
