#include "persistence/seed.hpp"

#include <vector>

#include "persistence/budgets/rate_limits.hpp"
#include "persistence/people/company_deletion.hpp"
#include "persistence/people/members.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/pauses.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "persistence/seed_engagement.hpp"
#include "persistence/seed_figures.hpp"
#include "persistence/seed_posts.hpp"

namespace pulse::persistence {

namespace {

using domain::channel_type;

constexpr std::chrono::days trial{14};
/// The demo's history is this old.
constexpr std::chrono::days made_ago{35};
/// Keeps things of one kind in the order in which they are made here.
constexpr std::chrono::microseconds a_moment{1};
/// Few enough that a busy half hour of the demo shows the effect of a budget, many enough for trying it out.
constexpr domain::rate demo_x_rate{.limit = 10, .window = std::chrono::hours{1}, .burst = 10};

// Two seeds at the same moment would otherwise both find nothing: one e-mail address may be in many companies.
constexpr statement lock_seed{"lock_seed", "SELECT pg_advisory_xact_lock(hashtext('pulse demo company'))"};

constexpr statement mark_demo{"mark_demo", "UPDATE tenants SET is_demo = true WHERE id = pulse_tenant()"};

constexpr statement find_demos{"find_demos", "SELECT id FROM tenants WHERE is_demo"};

constexpr statement find_open_demo{"find_open_demo", R"sql(
  SELECT 1 FROM members WHERE tenant_id = pulse_tenant() AND email = $1 AND is_active)sql"};

constexpr statement close_demo{"close_demo", R"sql(
  UPDATE members SET is_active = false WHERE tenant_id = pulse_tenant() AND email = $1 AND is_active RETURNING id)sql"};

// What the website of the demo has published. As the engine, which alone may publish; again with every seed, in case an
// earlier one ended between its two steps.
constexpr statement publish_pages{"demo_publish_pages", R"sql(
  INSERT INTO website_publications (tenant_id, id, project_id, post_id, channel_id, title, text, published_at)
  SELECT d.tenant_id, d.id, d.project_id, d.post_id, d.channel_id, p.title, p.text, d.finished_at
  FROM tenants t
  JOIN channels c ON c.tenant_id = t.id AND c.type = 'website'
  JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.state = 'published' AND d.external_id = d.id::text
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  WHERE t.is_demo
  ON CONFLICT DO NOTHING)sql"};

constexpr statement remove_companies{"demo_remove_companies", "DELETE FROM tenants WHERE is_demo"};

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
struct demo_company {
  base::timestamp now;
  base::timestamp made_at = now - made_ago;
  base::uuid company_id = base::new_uuid(now);
  base::uuid owner_id = base::new_uuid(now);
  base::uuid project_id = base::new_uuid(now);
  base::uuid website_id = base::new_uuid(now);
  base::uuid x_id = base::new_uuid(now);
  base::uuid linkedin_id = base::new_uuid(now);
  base::uuid x_account_id = base::new_uuid(now);
  base::uuid linkedin_account_id = base::new_uuid(now);
  std::string public_url;
  std::string password_hash;

