#include "connectors/egress/egress.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include <curl/curl.h>

#include "connectors/egress/timer_queue.hpp"
#include "connectors/egress/transfer.hpp"

namespace pulse::connectors {

namespace {

constexpr std::size_t max_idle_handles = 64;
constexpr int poll_idle_ms = 1'000;
constexpr int poll_queued_ms = 20;  // how often waiting requests are looked through for a deadline that passed
constexpr const char* stopping_sentence = "The service is stopping.";

}  // namespace

class egress::impl {
 public:
  impl(egress_options options, const base::clock& clock) : options_(std::move(options)), clock_(clock) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(options_.in_flight));
    waker_ = std::make_shared<stream_waker>(multi_);
    thread_ = std::thread([this] { run(); });
  }

  ~impl() {
    stop();
    waker_->forget();
    curl_multi_cleanup(multi_);
    curl_global_cleanup();
  }

  void send(egress_request request, callback done) {
    auto one = std::make_unique<transfer>(std::move(request), std::move(done));
    {
      const std::lock_guard lock{mutex_};
      if (!stopping_) {
        arrived_.push_back(std::move(one));
      }
    }
    if (one) return one->refuse(stopping_sentence);
    curl_multi_wakeup(multi_);
  }

  void after(std::chrono::milliseconds delay, std::function<void()> then) {
    {
      const std::lock_guard lock{mutex_};
      if (!stopping_) timers_.add(std::chrono::steady_clock::now() + delay, std::exchange(then, nullptr));
    }
    if (then) return then();
    curl_multi_wakeup(multi_);
  }

  void stop() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    curl_multi_wakeup(multi_);
    if (thread_.joinable()) thread_.join();
  }

 private:
  using pointer = std::unique_ptr<transfer>;

  /// Called by whoever reads a body for a request, also after the client is gone.
  class stream_waker {
   public:
    explicit stream_waker(CURLM* multi) : multi_(multi) {}
    void wake() {
      const std::lock_guard lock{mutex_};
      is_called_ = true;
      if (multi_ != nullptr) curl_multi_wakeup(multi_);
    }
    /// Whether it was called since it was asked last.
    bool take() {
      const std::lock_guard lock{mutex_};
      return std::exchange(is_called_, false);
    }
    void forget() {
      const std::lock_guard lock{mutex_};
      multi_ = nullptr;
    }

   private:
    std::mutex mutex_;
    CURLM* multi_;
    bool is_called_ = false;
  };

  struct host_lane {
    std::deque<pointer> waiting;
    std::size_t in_flight = 0;
    bool in_turn = false;  // stands in `turns_`
  };

  void run() {
    sigset_t all;
    sigfillset(&all);  // OpenSSL writes without MSG_NOSIGNAL; and the program's signals are for its main thread
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    pthread_setname_np(pthread_self(), "egress");
    while (take_arrived()) {
      const int until_timer_ms = call_due_timers();
      expire_waiting();
      start_waiting();
      if (waker_->take()) {
        for (const auto& one : running_) one->go_on();
      }
      int running = 0;
      curl_multi_perform(multi_, &running);
      if (collect_finished() && waiting_ > 0) continue;  // a place became free
      curl_multi_poll(multi_, nullptr, 0, std::min(until_timer_ms, waiting_ > 0 ? poll_queued_ms : poll_idle_ms),
                      nullptr);
    }
    end_all();
  }

  /// Queues what `send` left; false when it is time to end.
  bool take_arrived() {
    std::vector<pointer> arrived;
    bool stopping = false;
    {
      const std::lock_guard lock{mutex_};
      arrived.swap(arrived_);
      stopping = stopping_;
    }
    for (auto& one : arrived) {
      if (auto problem = one->problem(options_.user_given); !problem.empty()) {
        one->refuse(std::move(problem));
      } else if (waiting_ >= options_.queue) {
        one->refuse("Too many requests are waiting to be sent.");
      } else {
        auto& lane = lanes_[one->host()];
        lane.waiting.push_back(std::move(one));
        ++waiting_;
        if (!std::exchange(lane.in_turn, true)) turns_.push_back(lane.waiting.back()->host());
      }
    }
    return !stopping;
  }

  /// Milliseconds until the next timer, at most `poll_idle_ms`.
  int call_due_timers() {
    using clock = std::chrono::steady_clock;
    std::unique_lock lock{mutex_};
    const auto due = timers_.take_due(clock::now());
    lock.unlock();
    for (const auto& then : due) then();
    lock.lock();
    const auto next = timers_.next();
    if (!next) return poll_idle_ms;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, poll_idle_ms));
  }

  /// Answers those whose deadline passed while they waited. Skipped while it was done a moment ago: it reads the whole
  /// queue.
  void expire_waiting() {
    const auto now = std::chrono::steady_clock::now();
    if (waiting_ == 0 || now < next_expiry_) return;
    next_expiry_ = now + std::chrono::milliseconds{poll_queued_ms};
    std::vector<pointer> expired;
    for (auto& [host, lane] : lanes_) {
      const auto late = std::stable_partition(lane.waiting.begin(), lane.waiting.end(),
                                              [now](const pointer& one) { return one->deadline() > now; });
      std::move(late, lane.waiting.end(), std::back_inserter(expired));
      lane.waiting.erase(late, lane.waiting.end());
    }
    waiting_ -= expired.size();
    for (auto& one : expired) one->refuse("No connection became free in time.");
  }

  /// Starts waiting requests, one a host in turn, so that a host with a long queue does not hold up the others.
  void start_waiting() {
    std::deque<std::string> full;
    while (!turns_.empty() && running_.size() < options_.in_flight) {
      auto host = std::move(turns_.front());
      turns_.pop_front();
      auto& lane = lanes_[host];
      if (lane.in_flight >= options_.in_flight_per_host) {
        full.push_back(std::move(host));
        continue;
      }
      if (!lane.waiting.empty()) start(lane);
      if (!lane.waiting.empty()) {
        turns_.push_back(std::move(host));
      } else {
        lane.in_turn = false;
        forget_if_idle(host);
      }
    }
    std::move(full.begin(), full.end(), std::back_inserter(turns_));
  }

  void start(host_lane& lane) {
    pointer one = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    --waiting_;
    CURL* handle = take_handle();
    one->wake_by([waker = waker_] { waker->wake(); });
    one->prepare(handle, options_, clock_);
    if (curl_multi_add_handle(multi_, handle) != CURLM_OK) {
      give_back(handle);
      return one->refuse("The request could not be started.");
    }
    ++lane.in_flight;
    running_.insert(std::move(one));
  }

  /// Calls back for every transfer that ended; true when there was one.
  bool collect_finished() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const auto code = message->data.result;  // `message` is gone once its handle is removed
      char* self = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
      auto one = release(reinterpret_cast<transfer*>(self));
      one->finish(code);
      give_back(one->handle());
      any = true;
    }
    return any;
  }

  /// Takes a transfer away from libcurl and out of the counts.
  pointer release(transfer* which) {
    auto node = running_.extract(running_.find(which));
    auto one = std::move(node.value());
    curl_multi_remove_handle(multi_, one->handle());
    --lanes_[one->host()].in_flight;
    forget_if_idle(one->host());
    return one;
  }

  void forget_if_idle(const std::string& host) {
    const auto lane = lanes_.find(host);
    if (lane == lanes_.end() || lane->second.in_turn) return;
    if (lane->second.in_flight == 0 && lane->second.waiting.empty()) lanes_.erase(lane);
  }

  void end_all() {
    while (!running_.empty()) {
      auto one = release(running_.begin()->get());
      one->abandon(stopping_sentence);
      give_back(one->handle());
    }
    for (auto& [host, lane] : std::exchange(lanes_, {})) {
      for (auto& one : lane.waiting) one->refuse(stopping_sentence);
    }
    std::unique_lock lock{mutex_};
    const auto left = timers_.take_due(std::chrono::steady_clock::time_point::max());
    lock.unlock();
    for (const auto& then : left) then();
    for (CURL* handle : idle_) curl_easy_cleanup(handle);
    idle_.clear();
  }

  CURL* take_handle() {
    if (idle_.empty()) return curl_easy_init();
    CURL* handle = idle_.back();
    idle_.pop_back();
    return handle;
  }

  void give_back(CURL* handle) {
    if (idle_.size() >= max_idle_handles) return curl_easy_cleanup(handle);
    curl_easy_reset(handle);
    idle_.push_back(handle);
  }

  /// Lets a transfer be found by its address.
  struct by_address {
    using is_transparent = void;
    static const transfer* address(const pointer& one) { return one.get(); }
    static const transfer* address(const transfer* one) { return one; }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return std::less<const transfer*>{}(address(a), address(b));
    }
  };

  const egress_options options_;
  const base::clock& clock_;
  CURLM* multi_ = nullptr;
  std::shared_ptr<stream_waker> waker_;

  std::mutex mutex_;  // guards the next three
  std::vector<pointer> arrived_;
  timer_queue timers_;
  bool stopping_ = false;

  // Of the thread alone:
  std::map<std::string, host_lane> lanes_;
  std::deque<std::string> turns_;  // hosts whose waiting requests are looked at next, each once
  std::size_t waiting_ = 0;
  std::set<pointer, by_address> running_;
  std::vector<CURL*> idle_;
  std::chrono::steady_clock::time_point next_expiry_{};

  std::thread thread_;
};

egress::egress(egress_options options, const base::clock& clock)
    : impl_(std::make_unique<impl>(std::move(options), clock)) {}
egress::~egress() = default;

void egress::send(egress_request request, callback done) { impl_->send(std::move(request), std::move(done)); }
void egress::after(std::chrono::milliseconds delay, std::function<void()> then) {
  impl_->after(delay, std::move(then));
}
void egress::stop() { impl_->stop(); }

}  // namespace pulse::connectors
