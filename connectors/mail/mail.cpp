#include "connectors/mail/mail.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <boost/json.hpp>
#include <curl/curl.h>
#include <date/date.h>
#include <fmt/core.h>

#include "domain/explaining/sentence.hpp"

namespace pulse::connectors {

namespace {

constexpr long connect_timeout_s = 10;
constexpr long whole_timeout_s = 30;
constexpr std::size_t encoded_line = 76;

std::string to_base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string made;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    const auto count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j)
      three = three << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) made += j <= count ? alphabet[three >> (18 - 6 * j) & 63] : '=';
  }
  return made;
}

/// An encoded word (RFC 2047) for each piece, cut between characters.
std::string to_header_text(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (is_plain && text.size() < 60) return std::string{text};
  constexpr std::size_t piece_max = 40;
  std::string made;
  while (!text.empty()) {
    auto end = std::min(piece_max, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    if (!made.empty()) made += "\r\n ";
    made += fmt::format("=?UTF-8?B?{}?=", to_base64(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return made;
}

/// The address alone, of "Name <address>".
std::string_view address_of(std::string_view from) {
  const auto open = from.find('<');
  const auto close = from.find('>', open == from.npos ? 0 : open);
  return open == from.npos || close == from.npos ? from : from.substr(open + 1, close - open - 1);
}

bool is_own_host(std::string_view url) {
  auto host = url.substr(url.find("://") + 3);
  host = host.substr(0, host.find('/'));
  if (const auto at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
  for (const std::string_view own : {"localhost", "127.0.0.1", "[::1]"}) {
    if (host == own || (host.starts_with(own) && host[own.size()] == ':')) return true;
  }
  return false;
}

std::string to_date(base::timestamp at) {
  return date::format("%a, %d %b %Y %H:%M:%S +0000", std::chrono::floor<std::chrono::seconds>(at));
}

struct unsent {
  std::string_view left;
};

std::size_t next_piece(char* to, std::size_t size, std::size_t count, void* from) {
  auto& left = static_cast<unsent*>(from)->left;
  const auto taken = std::min(size * count, left.size());
  std::memcpy(to, left.data(), taken);
  left.remove_prefix(taken);
  return taken;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

struct end_handle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using handle = std::unique_ptr<CURL, end_handle>;
using lines = std::unique_ptr<curl_slist, end_handle>;

handle begin(const std::string& url) {
  handle made{curl_easy_init()};
  curl_easy_setopt(made.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(made.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(made.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps,http,https");
  curl_easy_setopt(made.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // and later
  curl_easy_setopt(made.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(made.get(), CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
  curl_easy_setopt(made.get(), CURLOPT_TIMEOUT, whole_timeout_s);
  curl_easy_setopt(made.get(), CURLOPT_WRITEFUNCTION, &ignore);
  return made;
}

std::string carry_out(CURL* what) {
  const auto result = curl_easy_perform(what);
  if (result == CURLE_OK) return "";
  long code = 0;
  curl_easy_getinfo(what, CURLINFO_RESPONSE_CODE, &code);
  std::string problem = curl_easy_strerror(result);
  if (code > 0) problem += fmt::format(" (the server answered {})", code);
  return problem;
}

std::string send_by_smtp(const mail_options& how, const mail& what) {
  const auto& url = how.smtp_url.reveal();
  const auto sending = begin(url);
  const auto message = write_message(what, how.from);
  const std::string sender{address_of(how.from)};
  const lines recipients{curl_slist_append(nullptr, what.recipient.c_str())};
  unsent from{message};
  curl_easy_setopt(sending.get(), CURLOPT_USE_SSL,
                   static_cast<long>(is_own_host(url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt(sending.get(), CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(sending.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(sending.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(sending.get(), CURLOPT_READFUNCTION, &next_piece);
  curl_easy_setopt(sending.get(), CURLOPT_READDATA, &from);
  return carry_out(sending.get());
}

std::string show(const mail_options& how, const mail& what) {
  const auto body = boost::json::serialize(boost::json::object{{"id", what.id},
                                                               {"from", how.from},
                                                               {"to", what.recipient},
                                                               {"subject", domain::in_reading_order(what.subject)},
                                                               {"text", domain::in_reading_order(what.text)}});
  const auto sending = begin(how.preview_url);
  const lines headers{curl_slist_append(nullptr, "content-type: application/json")};
  curl_easy_setopt(sending.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(sending.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(sending.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(sending.get(), CURLOPT_POSTFIELDS, body.c_str());
  return carry_out(sending.get());
}

}  // namespace

std::string write_message(const mail& what, std::string_view from) {
  const auto sender = address_of(from);
  const auto host = sender.substr(std::min(sender.find('@'), sender.size() - 1) + 1);
  std::string made;
  made += fmt::format("Date: {}\r\n", to_date(what.written_at));
  made += fmt::format("From: {}\r\n", from);
  made += fmt::format("To: <{}>\r\n", what.recipient);
  made += fmt::format("Subject: {}\r\n", to_header_text(domain::in_reading_order(what.subject)));
  made += fmt::format("Message-ID: <{}@{}>\r\n", what.id, host);
  // Asks mail servers for no automatic replies (RFC 3834).
  made += "Auto-Submitted: auto-generated\r\n";
  made += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const auto body = to_base64(domain::in_reading_order(what.text));
  for (std::size_t i = 0; i < body.size(); i += encoded_line) made += body.substr(i, encoded_line) + "\r\n";
  return made;
}

std::string send_mail(const mail_options& how, const mail& what) {
  if (!how.smtp_url.empty()) return send_by_smtp(how, what);
  if (!how.preview_url.empty()) return show(how, what);
  return "";
}

}  // namespace pulse::connectors
