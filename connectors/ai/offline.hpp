// The provider of an installation without one: nothing leaves this machine, its texts are made up, and the same request
// gets the same answer. For development and tests; production refuses it.
#pragma once

#include <string>

#include "connectors/ai/provider.hpp"

namespace pulse::connectors::ai {

class offline_provider final : public provider {
 public:
  /// Every text that it makes begins with this.
  static constexpr std::string_view mark = "Offline text: ";

  /// Calls back before it returns. An object of the request's schema: texts are marked and quote some words of the
  /// first material that has letters (which ones follows from the whole request), words of an enum are its first,
  /// numbers the smallest, lists as short as they may be.
  void complete(request asked, callback done) override;

  std::string_view name() const override { return "offline"; }
  const std::string& default_model() const override { return model_; }
  bool is_stand_in() const override { return true; }
  /// It uses no tokens and costs nothing.
  estimate at_most(const request&) const override { return {}; }

 private:
  const std::string model_ = "offline";
};

}  // namespace pulse::connectors::ai
