#include "http/routes/people/invite_import.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "domain/people/authority.hpp"
#include "domain/people/credentials.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/authority.hpp"
#include "http/routes/people/invite_columns.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/tables/table.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/identities.hpp"
#include "persistence/people/invites.hpp"
#include "persistence/people/members.hpp"
#include "persistence/people/teams.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
namespace invites = persistence::invites;
namespace teams = persistence::teams;
using domain::permission;
using persistence::transaction;
using server::verb;

/// Rows with any text, without the heading.
constexpr std::size_t most_rows = 500;
constexpr std::size_t most_content = 256 * 1024;
constexpr std::size_t most_body_bytes = 600 * 1024;
constexpr std::size_t code_bytes = 16;
constexpr int days_good = 7;

enum class bad_invites {
  refuse_all,  // with one bad row, nobody is invited
  leave_out,   // the good rows are invited
};
BOOST_DESCRIBE_ENUM(bad_invites, refuse_all, leave_out)

struct invite_import_request {
  base::text<1, most_content> content;     // CSV: email, role, team; a heading may reorder them
  std::optional<bad_invites> on_bad_rows;  // default: refuse_all
  std::optional<bool> preview;             // check the file only
  std::optional<base::bounded_int<1, 30>> expires_in_days;
};
BOOST_DESCRIBE_STRUCT(invite_import_request, (), (content, on_bad_rows, preview, expires_in_days))

struct bad_row {
  std::int64_t row = 0;  // row number in the file, from 1
  std::string detail;    // the end of a sentence about it
};
BOOST_DESCRIBE_STRUCT(bad_row, (), (row, detail))

struct imported_invite {
  std::int64_t row = 0;
  std::string email;
  domain::role role = domain::role::member;
  std::optional<std::string> team_name;
  base::omittable<std::string> url;  // shown only once, where no mail is sent
};
BOOST_DESCRIBE_STRUCT(imported_invite, (), (row, email, role, team_name, url))

enum class not_needed { already_invited, already_member };
BOOST_DESCRIBE_ENUM(not_needed, already_invited, already_member)

/// A row that is in order, and has nothing left to do: so the same table may be sent again.
struct skipped_row {
  std::int64_t row = 0;
  std::string email;
  not_needed because = not_needed::already_invited;
};
BOOST_DESCRIBE_STRUCT(skipped_row, (), (row, email, because))

struct invite_import_result {
  std::int64_t rows = 0;
  bool is_stored = false;
  std::vector<imported_invite> invites;  // the good ones
  std::vector<skipped_row> skipped;
  std::vector<bad_row> errors;
};
BOOST_DESCRIBE_STRUCT(invite_import_result, (), (rows, is_stored, invites, skipped, errors))

/// A row that is valid by itself.
struct wanted_invite {
  std::int64_t row = 0;
  std::string email;
  domain::role role = domain::role::member;
  std::string team;  // by name; empty: none
  base::uuid id;
  std::string code;
};

struct reading {
  std::vector<wanted_invite> good;
  invite_import_result result;
};

void read_row(const table_row& row, const invite_columns& at, std::set<std::string>& seen, base::timestamp now,
              reading& made) {
  const auto number = static_cast<std::int64_t>(row.number);
  const auto refuse = [&](std::string why) { made.result.errors.push_back({number, std::move(why)}); };
  // First: a cell too many may have moved the others.
  if (auto stray = find_stray_cell(row, at)) return refuse(std::move(*stray));
  const auto email = domain::parse_email(to_lower(text_of_cell(row, at.email)));
  if (!email) return refuse("has no e-mail address");
  const auto word = text_of_cell(row, at.role);
  const auto role = word.empty() ? std::optional{domain::role::member} : domain::parse_role(word);
  if (!role) return refuse("names an unknown role: use admin, team_leader, member or analyst");
  if (!seen.insert(email->value).second) return refuse("has an address that is there twice");
  made.good.push_back(
      {number, email->value, *role, text_of_cell(row, at.team), base::new_uuid(now), base::random_token(code_bytes)});
}

result<reading> read_invites(const std::string& content, base::timestamp now) {
  const auto rows = read_csv(content);
  if (!rows) return problems::conflict("unreadable_table", rows.error());
  reading made;
  if (rows->empty()) return made;
  const auto columns = read_invite_columns(rows->front());
  if (!columns) return problems::conflict("unknown_column", columns.error());
  std::set<std::string> seen;
  for (std::size_t i = columns->has_heading ? 1 : 0; i < rows->size(); ++i) {
    if (++made.result.rows > static_cast<std::int64_t>(most_rows))
      return problems::conflict("too_many_rows", "At most 500 people are invited at once. Use several tables.");
    read_row((*rows)[i], *columns, seen, now, made);
  }
  return made;
}

/// What only the database knows of the rows.
struct known {
  domain::person actor;
  std::map<std::string, base::uuid> teams;
  std::vector<invites::open_invite> open;
};