  demo::demo_channels channels() const {
    return {.project_id = project_id,
            .author_id = owner_id,
            .website_id = website_id,
            .x_id = x_id,
            .linkedin_id = linkedin_id,
            .website_name = "Website",
            .x_name = "X @" + std::string{demo_x_handle},
            .linkedin_name = "LinkedIn " + std::string{demo_linkedin_handle},
            .public_url = public_url};
  }
};

bool is_there(transaction& tx) { return !members::find_logins(std::string{demo_email}, std::nullopt).all(tx).empty(); }

void insert_company(transaction& tx, const demo_company& with) {
  members::insert_company(
      tx, {.id = with.company_id, .name = "Control Center Demo", .created_at = with.made_at},
      {.plan = "trial", .status = members::subscription_status::trial, .trial_ends_at = with.now + trial});
  tx.queue(mark_demo);
  members::insert(tx,
                  {.id = with.owner_id,
                   .email = std::string{demo_email},
                   .display_name = "Demo Owner",
                   .role = domain::role::owner,
                   .created_at = with.made_at,
                   .email_verified_at = with.made_at},
                  with.password_hash);
}

/// An account at a platform, and the channel to it.
void connect(transaction& tx, const demo_company& with, const accounts::connection& account, const base::uuid& new_id,
             const channels::draft& as, const secret_box& box, base::timestamp at) {
  auto made = as;
  made.account_id = accounts::store(tx, account, box, new_id, with.made_at);
  channels::insert(tx, made, at);
}

void insert_channels(transaction& tx, const demo_company& with, const secret_box& box) {
  const auto named = with.channels();
  projects::insert(tx, {.id = with.project_id,
                        .name = "Demo Project",
                        .description = "A place to try Pulse: a website, and accounts at the sandbox's X and LinkedIn.",
                        .time_zone = "Europe/Amsterdam",
                        .created_at = with.made_at,
                        .updated_at = with.made_at});
  channels::insert(tx,
                   {.id = with.website_id,
                    .project_id = with.project_id,
                    .type = channel_type::website,
                    .name = named.website_name,
                    .account_id = std::nullopt},
                   with.made_at);
  connect(
      tx, with,
      {.platform = channel_type::x,
       .external_user_id = std::string{demo_x_user_id},
       .handle = std::string{demo_x_handle},
       .access_token = base::secret{std::string{demo_x_token}}},
      with.x_account_id,
      {.id = with.x_id, .project_id = with.project_id, .type = channel_type::x, .name = named.x_name, .account_id = {}},
      box, with.made_at + a_moment);
  connect(tx, with,
          {.platform = channel_type::linkedin,
           .external_user_id = std::string{demo_linkedin_user_id},
           .handle = std::string{demo_linkedin_handle},
           .access_token = base::secret{std::string{demo_linkedin_token}}},
          with.linkedin_account_id,
          {.id = with.linkedin_id,
           .project_id = with.project_id,
           .type = channel_type::linkedin,
           .name = named.linkedin_name,
           .account_id = {}},
          box, with.made_at + 2 * a_moment);
  rate_limits::store(tx, channel_type::x, domain::limit_scope::account, demo_x_rate, with.made_at);
}

/// The owner's own account at the sandbox's LinkedIn: what they confirm arrives there.
void connect_owner(transaction& tx, const demo_company& with, const secret_box& box) {
  social_accounts::store(tx,
                         {.id = base::new_uuid(with.now),
                          .provider = "linkedin",
                          .external_user_id = std::string{demo_linkedin_user_id},
                          .name = std::string{demo_linkedin_handle},
                          .member_id = with.owner_id,
                          .purpose = domain::login_purpose::engage,
                          .given = {.access_token = base::secret{std::string{demo_linkedin_token}},
                                    .refresh_token = std::nullopt,
                                    .expires_at = std::nullopt,
                                    .refresh_expires_at = std::nullopt,
                                    .scope = "w_member_social",
                                    .refresh_at = std::nullopt},
                          .accounts = {}},
                         box, with.made_at);
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

/// What only the engine may write: the pages of the website, and the figures. Again with each seeding, for demos of
/// before.
std::optional<std::string> write_what_is_out(database& engine, base::timestamp now) {
  const auto done = engine.transact_now(std::nullopt, [&](transaction& tx) {
    tx.queue(publish_pages);
    demo::insert_figures(tx, now);
  });
  return done.has_error() ? std::optional{done.error().detail} : std::nullopt;
}

}  // namespace

base::result<std::string, std::string> seed_demo(const demo_place& in, const password_hasher& hasher,
                                                 const secret_box& box, const base::clock& clock) {
  const auto known = in.requests.transact_now(std::nullopt, is_there);
  if (known.has_error()) return {boost::system::in_place_error, known.error().detail};
  if (*known) {
    if (const auto wrong = write_what_is_out(in.engine, clock.now())) return {boost::system::in_place_error, *wrong};
    return {boost::system::in_place_value, say("The demo company is there already")};
  }
  const auto hashed = hasher.hash_now(base::secret{std::string{demo_password}});
  if (hashed.has_error()) return {boost::system::in_place_error, std::string{sentence(hashed.error())}};
  const auto unknown = hasher.hash_now(base::secret{base::random_token(32)});
  if (unknown.has_error()) return {boost::system::in_place_error, std::string{sentence(unknown.error())}};
  const demo_company with{.now = clock.now(), .public_url = in.public_url, .password_hash = *hashed};
  const auto posts = demo::plan_posts(with.now);
  const auto done = in.requests.transact_now(with.company_id, [&](transaction& tx) {
    tx.queue(lock_seed);
    if (is_there(tx)) return;
    insert_company(tx, with);
    insert_channels(tx, with, box);
    demo::insert_posts(tx, with.channels(), posts, with.now);
    demo::insert_engagement(tx, {.owner_id = with.owner_id, .now = with.now, .unknown_password_hash = *unknown});
    connect_owner(tx, with, box);
    pauses::pause_channel(tx, with.linkedin_id, {.member_id = with.owner_id, .now = with.now});
  });
  if (done.has_error()) return {boost::system::in_place_error, done.error().detail};
  if (const auto wrong = write_what_is_out(in.engine, clock.now())) return {boost::system::in_place_error, *wrong};
  return {boost::system::in_place_value, say("The demo company is ready")};
}

base::result<std::size_t, std::string> count_open_demos(database& engine, database& on) {
  return count_demos(engine, on, find_open_demo);
}

base::result<std::size_t, std::string> close_demos(database& engine, database& on) {
  return count_demos(engine, on, close_demo);
}

base::result<std::string, std::string> remove_demo(database& engine) {
  constexpr int rows_at_once = 1'000;
  const auto known = engine.query_now(std::nullopt, find_demos);
  if (known.has_error()) return {boost::system::in_place_error, known.error().detail};
  // As of a company that its owner deletes. What is left in the middle goes with the next call.
  for (std::size_t i = 0; i < known->size(); ++i) {
    for (int erased = 1; erased > 0;) {
      const auto done = engine.transact_now(std::nullopt, [id = known->get<base::uuid>(i, 0)](transaction& tx) {
        return company_deletion::erase_rows(tx, id, base::timestamp{}, rows_at_once);
      });
      if (done.has_error()) return {boost::system::in_place_error, done.error().detail};
      erased = *done;
    }
  }
  const auto removed =
      engine.transact_now(std::nullopt, [](transaction& tx) { return tx.execute(remove_companies).affected(); });
  if (removed.has_error()) return {boost::system::in_place_error, removed.error().detail};
  return {boost::system::in_place_value,
          *removed == 0 ? "There is no demo company." : "The demo company is removed, with all that it had."};
}

}  // namespace pulse::persistence
