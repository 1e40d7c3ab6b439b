#include "sandbox/all.hpp"

#include <utility>

#include "sandbox/ai/chat.hpp"
#include "sandbox/bluesky/bluesky.hpp"
#include "sandbox/facebook/facebook.hpp"
#include "sandbox/instagram/instagram.hpp"
#include "sandbox/linkedin/linkedin.hpp"
#include "sandbox/mastodon/mastodon.hpp"
#include "sandbox/oidc/oidc.hpp"
#include "sandbox/pinterest/pinterest.hpp"
#include "sandbox/s3/s3.hpp"
#include "sandbox/threads/threads.hpp"
#include "sandbox/tiktok/tiktok.hpp"
#include "sandbox/x/x.hpp"

namespace pulse::sandbox {

std::vector<std::unique_ptr<platform>> all_platforms() {
  auto instagram = std::make_unique<instagram::instagram_platform>();
  auto facebook = std::make_unique<facebook::facebook_platform>(*instagram);  // one login for both
  std::vector<std::unique_ptr<platform>> all;
  all.push_back(std::make_unique<x::x_platform>());
  all.push_back(std::make_unique<linkedin::linkedin_platform>());
  all.push_back(std::move(instagram));
  all.push_back(std::move(facebook));
  all.push_back(std::make_unique<threads::threads_platform>());
  all.push_back(std::make_unique<mastodon::mastodon_platform>());
  all.push_back(std::make_unique<bluesky::bluesky_platform>());
  all.push_back(std::make_unique<pinterest::pinterest_platform>());
  all.push_back(std::make_unique<tiktok::tiktok_platform>());
  all.push_back(std::make_unique<ai::chat_platform>(ai::protocol::openai));
  all.push_back(std::make_unique<ai::chat_platform>(ai::protocol::openrouter));
  all.push_back(std::make_unique<oidc::oidc_platform>());
  all.push_back(std::make_unique<s3::s3_platform>());
  return all;
}

}  // namespace pulse::sandbox
