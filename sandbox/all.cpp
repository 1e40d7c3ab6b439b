#include "sandbox/all.hpp"

#include "sandbox/instagram/instagram.hpp"
#include "sandbox/linkedin/linkedin.hpp"
#include "sandbox/x/x.hpp"

namespace pulse::sandbox {

namespace {

template <class... Platforms>
std::vector<std::unique_ptr<platform>> one_of_each() {
  std::vector<std::unique_ptr<platform>> all;
  (all.push_back(std::make_unique<Platforms>()), ...);
  return all;
}

}  // namespace

std::vector<std::unique_ptr<platform>> all_platforms() {
  return one_of_each<x::x_platform,                //
                     linkedin::linkedin_platform,  //
                     instagram::instagram_platform>();
}

}  // namespace pulse::sandbox
