#include "domain/people/permission.hpp"

#include <string>

#include "base/describe.hpp"

namespace pulse::domain {

namespace {

bool manages_company(role who) { return who == role::owner || who == role::admin; }

}  // namespace

bool allows(role who, permission needed) {
  switch (needed) {
    case permission::public_:
    case permission::read_account:
    case permission::manage_self:
    case permission::read_projects:
    case permission::read_channels:
    case permission::read_posts:
    case permission::read_campaigns:
    case permission::read_engagement: return true;
    case permission::write_posts:
    case permission::publish_posts:
    case permission::manage_campaigns:
    case permission::write_content:
    case permission::decide_content:
    case permission::manage_rules:
    case permission::track_pages:
    case permission::engage: return who != role::analyst;
    case permission::invite_members:
    case permission::manage_channels:
    case permission::manage_guardrails:
    case permission::override_guardrails: return manages_company(who) || who == role::team_leader;
    case permission::administer_platform: return false;
    case permission::read_audit: return manages_company(who) || who == role::analyst;
    case permission::manage_members:
    case permission::manage_projects:
    case permission::operate: return manages_company(who);
  }
  return false;
}

std::optional<role> parse_role(std::string_view name) {
  std::string plain{name};
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  return base::from_name<role>(plain);
}

}  // namespace pulse::domain
