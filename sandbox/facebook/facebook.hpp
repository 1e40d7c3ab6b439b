// The stand-in for Facebook: pages with posts and photos, and the login that Facebook and Instagram share (according to
// Facebook's documentation).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/instagram/comments.hpp"
#include "sandbox/instagram/instagram.hpp"
#include "sandbox/instagram/requests.hpp"

namespace pulse::sandbox::facebook {

/// Served below /facebook/ only, because its paths equal Instagram's. Strict about client errors: tokens, versions,
/// parameters, photos of another page or used already, texts that are too long, and the same text twice in a row.
class facebook_platform final : public platform {
 public:
  /// `instagram` has the pages' accounts; it outlives this.
  explicit facebook_platform(instagram::instagram_platform& instagram) : instagram_(instagram) {}

  std::string_view name() const override { return "facebook"; }
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;

  /// `{"user_id": "<the page's id>", "username": "acme", "name": "Acme"}` with the page's token.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  /// The person who signs in on the consent page.
  static constexpr std::string_view person = "10220000000000001";

  struct page {
    std::string id;
    std::string username;
    std::string name;
    std::string token;  // made when the page is first listed
  };
  struct photo {
    std::string page_id;
    std::string url;
    std::string alt_text;
    bool is_used = false;
  };
  /// An upload of a film, and the resulting film.
  struct film {
    std::string page_id;
    std::string session;
    std::int64_t bytes = 0;
    std::int64_t taken = 0;
    std::uint32_t checksum = 0;  // CRC-32 of all received bytes
    std::int64_t last_start = -1;
    std::uint32_t last_checksum = 0;  // of the last piece
    bool is_finished = false;
  };
  struct post {
    std::string id;
    std::string page_id;
    std::string message;
    std::vector<std::string> photos;
    base::timestamp created_at;
  };
  using parameters = instagram::parameters;

  verdict log_in(const http::server::request& request, const std::string& path, base::timestamp now);
  verdict exchange(const http::server::request& request, base::timestamp now);
  verdict carry_out(const http::server::request& request, const std::string& account, std::string_view path,
                    base::timestamp now);
  verdict list_pages();
  verdict forget_person();
  verdict create_post(const parameters& given, const std::string& page_id, base::timestamp now);
  verdict create_photo(const parameters& given, const std::string& page_id);
  verdict upload_film(const http::server::request& request, const std::string& page_id, base::timestamp now);
  verdict begin_film(const parameters& given, const std::string& page_id);
  verdict take_piece(const http::server::request& request, const std::string& page_id);
  verdict finish_film(const parameters& given, const std::string& page_id, base::timestamp now);
  film* find_film(std::string_view session, const std::string& page_id);
  verdict list_posts(const parameters& given, const std::string& page_id) const;
  verdict read_post(const std::string& id, const std::string& account) const;
  verdict remove_post(const std::string& id, const std::string& account);
  verdict discuss(const http::server::request& request, const parameters& given, const std::string& id,
                  const std::string& account, base::timestamp now);
  instagram::comment_manners manners() const;
  verdict edit_post(const std::string& id, const parameters& given, const std::string& account);
  void make_demo_page();
  const post* find(const std::string& id) const;

  instagram::instagram_platform& instagram_;
  std::map<std::string, page> pages_;
  std::map<std::string, std::string> accounts_by_token_;  // hash → the page's id, or the person's
  std::map<std::string, photo> photos_;
  std::map<std::string, film> films_;  // unfinished ones are in memory only: after a restart a client begins again
  std::vector<post> posts_;            // oldest first
  instagram::comment_store comments_{manners()};
  std::uint64_t last_id_ = 122'000'000'000'000'000;
  oauth_desk desk_{{.platform = "Facebook",
                    .authorize_path = "/dialog/oauth",
                    .token_path = "/oauth/access_token",
                    .client_id = "sandbox-meta-app",
                    .client_secret = "sandbox-meta-secret",
                    .code_life = std::chrono::minutes{10},
                    .access_life = std::chrono::hours{1}}};
};

}  // namespace pulse::sandbox::facebook
