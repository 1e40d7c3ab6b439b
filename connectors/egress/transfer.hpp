// One request as libcurl sees it: its options, what came back, and how far it got. Used by the egress client only, on
// its thread only.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "connectors/egress/egress.hpp"

namespace pulse::connectors {

/// Must stay where it is while libcurl runs it.
class transfer {
 public:
  transfer(egress_request request, egress::callback done);
  ~transfer();
  transfer(const transfer&) = delete;
  transfer& operator=(const transfer&) = delete;

  /// The deadline.
  std::chrono::steady_clock::time_point deadline() const { return deadline_; }
  /// Scheme, host and port as written: what the limit per host counts by.
  const std::string& host() const { return host_; }

  /// Why it can not be sent at all, as a sentence; empty when it can. `user_given` is how far a user's address may
  /// reach.
  std::string problem(reach user_given);
  /// Sets every option of a fresh or reset `handle`, which the transfer borrows until `finish`.
  void prepare(CURL* handle, const egress_options& options, const base::clock& clock);
  /// Called from any thread when a body that is read while it is sent may go on. Before `prepare`.
  void wake_by(std::function<void()> wake);
  /// Continues a body whose next bytes have been read.
  void go_on();
  /// Calls back with what `code` and the callbacks before it say.
  void finish(CURLcode code);
  /// Calls back for a request that libcurl never saw.
  void refuse(std::string sentence);
  /// Calls back for one that is cut off while it runs.
  void abandon(std::string sentence);

  CURL* handle() const { return handle_; }

 private:
  static int before_request(void* self, char* address, char*, int, int);
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  void send_body();
  static std::size_t next_piece(char* to, std::size_t size, std::size_t count, void* self);
  std::size_t next_of_stream(char* to, std::size_t room);
  static int seek_body(void* self, curl_off_t offset, int origin);
  static int on_debug(CURL*, curl_infotype what, char* data, std::size_t size, void* self);

  /// Whether more of the request may be handed over now; notes why not.
  bool may_go_on();
  bool has_body() const { return stream_ != nullptr || !request_.body.empty(); }
  bool repeatable() const { return request_.method == "GET" || request_.method == "HEAD"; }
  std::string sentence_of(CURLcode code) const;
  void call_back();

  egress_request request_;
  egress::callback done_;
  egress_reply reply_;
  std::string host_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point deadline_;
  const base::clock* clock_ = nullptr;
  reach user_given_ = reach::internet;
  CURL* handle_ = nullptr;
  curl_slist* header_lines_ = nullptr;
  int times_handed_over_ = 0;  // how often libcurl was about to write the request to a connection
  std::size_t header_bytes_ = 0;
  bool header_ended_ = false;     // of the last header that began
  bool guarded_ = false;          // the address guard refused a connection
  bool refused_by_text_ = false;  // the address is none that a user may give
  bool withheld_ = false;         // `may_send` said no
  bool late_ = false;             // the deadline had passed when more of the request was to be handed over
  bool would_repeat_ = false;     // libcurl wanted to send it again, and was not let
  bool too_large_ = false;
  std::unique_ptr<body_stream> stream_;
  bool is_paused_ = false;       // libcurl asks for more of the stream when it is told to
  bool is_stream_lost_ = false;  // it could not be read
  std::size_t body_given_ = 0;   // to libcurl
  std::size_t body_left_ = 0;    // what has left; counted only with failpoints
};

}  // namespace pulse::connectors
