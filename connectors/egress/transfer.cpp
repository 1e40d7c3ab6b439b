#include "connectors/egress/transfer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/failpoint.hpp"
#include "connectors/egress/address_guard.hpp"

namespace pulse::connectors {

namespace {

constexpr std::size_t max_header_bytes = 64 * 1024;
constexpr std::size_t max_url_bytes = 8 * 1024;
/// A body up to this leaves together with its header: a socket that nothing waits in takes both at once.
constexpr std::size_t max_undivided_body_bytes = 4 * 1024;

constexpr std::string_view token_marks = "!#$%&'*+-.^_`|~";  // RFC 9110 §5.6.2

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           token_marks.find(c) != std::string_view::npos;
  });
}

bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// "https://api.x.com" of "https://api.x.com/2/tweets".
std::string host_of(const std::string& url) {
  const auto scheme = url.find("://");
  return url.substr(0, url.find_first_of("/?#", scheme == std::string::npos ? 0 : scheme + 3));
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

template <class T>
void set(CURL* handle, CURLoption option, T value) {
  curl_easy_setopt(handle, option, value);
}

}  // namespace

std::optional<std::string_view> egress_reply::find(std::string_view name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [name](const auto& header) { return header.name == name; });
  if (found == headers.end()) return std::nullopt;
  return std::string_view{found->value};
}

transfer::transfer(egress_request request, egress::callback done)
    : request_(std::move(request)),
      done_(std::move(done)),
      host_(host_of(request_.url)),
      begun_(std::chrono::steady_clock::now()),
      deadline_(begun_ + request_.timeout) {}

void transfer::wake_by(std::function<void()> wake) {
  if (request_.stream) stream_ = std::make_unique<body_stream>(request_.stream, std::move(wake));
}

void transfer::go_on() {
  if (!is_paused_ || !stream_->may_go_on()) return;
  is_paused_ = false;
  curl_easy_pause(handle_, CURLPAUSE_CONT);
}

transfer::~transfer() { curl_slist_free_all(header_lines_); }

std::string transfer::problem(reach user_given) {
  if (!is_token(request_.method)) return "The method of the request is not valid.";
  if (request_.url.size() > max_url_bytes)
    return "The address is longer than " + std::to_string(max_url_bytes) + " bytes.";
  if (repeatable() && (request_.stream || !request_.body.empty()))
    return "A " + request_.method + " request carries no body.";
  if (!is_one_line(request_.url)) return "The address is not a valid URL.";
  for (const auto& header : request_.headers) {
    if (!is_token(header.name) || !is_one_line(header.value)) return "A header of the request is not valid.";
  }
  if (request_.address == trust::platform) return "";
  auto wrong = user_url_problem(request_.url, user_given);
  refused_by_text_ = wrong.has_value();
  return std::move(wrong).value_or("");
}