/// What is wrong with a row: its team, or what the one who invites may give. Sets the team where there is one.
std::optional<std::string> unfit(const known& all, const wanted_invite& one, std::optional<base::uuid>& team) {
  if (!one.team.empty()) {
    const auto found = all.teams.find(to_lower(one.team));
    if (found == all.teams.end()) return "names an unknown team";
    team = found->second;
  }
  if (domain::may_invite(all.actor, one.role, team)) return "gives a role that you may not give";
  return std::nullopt;
}

std::optional<not_needed> needless(transaction& within, const known& all, const wanted_invite& one,
                                   const std::optional<base::uuid>& team) {
  if (persistence::identities::find_by_email(within, one.email)) return not_needed::already_member;
  const bool is_invited = std::any_of(all.open.begin(), all.open.end(), [&](const auto& each) {
    return each.email == one.email && each.role == one.role && each.team_id == team;
  });
  if (is_invited) return not_needed::already_invited;
  return std::nullopt;
}

struct importing {
  base::uuid actor_id;
  base::timestamp now;
  int days = days_good;
  bool leaves_out = false;
  bool is_preview = false;
};

using good_rows = std::vector<std::pair<wanted_invite, std::optional<base::uuid>>>;

/// The rows that are to be invited, each with its team; all others are told in the result.
good_rows sort_out(transaction& within, const known& all, reading& read) {
  good_rows good;
  auto& result = read.result;
  for (auto& each : read.good) {
    std::optional<base::uuid> team;
    if (auto why = unfit(all, each, team)) {
      result.errors.push_back({each.row, std::move(*why)});
    } else if (const auto because = needless(within, all, each, team)) {
      result.skipped.push_back({each.row, each.email, *because});
    } else {
      result.invites.push_back(
          {each.row, each.email, each.role, each.team.empty() ? std::nullopt : std::optional{each.team}, {}});
      good.emplace_back(std::move(each), team);
    }
  }
  std::sort(result.errors.begin(), result.errors.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
  return good;
}

result<invite_import_result> import_all(transaction& within, const request_context& context, const importing& how,
                                        reading read) {
  // Of two that import the same table at once, the second sees what the first has invited.
  if (!how.is_preview) directory::lock_people(within);
  const auto actor = directory::find(within, how.actor_id);
  if (!actor) return problems::not_found("member");
  known all{{actor->id, actor->role, actor->team_id}, {}, invites::list_open(how.now).all(within)};
  for (const auto& each : teams::list().all(within)) all.teams[to_lower(each.name)] = each.id;
  const auto company = persistence::members::find_company().first(within);
  const auto good = sort_out(within, all, read);
  auto& result = read.result;
  const bool is_refused = !result.errors.empty() && !how.leaves_out;
  if (how.is_preview || is_refused || (good.empty() && result.skipped.empty())) return std::move(result);
  for (std::size_t i = 0; i < good.size(); ++i) {
    const auto& [one, team] = good[i];
    const invites::invite made{.id = one.id,
                               .email = one.email,
                               .role = one.role,
                               .team_id = team,
                               .uses_max = 1,
                               .uses = 0,
                               .created_by = how.actor_id,
                               .created_at = how.now,
                               .expires_at = how.now + std::chrono::hours{24 * how.days},
                               .revoked_at = std::nullopt};
    if (!invites::insert(within, made, persistence::identities::hash_of(one.code)))
      return problems::conflict("too_many_invites", "There are 2,000 open invitations. Revoke some first.");
    const addressee to{context.principal.tenant_id, {}, one.email, company->name};
    persistence::mail_outbox::insert(within, invitation_mail(context, to, one.code), context.services.secrets, how.now);
    if (!context.services.is_mail_sent) result.invites[i].url = invitation_link(context, one.code);
  }
  result.is_stored = true;
  return std::move(result);
}

net::awaitable<reply<invite_import_result>> import_invites(request_context& context,
                                                           in_body<invite_import_request> body) {
  const auto now = context.services.clock.now();
  auto read = read_invites(body->content.value, now);
  if (!read) co_return read.error();
  const importing how{.actor_id = context.principal.member_id,
                      .now = now,
                      .days = body->expires_in_days ? static_cast<int>(body->expires_in_days->value) : days_good,
                      .leaves_out = body->on_bad_rows.value_or(bad_invites::refuse_all) == bad_invites::leave_out,
                      .is_preview = body->preview.value_or(false)};
  auto job = [&context, how, all = std::move(*read)](transaction& within) {
    return import_all(within, context, how, all);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (done->is_stored) mail_waits(context);
  co_return std::move(*done);
}

}  // namespace

void add_invite_import(route_table& table) {
  table.add(verb::post, "/org/invites/import", permission::invite_members, &import_invites,
            "Invite up to 500 people from a table",
            {.problems = {403, 409},
             .description = "CSV with address, role and team (by name); a heading may reorder them. A heading with any "
                            "other column is refused, and a row with more cells is a bad one, so that nothing of the "
                            "table is left unread. Each person gets a separate mail. Bad rows are listed by their "
                            "number, and then nobody is invited, "
                            "unless `on_bad_rows` is `leave_out`. Members, and addresses with an open invitation of "
                            "the same role and team, are `skipped`: the same table may be sent again. `preview` only "
                            "looks.",
             .body_bytes_max = most_body_bytes,
             .no_store = true});
}

}  // namespace pulse::http::routes
