// The two passes of a comment: write, review.
#pragma once

#include <memory>

#include "actors/engagement/commenting.hpp"

namespace pulse::actors {

class comment_writer final : public commenting {
 public:
  static constexpr int max_rounds = 3;

  /// `ai` outlives it and every call.
  explicit comment_writer(asking& ai) : ai_(ai) {}

  void write(comment_wanted wanted, std::function<void(comment_answer)> done) override;
  std::string_view provider() const override { return ai_.provider(); }
  bool is_stand_in() const override { return ai_.is_stand_in(); }

 private:
  struct round;  // one comment, through its rounds
  void begin_round(std::shared_ptr<round> one);
  void review(std::shared_ptr<round> one, std::string comment);
  void judge(std::shared_ptr<round> one, std::string comment, const boost::json::object& verdict);
  void go_on(std::shared_ptr<round> one, std::optional<domain::engagement::comment_fault> fault);

  asking& ai_;
};

}  // namespace pulse::actors
