// The sandbox: platforms behind one HTTP server, with the journal, the faults and the control API under /_sandbox/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/time.hpp"
#include "http/server/message.hpp"
#include "sandbox/core/faults.hpp"
#include "sandbox/core/journal.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox {

/// The server must accept bodies of this size, because images are uploaded.
inline constexpr std::size_t max_body_bytes = 16 * 1024 * 1024;

/// Every platform is served below its own name, `/x/2/tweets`, and, where paths do not collide, also as on the real
/// host.
///
/// One thread answers all requests of a server: there are no locks, and the order of arrival is the order in the
/// journal.
///
/// The steps of a request to a platform: it arrives; a fault may strike; the platform decides and acts; a journal line
/// `arrived` with the decision is on disk; the answer is made, perhaps delayed or changed by the fault; a line
/// `answered` is written as the server gets it.
class sandbox {
 public:
  using response = http::server::response;

  /// `clock` must outlive it.
  explicit sandbox(const base::clock& clock) : clock_(clock) {}

  /// Call it before `open`.
  void add(std::unique_ptr<platform> one) { platforms_.push_back(std::move(one)); }

  /// Opens the journal and rebuilds the state of earlier runs. Returns the problem as a sentence, or empty.
  std::string open(const std::string& journal_path);

  boost::asio::awaitable<response> answer(const http::server::request& incoming);

 private:
  boost::asio::awaitable<response> answer_for(platform& one, const http::server::request& incoming);
  response control(const http::server::request& incoming);
  response add_account(const http::server::request& incoming);
  response set_limits(const http::server::request& incoming);
  response add_fault(const http::server::request& incoming);
  response read_journal(const http::server::request& incoming) const;
  response add_mail(const http::server::request& incoming);
  response show_mails(const http::server::request& incoming) const;
  static response picture(const http::server::request& incoming);
  response state() const;

  /// Writes the journal line of an arrival; false if writing failed.
  bool record_arrival(const platform& one, const http::server::request& incoming, base::timestamp arrived_at,
                      const std::string& account, const fault* struck, const verdict* what);
  void record_answer(std::uint64_t seq, const response& sent);
  void replay(const boost::json::object& line);
  platform* find(std::string_view name) const;

  const base::clock& clock_;
  std::vector<std::unique_ptr<platform>> platforms_;
  journal journal_;
  fault_list faults_;
  std::deque<boost::json::object> mails_;  // mails that Pulse would have sent, newest first
  std::uint64_t last_seq_ = 0;             // the last number of an arrival, across runs
};

/// Refusals by the server itself (framing, limits), as a plain problem document.
http::server::response refusal(int status, std::string_view title, std::string_view detail,
                               std::string_view request_id);

}  // namespace pulse::sandbox
