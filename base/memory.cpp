#include "base/memory.hpp"

#ifdef PULSE_JEMALLOC
#include <jemalloc/jemalloc.h>
#else
#include <malloc.h>
#endif

#ifdef PULSE_JEMALLOC
#define PULSE_TEXT(of) #of
#define PULSE_TEXT_OF(macro) PULSE_TEXT(macro)

// jemalloc reads this when the process begins. What one thread allocates another frees here (actors, the database pool,
// the egress): glibc's arenas spent a fifth of the engine's time on it. Free pages go back by themselves, without a
// thread that would cost an idle process memory.
extern "C" {
const char* malloc_conf = "dirty_decay_ms:5000,muzzy_decay_ms:0,metadata_thp:disabled";
}
#endif

namespace pulse::base {

void return_free_memory() {
#ifdef PULSE_JEMALLOC
  ::mallctl("arena." PULSE_TEXT_OF(MALLCTL_ARENAS_ALL) ".purge", nullptr, nullptr, nullptr, 0);
#else
  ::malloc_trim(0);
#endif
}

}  // namespace pulse::base
