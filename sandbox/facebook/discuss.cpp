// A page's comments below its posts.
#include "sandbox/core/verdicts.hpp"
#include "sandbox/facebook/facebook.hpp"
#include "sandbox/instagram/errors.hpp"

namespace pulse::sandbox::facebook {

using http::server::verb;

verdict facebook_platform::discuss(const http::server::request& request, const parameters& given, const std::string& id,
                                   const std::string& account, base::timestamp now) {
  const auto* found = find(id);
  const bool is_own = found != nullptr && found->page_id == account;
  if (is_own && request.method == verb::post)
    return comments_.add(given, id, account, id.substr(id.find('_') + 1) + "_", now);
  if (is_own && request.method == verb::get) return comments_.list(given, id);
  return refuse(instagram::no_such_object(http::server::to_string(request.method), id));
}

instagram::comment_manners facebook_platform::manners() const {
  constexpr std::size_t most_characters = 8'000, largest_page = 100;
  return {.most_characters = most_characters,
          .largest_page = largest_page,
          .newest_first = false,
          .fields = {"id", "message", "created_time", "from"},
          .show = [this](const instagram::comment& one, std::string_view field) -> boost::json::value {
            if (field == "message") return boost::json::value(one.text);
            if (field == "created_time") return boost::json::value(seconds_text(one.at) + "+0000");
            const auto found = pages_.find(one.author);
            return boost::json::object{{"id", one.author}, {"name", found == pages_.end() ? "" : found->second.name}};
          }};
}

}  // namespace pulse::sandbox::facebook
