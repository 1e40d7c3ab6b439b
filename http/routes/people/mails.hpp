// The mails to people, and the links in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/people/permission.hpp"
#include "http/api/addresses.hpp"
#include "http/api/request_context.hpp"
#include "persistence/people/mail_outbox.hpp"
#include "persistence/postgres/transaction.hpp"

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

/// A code that shows that the address is theirs.
persistence::mail_outbox::mail code_mail(const request_context& context, const addressee& to, std::string_view code);

/// Who has reset a second factor, as its member reads it.
struct factor_resetter {
  std::string name;          // begins a sentence: "Ann Smith"
  std::string whom_to_tell;  // "an owner of your company"
};

/// Tells a member who has reset their second factor, and what to do next.
persistence::mail_outbox::mail factor_reset_mail(const addresses& pages, base::timestamp now, const addressee& to,
                                                 const factor_resetter& by, bool is_factor_required);

/// What lets a member in, and has changed.
enum class sign_in_change : std::uint8_t {
  second_factor_on,
  second_factor_off,
  recovery_codes,
  passkey_made,
  passkey_removed,
  password,
};

/// Stores a mail to the member that tells of it, in the transaction that changes it: if it was somebody else, they
/// learn it there.
void tell_of_change(persistence::transaction& within, const request_context& context, const base::uuid& member_id,
                    sign_in_change what);

/// Wakes the mail sender.
void mail_waits(const request_context& context);

}  // namespace pulse::http::routes
