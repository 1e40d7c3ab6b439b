#include "http/routes/people/mails.hpp"

#include <fmt/core.h>

#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "persistence/people/members.hpp"

namespace pulse::http::routes {

namespace {

/// The secret follows '#', so that no server on the way logs it.
std::string link_to(const request_context& context, std::string_view page, std::string_view token) {
  return context.services.addresses.app_url(fmt::format("/app/{}#token={}", page, token));
}

persistence::mail_outbox::mail begin(base::timestamp now, const addressee& to, std::string subject) {
  return {base::new_uuid(now), to.email, std::move(subject), {}};
}

persistence::mail_outbox::mail begin(const request_context& context, const addressee& to, std::string subject) {
  return begin(context.services.clock.now(), to, std::move(subject));
}

std::string_view sentence_of(sign_in_change what) {
  switch (what) {
    case sign_in_change::second_factor_on: return "A second factor was set up: it is asked for beside your password.";
    case sign_in_change::second_factor_off: return "Your second factor was removed: your password alone signs in.";
    case sign_in_change::recovery_codes: return "New recovery codes were made; the ones before are good no more.";
    case sign_in_change::passkey_made: return "A passkey was added: it signs in without your password.";
    case sign_in_change::passkey_removed: return "A passkey was removed: it signs in no more.";
    case sign_in_change::password: return "Your password was changed, and your other sessions have ended.";
  }
  return "";
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

persistence::mail_outbox::mail code_mail(const request_context& context, const addressee& to, std::string_view code) {
  auto made = begin(context, to, "Your code for Pulse");
  made.text = fmt::format(
      "Somebody, most likely you, has signed in at {} with your password, from the address {}, and is about to set up "
      "a second factor.\n\nTo show that this address is yours, type this code there within ten minutes:"
      "\n\n{} {}\n\nPulse asks for it on that page alone. If it was not you, somebody knows your password. Set a new "
      "one:\n\n{}\n",
      to.company_name, context.request.remote_address, code.substr(0, code.size() / 2), code.substr(code.size() / 2),
      context.services.addresses.app_url("/app/forgot-password"));
  return made;
}

persistence::mail_outbox::mail factor_reset_mail(const addresses& pages, base::timestamp now, const addressee& to,
                                                 const factor_resetter& by, bool is_factor_required) {
  auto made = begin(now, to, "Your second factor at Pulse was reset");
  made.text = fmt::format(
      "{} has reset your second factor at {}. Your authenticator app, your recovery codes and your passkeys no longer "
      "work, and all your sessions have ended.\n\nSign in with your password{}:\n\n{}\n\nIf you did not ask for this, "
      "tell {}, and set a new password:\n\n{}\n",
      by.name, to.company_name,
      is_factor_required ? "; you are then led to set up a second factor, as your company asks"
                         : ", then set up a second factor again in your security settings",
      pages.app_url("/app/account/security"), by.whom_to_tell, pages.app_url("/app/forgot-password"));
  return made;
}

void tell_of_change(persistence::transaction& within, const request_context& context, const base::uuid& member_id,
                    sign_in_change what) {
  const auto proof = persistence::members::find_proof(member_id).first(within);
  if (!proof) return;
  const addressee to{within.tenant_id().value_or(base::uuid{}), member_id, proof->email, proof->company_name};
  auto made = begin(context, to, "Your sign-in at Pulse has changed");
  made.text = fmt::format(
      "{} This is about your account at {}; it was done from the address {}.\n\nIf it was you, there is nothing to do. "
      "If not, somebody is in your account. Set a new password, which ends all sessions, look at your second factor "
      "and "
      "passkeys, and tell an owner of your company:\n\n{}\n{}\n",
      sentence_of(what), to.company_name, context.request.remote_address,
      context.services.addresses.app_url("/app/forgot-password"),
      context.services.addresses.app_url("/app/account/security"));
  persistence::mail_outbox::insert(within, made, context.services.secrets, context.services.clock.now());
}

void mail_waits(const request_context& context) {
  if (context.services.mail_waits) context.services.mail_waits();
}

}  // namespace pulse::http::routes
