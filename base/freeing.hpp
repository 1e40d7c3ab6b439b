// Handles of C libraries that free themselves.
#pragma once

namespace pulse::base {

/// The deleter of a `std::unique_ptr` to something that a C function frees: `std::unique_ptr<BIGNUM,
/// freeing<BN_free>>`.
template <auto Free>
struct freeing {
  template <class T>
  void operator()(T* one) const {
    Free(one);
  }
};

}  // namespace pulse::base
