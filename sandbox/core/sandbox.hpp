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

/// Bodies that its server must let through: images are uploaded.
inline constexpr std::size_t max_body_bytes = 16 * 1024 * 1024;

/// Every platform is found below its own name, `/x/2/tweets`, and where the paths do not collide also as on the real host.
///
/// Answers every request of a server with ONE thread: it has no locks, and order of arrival is order in the journal.
///
/// A request to a platform: arrives → a fault may strike → the platform decides and acts → one journal line `arrived`
/// with the decision is on disk → the answer, perhaps delayed or spoiled by the fault → one line `answered` as it is
/// handed to the server.
class sandbox {
 public:
  using response = http::server::response;
  using request = http::server::request;

  /// `clock` must outlive it.
  explicit sandbox(const base::clock& clock) : clock_(clock) {}

  /// Before `open`.
  void add(std::unique_ptr<platform> one) { platforms_.push_back(std::move(one)); }

  /// Opens the journal and makes the state of the earlier runs again. The problem as a sentence, or empty.
  std::string open(const std::string& journal_path);

  boost::asio::awaitable<response> answer(const request& incoming);

 private:
  boost::asio::awaitable<response> answer_for(platform& one, const request& incoming);
  response control(const request& incoming);
  response add_account(const request& incoming);
  response set_limits(const request& incoming);
  response add_fault(const request& incoming);
  response read_journal(const request& incoming) const;
  response add_mail(const request& incoming);
  response show_mails(const request& incoming) const;
  static response picture(const request& incoming);
  response state() const;

  /// Writes the line of an arrival; false when the disk refused.
  bool record_arrival(const platform& one, const request& incoming, base::timestamp arrived_at,
                      const std::string& account, const fault* struck, const verdict* what);
  void record_answer(std::uint64_t seq, const response& sent);
  void replay(const boost::json::object& line);
  platform* find(std::string_view name) const;

  const base::clock& clock_;
  std::vector<std::unique_ptr<platform>> platforms_;
  journal journal_;
  fault_list faults_;
  std::deque<boost::json::object> mails_;  // what the product would have sent, the newest first
  std::uint64_t last_seq_ = 0;             // of arrivals, across runs
};

/// What the server itself refuses (framing, limits), in a plain problem document.
http::server::response refusal(int status, std::string_view title, std::string_view detail,
                               std::string_view request_id);

}  // namespace pulse::sandbox
