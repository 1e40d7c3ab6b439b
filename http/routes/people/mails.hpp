// The mails to people, and the links in them.
#pragma once

#include "domain/people/permission.hpp"
#include "http/api/request_context.hpp"
#include "persistence/people/mail_outbox.hpp"

namespace pulse::http::routes {

/// How long the links are valid.
inline constexpr std::chrono::hours verification_lifetime{48};
inline constexpr std::chrono::hours reset_lifetime{1};

struct addressee {
  base::uuid tenant_id;
  base::uuid member_id;
  std::string email;
  std::string company_name;
};

/// The link works for this address of the member, together with the password chosen at sign-up. So nobody verifies an
/// account that a stranger made with their address.
persistence::mail_outbox::mail verification_mail(const request_context& context, const addressee& to);

/// The link works once, because it is bound to the password that it replaces.
persistence::mail_outbox::mail reset_mail(const request_context& context, const addressee& to,
                                          std::string_view password_hash);

std::string invitation_link(const request_context& context, std::string_view code);
persistence::mail_outbox::mail invitation_mail(const request_context& context, const addressee& to,
                                               std::string_view code);

/// Warns that a passkey was refused because its counter went back.
persistence::mail_outbox::mail passkey_mail(const request_context& context, const addressee& to);

/// Wakes the mail sender.
void mail_waits(const request_context& context);

}  // namespace pulse::http::routes
