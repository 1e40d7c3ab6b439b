#include "persistence/seed.hpp"

#include <vector>

#include "persistence/people/members.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::persistence {

namespace {

using domain::channel_type;

constexpr std::chrono::days trial{14};
constexpr std::chrono::days far_ahead{180};
/// Keeps things of one kind in the order in which they are made here.
constexpr std::chrono::microseconds a_moment{1};

// Two seeds at the same moment would otherwise both find nothing: one e-mail address may be in many companies.
constexpr statement lock_seed{"lock_seed", "SELECT pg_advisory_xact_lock(hashtext('pulse demo company'))"};

constexpr statement mark_demo{"mark_demo", "UPDATE tenants SET is_demo = true WHERE id = pulse_tenant()"};

constexpr statement find_demos{"find_demos", "SELECT id FROM tenants WHERE is_demo"};

constexpr statement find_open_demo{"find_open_demo", R"sql(
  SELECT 1 FROM members WHERE tenant_id = pulse_tenant() AND email = $1 AND is_active)sql"};

constexpr statement close_demo{"close_demo", R"sql(
  UPDATE members SET is_active = false WHERE tenant_id = pulse_tenant() AND email = $1 AND is_active RETURNING id)sql"};

/// How many demo companies gave a row of this statement.
base::result<std::size_t, std::string> count_demos(database& engine, database& on, const statement& what) {
  const auto known = engine.query_now(std::nullopt, find_demos);
  if (known.has_error()) return {boost::system::in_place_error, known.error().detail};
  std::size_t count = 0;
  for (std::size_t i = 0; i < known->size(); ++i) {
    const auto found = on.query_now(known->get<base::uuid>(i, 0), what, demo_email);
    if (found.has_error()) return {boost::system::in_place_error, found.error().detail};
    count += found->empty() ? 0 : 1;
  }
  return count;
}

/// Everything that the demo is made of, made before the transaction, so that the job can be repeated.
struct demo {
  base::timestamp now;
  base::uuid company_id = base::new_uuid(now);
  base::uuid owner_id = base::new_uuid(now);
  base::uuid project_id = base::new_uuid(now);
  base::uuid website_id = base::new_uuid(now);
  base::uuid x_id = base::new_uuid(now);
  base::uuid account_id = base::new_uuid(now);
  base::uuid draft_id = base::new_uuid(now);
  base::uuid scheduled_id = base::new_uuid(now);
  std::string password_hash;

  posts::draft post(const base::uuid& id, std::string title, std::string text) const {
    return {.id = id,
            .project_id = project_id,
            .author_id = owner_id,
            .title = std::move(title),
            .text = std::move(text),
            .variants = {},
            .scheduled_at = std::nullopt,
            .channel_ids = {website_id, x_id},
            .delivery_ids = {base::new_uuid(now), base::new_uuid(now)}};
  }
};

bool is_there(transaction& tx) {
  return !tx.execute(members::find_logins, demo_email, std::optional<base::uuid>{}, "").empty();
}

void insert_company(transaction& tx, const demo& with) {
  members::insert_company(
      tx, {.id = with.company_id, .name = "Control Center Demo", .created_at = with.now},
      {.plan = "trial", .status = members::subscription_status::trial, .trial_ends_at = with.now + trial});
  members::insert(tx,
                  {.id = with.owner_id,
                   .email = std::string{demo_email},
                   .display_name = "Demo Owner",
                   .role = domain::role::owner,
                   .created_at = with.now,
                   .email_verified_at = with.now},
                  with.password_hash);
}

void insert_channels(transaction& tx, const demo& with, const secret_box& box) {
  projects::insert(tx, {.id = with.project_id,
                        .name = "Demo Project",
                        .description = "A place to try Pulse: a website and an account at the sandbox's X.",
                        .time_zone = "Europe/Amsterdam",
                        .created_at = with.now,
                        .updated_at = with.now});
  channels::insert(tx,
                   {.id = with.website_id,
                    .project_id = with.project_id,
                    .type = channel_type::website,
                    .name = "Website",
                    .account_id = std::nullopt},
                   with.now);
  const auto account_id = accounts::store(tx,
                                          {.platform = channel_type::x,
                                           .external_user_id = std::string{demo_x_user_id},
                                           .handle = std::string{demo_x_handle},
                                           .access_token = base::secret{std::string{demo_x_token}}},
                                          box, with.account_id, with.now);
  channels::insert(tx,
                   {.id = with.x_id,
                    .project_id = with.project_id,
                    .type = channel_type::x,
                    .name = "X @" + std::string{demo_x_handle},
                    .account_id = account_id},
                   with.now + a_moment);
}

void insert_posts(transaction& tx, const demo& with) {
  posts::insert(
      tx,
      with.post(with.draft_id, "Welcome", "Hello from Pulse! Schedule me, or publish me now, and read my timeline."),
      with.now);
  auto scheduled =
      with.post(with.scheduled_id, "Half a year with Pulse", "Half a year of posts that went out once, and on time.");
  scheduled.scheduled_at = std::chrono::floor<std::chrono::days>(with.now) + far_ahead + std::chrono::hours{9};
  posts::insert(tx, scheduled, with.now + a_moment);
}

/// `news`, and how to sign in.
std::string say(std::string_view news) {
  std::string said{news};
  said += "; sign in as ";
  said += demo_email;
  said += " with the password ";
  said += demo_password;
  said += ".";
  return said;
}

}  // namespace

base::result<std::string, std::string> seed_demo(database& on, const password_hasher& hasher, const secret_box& box,
                                                 const base::clock& clock) {
  const auto known = on.query_now(std::nullopt, members::find_logins, demo_email, std::optional<base::uuid>{}, "");
  if (known.has_error()) return {boost::system::in_place_error, known.error().detail};
  if (!known->empty()) return {boost::system::in_place_value, say("The demo company is there already")};

  const auto hashed = hasher.hash_now(base::secret{std::string{demo_password}});
  if (hashed.has_error()) return {boost::system::in_place_error, std::string{sentence(hashed.error())}};
  const demo with{.now = clock.now(), .password_hash = *hashed};
  const auto done = on.transact_now(with.company_id, [&with, &box](transaction& tx) {
    tx.queue(lock_seed);
    if (is_there(tx)) return;
    insert_company(tx, with);
    tx.queue(mark_demo);
    insert_channels(tx, with, box);
    insert_posts(tx, with);
  });
  if (done.has_error()) return {boost::system::in_place_error, done.error().detail};
  return {boost::system::in_place_value, say("The demo company is ready")};
}

base::result<std::size_t, std::string> count_open_demos(database& engine, database& on) {
  return count_demos(engine, on, find_open_demo);
}

base::result<std::size_t, std::string> close_demos(database& engine, database& on) {
  return count_demos(engine, on, close_demo);
}

}  // namespace pulse::persistence
