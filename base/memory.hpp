// The program's memory as a whole.
#pragma once

namespace pulse::base {

/// Returns free pages to the system, after much was freed at once; the allocator would otherwise keep them for a
/// while. Thread-safe; takes about a millisecond.
void return_free_memory();

}  // namespace pulse::base
