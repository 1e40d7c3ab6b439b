// The Graph API's errors: one envelope and one set of codes for Facebook, Instagram and Threads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::meta {

/// What an error's envelope says.
struct graph_error {
  int code = 0;
  int subcode = 0;  // 0: none
  bool is_transient = false;
  std::string words;  // the platform's own, for quoting: what is meant for people, else the message
};

/// Nothing when the body is not an error of the Graph API.
std::optional<graph_error> read_error(const std::string& body);

/// Whether the error says that what was asked for is not there. The Graph API says the same of what may not be seen,
/// and has been seen to say it of what is there, so it never proves absence alone.
bool says_missing(const graph_error& error);

/// What the codes that all of Meta's platforms share mean.
enum class error_class {
  auth,          // the token is dead: the account must be connected again
  permission,    // the account or the app may not do this, or a person must act
  rate_limited,  // too many calls for now
  blocked,       // for posting too fast: a long pause, and no tight retries
  duplicate,     // the same was posted just before
  invalid,       // the request is refused as it is
  ended,         // the version of the API that the settings name is no longer served: nobody's post is at fault
  server,        // an error on Meta's side: whether the call was carried out is not said
};
error_class class_of(const graph_error& error);

/// What failed: a call that makes something public, or one that does not.
enum class step { harmless, publishing };

/// What a platform's own errors mean, before the common codes are looked at; nothing when it is none of its own.
using own_errors = std::function<std::optional<domain::outcome>(const graph_error&)>;

/// The outcome of a call that did not succeed: no whole reply, an error, or a reply that makes no sense. Never
/// `unknown` for a harmless step, which is `transient` instead. `platform` is the name for people.
domain::outcome problem_of(const egress_reply& reply, step which, std::string_view platform, base::timestamp now,
                           const own_errors& own = {});

}  // namespace pulse::connectors::meta
