#include "http/routes/people/mails.hpp"

#include <fmt/core.h>

#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"

namespace pulse::http::routes {

namespace {

/// The secret follows '#', so that no server on the way logs it.
std::string link_to(const request_context& context, std::string_view page, std::string_view token) {
  return context.services.addresses.app_url(fmt::format("/app/{}#token={}", page, token));
}

persistence::mail_outbox::mail begin(const request_context& context, const addressee& to, std::string subject) {
  return {base::new_uuid(context.services.clock.now()), to.email, std::move(subject), {}};
}

}  // namespace

persistence::mail_outbox::mail verification_mail(const request_context& context, const addressee& to) {
  auto made = begin(context, to, "Confirm your e-mail address for Pulse");
  const auto token =
      write_member_stamp(context.services.stamps, stamp_purpose::verify_email,
                         {to.tenant_id, to.member_id, context.services.clock.now() + verification_lifetime}, to.email);
  made.text = fmt::format(
      "Somebody, most likely you, has signed up at Pulse for {} with this address.\n\nTo confirm that it is yours, "
      "open this link within two days and give the password that you chose:\n\n{}\n\nIf it was not you, do nothing: "
      "without the password the link does nothing, and the account stays inactive.\n",
      to.company_name, link_to(context, "verify-email", token));
  return made;
}

persistence::mail_outbox::mail reset_mail(const request_context& context, const addressee& to,
                                          std::string_view password_hash) {
  auto made = begin(context, to, "A new password for Pulse");
  const auto token =
      write_member_stamp(context.services.stamps, stamp_purpose::reset_password,
                         {to.tenant_id, to.member_id, context.services.clock.now() + reset_lifetime}, password_hash);
  made.text = fmt::format(
      "Somebody, most likely you, wants to set a new password for your account at {}.\n\nOpen this link within an "
      "hour; it works once:\n\n{}\n\nIf it was not you, do nothing: your password stays as it is.\n",
      to.company_name, link_to(context, "reset-password", token));
  return made;
}

std::string invitation_link(const request_context& context, std::string_view code) {
  return context.services.addresses.app_url("/app/invite#code=" + std::string{code});
}

persistence::mail_outbox::mail invitation_mail(const request_context& context, const addressee& to,
                                               std::string_view code) {
  auto made = begin(context, to, fmt::format("You are invited to {} at Pulse", to.company_name));
  made.text = fmt::format(
      "{} publishes with Pulse, and invites you.\n\nOpen this link to join:\n\n{}\n\nIf you do not know this company, "
      "do nothing.\n",
      to.company_name, invitation_link(context, code));
  return made;
}

persistence::mail_outbox::mail passkey_mail(const request_context& context, const addressee& to) {
  auto made = begin(context, to, "A passkey of yours was refused");
  made.text = fmt::format(
      "Somebody wanted to sign in at {} with one of your passkeys, from the address {}.\n\nIts counter has gone back, "
      "which happens when somebody has copied it, so it was refused. If you have no idea why, remove it and make a "
      "new one:\n\n{}\n",
      to.company_name, context.request.remote_address, context.services.addresses.app_url("/app/account/security"));
  return made;
}

void mail_waits(const request_context& context) {
  if (context.services.mail_waits) context.services.mail_waits();
}

}  // namespace pulse::http::routes
