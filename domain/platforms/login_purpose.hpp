// The purpose of a login at a platform: its tokens are used for nothing else.
#pragma once

#include <boost/describe.hpp>

namespace pulse::domain {

/// `publish`: channels of the company may be made of its accounts. `engage`: a member likes and comments as themselves;
/// no channel can be made of it, whoever asks.
enum class login_purpose { publish, engage };
BOOST_DESCRIBE_ENUM(login_purpose, publish, engage)

}  // namespace pulse::domain
