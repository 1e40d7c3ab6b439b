// A bounded resource that no holder may take completely: connections, bytes of memory.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pulse::http::server {

/// A bounded amount. Each holder (a network) may hold as much as is then still free, so one alone gets half, two a
/// third each, and something is left for the next (the dynamic threshold of shared-memory switches, with alpha = 1). A
/// holder always gets the assured amount while anything is left. Thread-safe.
class fair_share {
 public:
  fair_share(std::size_t limit, std::size_t assured) : limit_(limit), assured_(assured) {}
  fair_share(const fair_share&) = delete;
  fair_share& operator=(const fair_share&) = delete;

  enum class answer { granted, used_up, share_used_up };

  /// `holder` "": a trusted proxy, which carries the traffic of many; only the total bounds it.
  answer take(std::string_view holder, std::size_t amount);
  void give_back(std::string_view holder, std::size_t amount);

  std::size_t held() const;

  /// One of them that was taken, given back at its end; it can be handed on. Not thread-safe by itself; `from` outlives
  /// it.
  class place {
   public:
    place() = default;
    place(fair_share& from, std::string holder) : from_(&from), holder_(std::move(holder)) {}
    ~place() {
      if (from_ != nullptr) from_->give_back(holder_, 1);
    }
    place(place&& other) noexcept
        : from_(std::exchange(other.from_, nullptr)), holder_(std::exchange(other.holder_, {})) {}
    place& operator=(place&& other) noexcept {
      std::swap(from_, other.from_);
      std::swap(holder_, other.holder_);
      return *this;
    }

   private:
    fair_share* from_ = nullptr;
    std::string holder_;
  };

  /// What one holds, given back at its end. Not thread-safe by itself; `from` outlives it.
  class claim {
   public:
    claim(fair_share& from, std::string holder) : from_(&from), holder_(std::move(holder)) {}
    ~claim() { hold(0); }
    claim(const claim&) = delete;
    claim& operator=(const claim&) = delete;

    /// Holds `amount` from now on, or, when more is not granted, what it has held. Less is always granted.
    answer hold(std::size_t amount);
    /// Changes the holder; only while nothing is held.
    void pass_to(std::string holder) { holder_ = std::move(holder); }
    std::size_t amount() const { return amount_; }

   private:
    fair_share* from_;
    std::string holder_;
    std::size_t amount_ = 0;
  };

 private:
  const std::size_t limit_;
  const std::size_t assured_;
  mutable std::mutex mutex_;
  std::size_t held_ = 0;
  std::unordered_map<std::string, std::size_t> by_holder_;  // of those that hold something
};

}  // namespace pulse::http::server
