// Who may do what: the roles of a company's people, and the permissions that routes ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <boost/describe.hpp>

namespace pulse::domain {

enum class role : std::uint8_t { owner, admin, team_leader, member, analyst };
BOOST_DESCRIBE_ENUM(role, owner, admin, team_leader, member, analyst)

/// What a route needs. Every route names one; `public_` says explicitly that it needs none, not even a token.
enum class permission : std::uint8_t {
  public_,
  read_account,         // oneself, one's company
  manage_self,          // one's own password, sessions, tokens
  invite_members,       // team leaders: into their own team
  manage_members,       // roles, teams, who is in the company
  read_audit,           // who did what
  administer_platform,  // in no role: for operators of the installation
  read_projects,
  manage_projects,
  read_channels,
  manage_channels,  // connect, switch off, remove
  read_posts,
  write_posts,          // write, edit, withdraw
  publish_posts,        // schedule, publish now, retry, decide on a delivery, pause a channel or a project
  operate,              // pause the whole company, retry policies, throttles
  read_campaigns,       // campaigns, templates, content, rules and what they did
  manage_campaigns,     // campaigns and templates
  write_content,        // write, edit and hand in content; comment on it
  decide_content,       // approve and reject it, where the project's policy asks them; make links for review
  manage_rules,         // automation rules and their runs
  manage_guardrails,    // guardrails and approval policies of a project
  override_guardrails,  // schedule what the guardrails hold back, with a reason
  read_engagement,      // tracked pages, their posts, and who does what under them
  track_pages,          // add, poll and remove pages, and bring posts
  engage,               // one's own likes and comments: follow a page, confirm, edit, skip
};
BOOST_DESCRIBE_ENUM(permission, public_, read_account, manage_self, invite_members, manage_members, read_audit,
                    administer_platform, read_projects, manage_projects, read_channels, manage_channels, read_posts,
                    write_posts, publish_posts, operate, read_campaigns, manage_campaigns, write_content,
                    decide_content, manage_rules, manage_guardrails, override_guardrails, read_engagement, track_pages,
                    engage)

/// Whether `who` has the permission. `public_` is everyone's.
bool allows(role who, permission needed);

/// A role by its name, in any of the spellings in use: "team_leader", "Team Leader", "Owner".
std::optional<role> parse_role(std::string_view name);

}  // namespace pulse::domain
