// Organizations at LinkedIn and their administrators, who alone see the organizations' posts.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "sandbox/core/platform.hpp"
#include "sandbox/linkedin/content.hpp"

namespace pulse::sandbox::linkedin {

class organization_store {
 public:
  /// `number/vanity-name`; false for any other form.
  bool add(const std::string& text, const std::string& admin);
  bool administers(const std::string& member, const std::string& urn) const;

  bool owns(std::string_view path) const { return path == "/rest/organizations"; }
  /// `?q=vanityName&vanityName=…`
  verdict find(const http::server::request& request) const;
  /// `GET /rest/posts?q=author&author=…` of an organization.
  verdict list(const http::server::request& request, const std::string& member, const content_store& posts) const;

 private:
  std::map<std::string, std::string> numbers_;           // by vanity name
  std::map<std::string, std::set<std::string>> admins_;  // by URN
};

}  // namespace pulse::sandbox::linkedin
