// Sending mail: one message, by SMTP, or to a page that shows it instead.
#pragma once

#include <string>
#include <string_view>

#include "base/secure.hpp"
#include "base/time.hpp"

namespace pulse::connectors {

struct mail {
  std::string id;         // unique: the part of Message-ID before '@'
  std::string recipient;  // an e-mail address
  std::string subject;    // one line of UTF-8
  std::string text;       // UTF-8
  base::timestamp written_at;
};

struct mail_options {
  /// smtp://user:password@host:587, smtps://…; empty: nothing is sent.
  base::secret smtp_url{};
  /// "Pulse <pulse@example.org>", or an address alone.
  std::string from;
  /// Where mails are posted to as JSON while there is no SMTP: the sandbox's page. May be empty.
  std::string preview_url = {};
};

/// The message as it goes over the wire (RFC 5322, RFC 2045): UTF-8 text in base64, no header that a value could break,
/// no name that turns the order of reading.
std::string write_message(const mail& what, std::string_view from);

/// Sends it; blocking for up to half a minute. What went wrong as a sentence without address or secret, or empty.
/// Without TLS only this machine is spoken to: elsewhere smtp:// must offer STARTTLS.
std::string send_mail(const mail_options& how, const mail& what);

}  // namespace pulse::connectors
