// The settings that a platform has, as its description declares them, and the values that an installation gave.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/secure.hpp"

namespace pulse::domain {

/// What a setting of a platform may be.
enum class setting_kind {
  web_address,    // http or https, with a path perhaps; without a slash at the end
  secret,         // never shown
  text,           // one line
  scopes,         // words between spaces or commas
  year_month,     // 202609
  graph_version,  // v26.0
  yes_or_no,
};

/// One setting of a platform. Names are those of the environment; platforms of one provider may declare the same one.
struct platform_setting {
  std::string_view name;
  setting_kind kind = setting_kind::text;
  std::string_view sentence;
  std::string_view default_text{};  // "{NAME}" stands for the value of a setting declared earlier
  /// The default when SANDBOX_URL is given. Empty: `default_text`.
  std::string_view sandbox_text{};
};

/// The values in effect, by name.
class setting_values {
 public:
  void set(std::string_view name, std::string value) {
    values_.insert_or_assign(std::string{name}, base::secret{std::move(value)});
  }

  /// Empty for a setting that is not given and has no default, and for one that nobody declared.
  const std::string& operator[](std::string_view name) const {
    static const std::string none;
    const auto found = values_.find(name);
    return found == values_.end() ? none : found->second.reveal();
  }

 private:
  std::map<std::string, base::secret, std::less<>> values_;
};

}  // namespace pulse::domain
