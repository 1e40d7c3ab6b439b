#include "persistence/seed_engagement.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "base/describe.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/engagement/automation.hpp"
#include "persistence/engagement/pages.hpp"
#include "persistence/people/members.hpp"

namespace pulse::persistence::demo {

namespace {

using namespace std::chrono_literals;
using domain::engagement_kind;
using domain::engagement_state;
using domain::reaction_kind;
using std::chrono::days;

constexpr statement insert_team{"seed_team", R"sql(
  INSERT INTO teams (tenant_id, id, name, created_at) VALUES (pulse_tenant(), $1, $2, $3))sql"};
constexpr statement join_team{"seed_join_team", R"sql(
  UPDATE members SET team_id = $2 WHERE tenant_id = pulse_tenant() AND id = $1)sql"};
constexpr statement insert_post{"seed_tracked_post", R"sql(
  INSERT INTO tracked_posts (tenant_id, id, page_id, external_id, urn, url, title, text, source, brought_by, published_at, found_at, planned_at)
  VALUES (pulse_tenant(), $1, $2, $3, $3, $4, $5, $6, 'link', $7, $8::timestamptz, $9::timestamptz, $9::timestamptz))sql"};
constexpr statement insert_act{"seed_engagement", R"sql(
  INSERT INTO engagements (tenant_id, id, post_id, page_id, member_id, kind, state, reaction, text, is_automatic, confirmed_at, planned_at,
    not_before, expires_at, attempt, acted_at, external_id, reason, finished_at, created_at, updated_at)
  VALUES (pulse_tenant(), $1::uuid, $2, $3, $4, $5, $6::text, $7, $8, false, $9::timestamptz, $10::timestamptz, $10::timestamptz, $11::timestamptz,
    CASE WHEN $6::text = 'completed' THEN 1 ELSE 0 END, CASE WHEN $6::text = 'completed' THEN $12::timestamptz END,
    CASE WHEN $6::text = 'completed' THEN 'urn:li:demo:' || ($1::uuid)::text END, $13, $12::timestamptz, $14::timestamptz, $14::timestamptz))sql"};

struct colleague {
  std::string_view name;
  std::string_view email;
  domain::role role;
  int team;  // 0 or 1
};
constexpr std::array<colleague, 4> colleagues{{
    {"Lena Vos", "lena@controlcenter.local", domain::role::team_leader, 0},
    {"Jonas Weil", "jonas@controlcenter.local", domain::role::member, 0},
    {"Marieke de Boer", "marieke@controlcenter.local", domain::role::member, 1},
    {"Samir Haddad", "samir@controlcenter.local", domain::role::member, 1},
}};

struct page {
  std::string_view name;
  std::string_view url;
};
constexpr std::array<page, 2> pages{{
    {"Halden Bikes", "https://www.linkedin.com/company/halden-bikes"},
    {"Velo Werkplaats", "https://www.linkedin.com/company/velo-werkplaats"},
}};

struct story {
  std::string_view title;
  std::string_view text;
  std::array<std::string_view, 3> comments;  // that people of the demo make of it
};
constexpr std::array<story, 6> stories{{
    {"We take old bicycles in part payment from today",
     "We take old bicycles in part payment from today. What can be mended is mended, what cannot becomes parts. Last "
     "winter 412 of them found a second rider.",
     {"Good to see trade-in kept simple: one look, one price.", "412 bicycles that were not scrapped. More of that.",
      "My own commuter came back from you like this. It still rides."}},
    {"Our apprentices built their first wheels",
     "Thirty-two spokes, one ear. Our two apprentices built their first pair of wheels this week, and both run true.",
     {"Nobody forgets their first true wheel. Congratulations to both.", "Thirty-two spokes and a lot of patience.",
      "The trade needs more workshops that teach."}},
    {"New prices for the autumn",
     "The new prices hold from today. What costs less: hub dynamos and mudguards. What costs more: steel.",
     {"Clear, and with a reason for each. That is how price lists should read.",
      "Cheaper dynamos before the dark months: well timed.", "Steel hits all of us this year."}},
    {"A workshop on wheels for the villages",
     "From Monday our van stops in eleven villages. Bring your bicycle; most repairs are done while you have a coffee.",
     {"Eleven villages that had no workshop left. A good answer.", "Which day are you in the north?",
      "Repairs over coffee: I know a few people who will come for both."}},
    {"What a thousand repairs taught us",
     "We looked at a thousand repairs. Four of ten would not have been needed with a little oil in time.",
     {"Four of ten. I will show this to everyone who asks me why to oil a chain.",
      "Would you share the figures by part?", "Honest numbers from a workshop. Rare, and welcome."}},
    {"We are looking for two mechanics",
     "We are looking for two mechanics who like old steel and new electronics. Four days a week, no weekends.",
     {"Four days, no weekends: this will not stay open for long.", "A team I would recommend to any mechanic.",
      "Sharing this with last year's class."}},
}};

struct demo_people {
  std::vector<base::uuid> ids;  // the owner first
};

demo_people insert_people(transaction& tx, const engagement_demo& with) {
  const auto made_at = with.now - days{35};
  const std::array<base::uuid, 2> teams{base::new_uuid(with.now), base::new_uuid(with.now)};
  tx.queue(insert_team, teams[0], "Sales", made_at);
  tx.queue(insert_team, teams[1], "Workshop", made_at);
  demo_people made{{with.owner_id}};
  for (const auto& each : colleagues) {
    const auto id = base::new_uuid(with.now);
    members::insert(tx,
                    {.id = id,
                     .email = std::string{each.email},
                     .display_name = std::string{each.name},
                     .role = each.role,
                     .created_at = made_at,
                     .email_verified_at = made_at},
                    with.unknown_password_hash);
    tx.queue(join_team, id, teams.at(static_cast<std::size_t>(each.team)));
    made.ids.push_back(id);
  }
  domain::engagement::automation_settings hours;
  hours.time_zone = "Europe/Amsterdam";
  hours.works_from_minute = 8 * 60;
  hours.works_until_minute = 20 * 60;
  for (const auto& id : made.ids) automation::store(tx, id, hours, made_at);
  return made;
}

base::uuid insert_page(transaction& tx, const engagement_demo& with, const demo_people& people, const page& from) {
  const auto made_at = with.now - days{32};
  tracked_pages::new_page wanted{.id = base::new_uuid(with.now),
                                 .kind = domain::page_kind::linkedin,
                                 .url = std::string{from.url},
                                 .name = std::string{from.name},
                                 .feed_url = std::nullopt,
                                 .organization = std::nullopt,
                                 .added_by = with.owner_id};
  tracked_pages::insert(tx, wanted, made_at);
  for (const auto& who : people.ids) {
    tracked_pages::page_subscription follows{
        .page_id = wanted.id, .member_id = who, .created_at = made_at, .updated_at = made_at};
    follows.comments = true;
    tracked_pages::store(tx, follows);
  }
  return wanted.id;
}

struct act {
  base::uuid post_id;
  base::uuid page_id;
  base::uuid member_id;
  engagement_kind kind = engagement_kind::like;
  engagement_state state = engagement_state::waiting_confirmation;
  reaction_kind reaction = reaction_kind::like;
  std::string text;
  base::timestamp at;
  base::timestamp found_at;
};

void insert(transaction& tx, const act& of, base::timestamp now) {
  std::optional<base::timestamp> confirmed, finished;
  std::optional<std::string> reason;
  if (of.state == engagement_state::completed) confirmed = of.at - 3min;
  if (of.state != engagement_state::waiting_confirmation) finished = of.at;
  if (of.state == engagement_state::skipped) reason = "its member said no";
  if (of.state == engagement_state::expired) reason = "the post has become too old to look natural";
  tx.queue(insert_act, base::new_uuid(now), of.post_id, of.page_id, of.member_id, of.kind, of.state, of.reaction,
           of.text, confirmed, of.at, of.found_at + days{2}, finished, reason, of.found_at);
}

/// What became of an act of the past, looking drawn and the same each time.
engagement_state fate_of(std::size_t post, std::size_t member, engagement_kind kind) {
  const auto mixed = post * 7 + member * 5 + (kind == engagement_kind::comment ? 3 : 0);
  if (mixed % 9 == 4) return engagement_state::skipped;
  if (mixed % 11 == 7) return engagement_state::expired;
  return engagement_state::completed;
}

constexpr std::array<reaction_kind, 3> reactions{reaction_kind::like, reaction_kind::praise, reaction_kind::interest};

/// A post, and each person's acts under it; `is_open`: unfinished acts still wait.
void insert_post_with_plan(transaction& tx, const engagement_demo& with, const demo_people& people,
                           const base::uuid& page_id, std::size_t number, base::timestamp published, bool is_open) {
  const auto& told = stories.at(number % stories.size());
  const auto id = base::new_uuid(with.now);
  const std::string urn = "urn:li:activity:" + std::to_string(7'400'000'000'000'000'000ULL + number);
  const auto found = published + 4min;
  tx.queue(insert_post, id, page_id, urn, "https://www.linkedin.com/feed/update/" + urn, std::string{told.title},
           std::string{told.text}, with.owner_id, published, found);
  for (std::size_t i = 0; i < people.ids.size(); ++i) {
    const auto place = (i + number) % people.ids.size();  // nobody is always first
    act liked{.post_id = id,
              .page_id = page_id,
              .member_id = people.ids[i],
              .reaction = reactions.at((i + number) % reactions.size()),
              .text = {},
              .at = found + 7min + place * 23min,
              .found_at = found};
    liked.state = is_open && liked.at > with.now - 10min ? engagement_state::waiting_confirmation
                                                         : fate_of(number, i, liked.kind);
    if (is_open && people.ids[i] == with.owner_id) liked.state = engagement_state::waiting_confirmation;
    insert(tx, liked, with.now);
    const bool comments = is_open ? i < told.comments.size() : (i + number) % 2 == 0;
    if (!comments) continue;
    act said = liked;
    said.kind = engagement_kind::comment;
    said.reaction = reaction_kind::like;
    said.at = liked.at + 11min;
    said.text = std::string{told.comments.at((is_open ? i : place) % told.comments.size())};
    const bool is_taken = place >= told.comments.size();  // two people never say the same
    said.state = is_open ? engagement_state::waiting_confirmation
                         : (is_taken ? engagement_state::skipped : fate_of(number, i, said.kind));
    insert(tx, said, with.now);
  }
}

}  // namespace

void insert_engagement(transaction& tx, const engagement_demo& with) {
  const auto people = insert_people(tx, with);
  std::vector<base::uuid> page_ids;
  for (const auto& each : pages) page_ids.push_back(insert_page(tx, with, people, each));
  constexpr std::size_t past_posts = 12;
  for (std::size_t i = 0; i < past_posts; ++i) {
    const auto published = with.now - days{29} + i * 55h;
    insert_post_with_plan(tx, with, people, page_ids.at(i % page_ids.size()), i, published, false);
  }
  insert_post_with_plan(tx, with, people, page_ids.at(0), past_posts, with.now - 50min, true);
  insert_post_with_plan(tx, with, people, page_ids.at(1), past_posts + 1, with.now - 12min, true);
  automation::insert_phrase(tx, {base::new_uuid(with.now), "game changer", with.now});
  automation::insert_phrase(tx, {base::new_uuid(with.now), "synergy", with.now});
}

}  // namespace pulse::persistence::demo
