// Mails on the wire: the form of a message, and its delivery to a server.
#include "connectors/mail/mail.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include <catch2/catch.hpp>

using namespace pulse;
using namespace pulse::connectors;

namespace {

const mail sample{"0190", "jane@example.org", "Hello", "Line one\nLine \u00fcber zwei\n.\n",
                  base::timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}}};

/// A mail server for one mail, on a port of its own; it answers `to_data` when the text has come.
class one_mail_server {
 public:
  explicit one_mail_server(std::string to_data = "250 ok") : to_data_(std::move(to_data)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0);
    REQUIRE(::listen(listening_, 1) == 0);
    socklen_t size = sizeof here;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    thread_ = std::thread{[this] { serve(); }};
  }
  ~one_mail_server() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  /// What came; complete when sending has returned.
  std::string heard;

 private:
  void serve() {
    const int peer = ::accept(listening_, nullptr, nullptr);
    if (peer < 0) return;
    say(peer, "220 here");
    bool is_data = false;
    std::string line;
    for (char c = 0; ::recv(peer, &c, 1, 0) == 1;) {
      line += c;
      if (!line.ends_with("\r\n")) continue;
      heard += line;
      if (is_data) {
        if (line == ".\r\n") {
          is_data = false;
          say(peer, to_data_);
        }
      } else if (line.starts_with("DATA")) {
        is_data = true;
        say(peer, "354 go on");
      } else if (line.starts_with("QUIT")) {
        say(peer, "221 bye");
        break;
      } else {
        say(peer, "250 ok");
      }
      line.clear();
    }
    ::close(peer);
  }
  static void say(int peer, const std::string& what) {
    const auto line = what + "\r\n";
    (void)!::write(peer, line.data(), line.size());
  }

  std::string to_data_;
  int listening_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a message has the headers of a mail that a machine wrote, and text that survives any server") {
  const auto message = write_message(sample, "Pulse <pulse@example.org>");
  CHECK(message.find("Date: Sun, 22 Nov 2026 00:00:00 +0000\r\n") != message.npos);
  CHECK(message.find("From: Pulse <pulse@example.org>\r\nTo: <jane@example.org>\r\nSubject: Hello\r\n") !=
        message.npos);
  CHECK(message.find("Message-ID: <0190@example.org>\r\n") != message.npos);
  CHECK(message.find("Auto-Submitted: auto-generated\r\n") != message.npos);
  CHECK(message.find("\r\n\r\nTGluZSBvbmUKTGluZSDDvGJlciB6d2VpCi4K\r\n") != message.npos);
}

TEST_CASE("no subject breaks out of its header") {  // asvs: 1.3.11
  auto twisted = sample;
  twisted.subject = "Hello\r\nBcc: everybody@example.org";
  const auto message = write_message(twisted, "pulse@example.org");
  CHECK(message.find("Bcc:") == message.npos);
  twisted.subject = std::string(30, 'x') + " \u00fcber \U0001f426 " + std::string(60, 'y');
  const auto folded = write_message(twisted, "pulse@example.org");
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = folded.find("\r\n", at);
    CHECK(end - at <= 100);
    at = end + 2;
  }
}

TEST_CASE("a server accepts the mail, and a refusal is reported") {
  {
    one_mail_server server;
    CHECK(send_mail({base::secret{server.url()}, "Pulse <pulse@example.org>"}, sample) == "");
    CHECK(server.heard.find("MAIL FROM:<pulse@example.org>") != std::string::npos);
    CHECK(server.heard.find("RCPT TO:<jane@example.org>") != std::string::npos);
    CHECK(server.heard.find("TGluZSBvbmU") != std::string::npos);
  }
  one_mail_server refusing{"550 no"};
  CHECK(send_mail({base::secret{refusing.url()}, "pulse@example.org"}, sample).find("550") != std::string::npos);
  CHECK(send_mail({base::secret{"smtp://127.0.0.1:1"}, "pulse@example.org"}, sample) != "");
}

TEST_CASE("a name in a mail does not turn the order of what is read, neither in its subject nor in its text") {
  auto turned = sample;
  turned.subject = "\u202EHello\u202C";
  turned.text = "From \u2067Jane\u2069.\n";
  auto straight = sample;
  straight.subject = "Hello";
  straight.text = "From Jane.\n";
  CHECK(write_message(turned, "pulse@example.org") == write_message(straight, "pulse@example.org"));
}