void transfer::prepare(CURL* handle, const egress_options& options, const base::clock& clock) {
  handle_ = handle;
  clock_ = &clock;
  user_given_ = options.user_given;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  const auto left_ms = std::max<long>(1, left.count());  // 0 would mean "for ever" to libcurl
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_QUICK_EXIT, 1L);  // a resolver that hangs must not hold up the thread that drops its transfer
  set(handle, CURLOPT_URL, request_.url.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // and later
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  // A connection carries one request at a time: what of it has left is known, and nothing of it waits for another's
  // window.
  set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
  set(handle, CURLOPT_TIMEOUT_MS, left_ms);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, std::min<long>(left_ms, options.connect_timeout.count()));
  set(handle, CURLOPT_MAXAGE_CONN, static_cast<long>(options.keep_idle.count()));
  set(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  set(handle, CURLOPT_PREREQFUNCTION, &transfer::before_request);
  set(handle, CURLOPT_PREREQDATA, this);
  set(handle, CURLOPT_OPENSOCKETFUNCTION, &transfer::open_socket);
  set(handle, CURLOPT_OPENSOCKETDATA, this);
  set(handle, CURLOPT_HEADERFUNCTION, &transfer::on_header);
  set(handle, CURLOPT_HEADERDATA, this);
  set(handle, CURLOPT_WRITEFUNCTION, &transfer::on_body);
  set(handle, CURLOPT_WRITEDATA, this);
  set(handle, CURLOPT_PRIVATE, this);
  if (request_.address == trust::user_given) {
    // Never over a connection that the guard has not seen opened, and none is left behind for anyone else.
    set(handle, CURLOPT_FRESH_CONNECT, 1L);
    set(handle, CURLOPT_FORBID_REUSE, 1L);
  }
  if (request_.method == "HEAD") {
    set(handle, CURLOPT_NOBODY, 1L);
  } else if (request_.method == "POST" || has_body()) {
    const auto size = stream_ ? request_.stream->size() : static_cast<std::int64_t>(request_.body.size());
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
    send_body();
  }
  if (request_.method != "GET" && request_.method != "HEAD" && request_.method != "POST") {
    set(handle, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
  for (const auto& header : request_.headers) {
    // "name;" is how libcurl is told to send a header without a value.
    const auto line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
    header_lines_ = curl_slist_append(header_lines_, line.c_str());
  }
  header_lines_ = curl_slist_append(header_lines_, "Expect:");  // a 417 to it would make libcurl send the request again
  set(handle, CURLOPT_HTTPHEADER, header_lines_);
}

/// A small body leaves in one piece with its header, right after `before_request`. A larger one is handed over piece by
/// piece, each asked for: a process that was stopped in the middle must not send the rest after the deadline, when
/// others believe that it is not there. With failpoints the first piece is half of it, however small it is, so that it
/// has a middle, and libcurl tells what has left.
void transfer::send_body() {
  set(handle_, CURLOPT_POST, 1L);
  if (!stream_ && request_.body.size() <= max_undivided_body_bytes && !base::are_failpoints_armed())
    return set(handle_, CURLOPT_POSTFIELDS, request_.body.data());
  set(handle_, CURLOPT_READFUNCTION, &transfer::next_piece);
  set(handle_, CURLOPT_READDATA, this);
  set(handle_, CURLOPT_SEEKFUNCTION, &transfer::seek_body);
  set(handle_, CURLOPT_SEEKDATA, this);
  if (stream_ || !base::are_failpoints_armed()) return;
  set(handle_, CURLOPT_VERBOSE, 1L);
  set(handle_, CURLOPT_DEBUGFUNCTION, &transfer::on_debug);
  set(handle_, CURLOPT_DEBUGDATA, this);
}

std::size_t transfer::next_piece(char* to, std::size_t size, std::size_t count, void* self) {
  auto& me = *static_cast<transfer*>(self);
  if (me.stream_) return me.next_of_stream(to, size * count);
  const auto& body = me.request_.body;
  const auto left = body.size() - me.body_given_;
  if (left == 0) return 0;
  if (!me.may_go_on()) return CURL_READFUNC_ABORT;
  const bool is_first_half = base::are_failpoints_armed() && me.body_given_ == 0 && left > 1;
  const auto given = std::min(is_first_half ? left / 2 : left, size * count);
  std::copy_n(body.data() + me.body_given_, given, to);
  me.body_given_ += given;
  return given;
}

std::size_t transfer::next_of_stream(char* to, std::size_t room) {
  if (!may_go_on()) return CURL_READFUNC_ABORT;
  const auto got = stream_->next(to, room);
  switch (got.what) {
    case body_stream::step::given: return got.bytes;
    case body_stream::step::paused: is_paused_ = true; return CURL_READFUNC_PAUSE;
    case body_stream::step::failed: is_stream_lost_ = true; return CURL_READFUNC_ABORT;
  }
  return CURL_READFUNC_ABORT;
}

/// libcurl winds the body back before it would send the request again, and fails when it cannot, before
/// `before_request` has seen it: so it can, and is stopped there.
int transfer::seek_body(void* self, curl_off_t offset, int origin) {
  auto& me = *static_cast<transfer*>(self);
  if (me.stream_ && origin == SEEK_SET && offset >= 0 && offset <= me.request_.stream->size()) {
    me.stream_->seek(offset);
    return CURL_SEEKFUNC_OK;
  }
  const bool is_within = offset >= 0 && static_cast<std::size_t>(offset) <= me.request_.body.size();
  if (origin != SEEK_SET || !is_within) return CURL_SEEKFUNC_CANTSEEK;
  me.body_given_ = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

bool transfer::may_go_on() {
  withheld_ = request_.may_send && !request_.may_send();
  // Read last: a process may be stopped at any instruction, also while the lease was asked for.
  late_ = std::chrono::steady_clock::now() >= deadline_;
  return !withheld_ && !late_;
}

int transfer::on_debug(CURL*, curl_infotype what, char*, std::size_t size, void* self) {
  auto& me = *static_cast<transfer*>(self);
  if (what != CURLINFO_DATA_OUT || size == 0) return 0;
  me.body_left_ += size;
  if (me.body_left_ < me.request_.body.size()) base::reach(base::failpoint::mid_body);
  if (me.body_left_ == me.request_.body.size()) base::reach(base::failpoint::sent);
  return 0;
}

/// libcurl calls this each time it is about to write the request to a connection. It does so again, by itself and also
/// for a POST, when a reused connection dies before a byte of the reply came (curl 7.88 lib/transfer.c,
/// Curl_retry_request). The first server may have acted by then, so only what is harmless to repeat is let through a
/// second time.
int transfer::before_request(void* self, char* address, char*, int, int) {
  auto& me = *static_cast<transfer*>(self);
  if (me.has_body()) base::reach(base::failpoint::connected);
  if (me.request_.address == trust::user_given) {
    const auto target = parse_address(address);
    me.guarded_ = !target || !may_reach(*target, me.user_given_);
    if (me.guarded_) return CURL_PREREQFUNC_ABORT;
  }
  if (me.times_handed_over_ > 0 && !me.repeatable()) {
    me.would_repeat_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  if (!me.may_go_on()) return CURL_PREREQFUNC_ABORT;
  if (me.times_handed_over_++ == 0) me.reply_.first_byte_at = me.clock_->now();
  return CURL_PREREQFUNC_OK;
}

/// Every connection begins here with the address that the one resolution gave, so that what is judged is what is
/// connected to.
curl_socket_t transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& me = *static_cast<transfer*>(self);
  if (me.request_.address == trust::user_given) {
    const auto target = address_of(&address->addr);
    if (!target || !may_reach(*target, me.user_given_)) {
      me.guarded_ = true;
      return CURL_SOCKET_BAD;
    }
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& me = *static_cast<transfer*>(self);
  const std::string_view line{data, size * count};
  me.header_bytes_ += line.size();
  if (me.header_bytes_ > max_header_bytes) {
    me.too_large_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {  // also after a 1xx: what came before was not the reply
    me.reply_.headers.clear();
    me.header_ended_ = false;
    return line.size();
  }
  if (trim(line).empty()) me.header_ended_ = true;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  egress_header header{std::string{trim(line.substr(0, colon))}, std::string{trim(line.substr(colon + 1))}};
  for (char& c : header.name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  me.reply_.headers.push_back(std::move(header));
  return line.size();
}

std::size_t transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& me = *static_cast<transfer*>(self);
  if (me.reply_.body.size() + size * count > me.request_.max_response_bytes) {
    me.too_large_ = true;
    return 0;
  }
  me.reply_.body.append(data, size * count);
  return size * count;
}

std::string transfer::sentence_of(CURLcode code) const {
  if (guarded_) return std::string{not_reached};
  if (withheld_) return "This node may no longer send.";
  if (is_stream_lost_) return "What was to be sent could not be read to its end.";
  if (would_repeat_) return "The connection ended before a reply came.";
  if (late_) code = CURLE_OPERATION_TIMEDOUT;
  if (too_large_) return "The reply is larger than " + std::to_string(request_.max_response_bytes) + " bytes.";
  switch (static_cast<int>(code)) {  // libcurl adds codes with every release
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return "The address is not a valid URL.";
    case CURLE_COULDNT_RESOLVE_HOST:
      return request_.address == trust::user_given ? std::string{not_reached} : "The host name could not be resolved.";
    case CURLE_COULDNT_CONNECT: return "The connection could not be made.";
    case CURLE_OPERATION_TIMEDOUT:
      return times_handed_over_ > 0 ? "No complete reply came in time." : "The connection could not be made in time.";
    case CURLE_PEER_FAILED_VERIFICATION: return "The server's certificate is not valid.";
    case CURLE_SSL_CONNECT_ERROR: return "The secure connection could not be made.";
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return "The connection ended before a reply came.";
    case CURLE_PARTIAL_FILE: return "The connection ended in the middle of the reply.";
    default: return std::string{"The request failed: "} + curl_easy_strerror(code) + ".";
  }
}

void transfer::finish(CURLcode code) {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  reply_.status = static_cast<int>(status);
  if (code == CURLE_OK && header_ended_) {
    reply_.how_far = progress::complete;
    return call_back();
  }
  // libcurl takes a connection that ends within the header for the end of a reply without a body.
  abandon(sentence_of(code == CURLE_OK ? CURLE_PARTIAL_FILE : code));
}

void transfer::abandon(std::string sentence) {
  reply_.how_far = times_handed_over_ > 0 ? progress::bytes_may_have_left : progress::no_byte_sent;
  reply_.error = std::move(sentence);
  call_back();
}

void transfer::refuse(std::string sentence) {
  reply_.how_far = progress::no_byte_sent;
  reply_.error = std::move(sentence);
  call_back();
}

void transfer::call_back() {
  reply_.address_refused = refused_by_text_;
  reply_.too_large = too_large_;
  reply_.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun_);
  try {
    done_(std::move(reply_));
  } catch (const std::exception& failure) {
    spdlog::error("A callback of the egress client threw, which it must not: {}", failure.what());
  }
}

}  // namespace pulse::connectors
