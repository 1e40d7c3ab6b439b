// Threads that work long and can wait, beside those that answer.
#pragma once

namespace pulse::base {

/// The calling thread leaves the processor to others: `niceness` 1 to 19 is how far its share stands back (nice(2)), and where the kernel
/// can (Linux 6.12) it works in slices so short that whoever wakes up beside it need not wait for the end of a usual one. Needs no rights,
/// and cannot be undone. What the kernel refuses is left as it was.
void stand_back(int niceness);

}  // namespace pulse::base
