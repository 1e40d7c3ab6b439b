// An account's comments below its own media.
#include "sandbox/core/verdicts.hpp"
#include "sandbox/instagram/errors.hpp"
#include "sandbox/instagram/instagram.hpp"

namespace pulse::sandbox::instagram {

using http::server::verb;

verdict instagram_platform::discuss(const http::server::request& request, const parameters& given,
                                    const std::string& id, const std::string& account, base::timestamp now) {
  const auto number = parse_id(id);
  const auto* published = number ? media_.find_medium(*number) : nullptr;
  if (published == nullptr || published->user_id != account)
    return refuse(no_such_object(http::server::to_string(request.method), id));
  if (request.method == verb::post) return comments_.add(given, id, account, "", now);
  if (request.method == verb::get) return comments_.list(given, id);
  return refuse(no_such_object(http::server::to_string(request.method), id));
}

comment_manners instagram_platform::manners() const {
  constexpr std::size_t most_characters = 2'200, largest_comment_page = 50;
  return {.most_characters = most_characters,
          .largest_page = largest_comment_page,
          .newest_first = true,
          .fields = {"id", "text", "timestamp", "username", "user"},
          // All comments are the account's own, because nobody else comments here.
          .show = [this](const comment& one, std::string_view field) -> boost::json::value {
            if (field == "text") return boost::json::value(one.text);
            if (field == "timestamp") return boost::json::value(seconds_text(one.at) + "+0000");
            if (field == "user") return boost::json::object{{"id", one.author}};
            const auto found = usernames_.find(one.author);
            return found == usernames_.end() ? boost::json::value{} : boost::json::value(found->second);
          }};
}

}  // namespace pulse::sandbox::instagram
