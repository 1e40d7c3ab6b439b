// What the process that reads hostile files may still do.
#pragma once

namespace pulse::media_worker {

/// Bounds memory, time, files and what is written, and takes away everything that reaches beyond what is open: sockets,
/// names of files to write, other processes' memory. Programs may still be started and files read, which ffprobe and
/// its libraries need. False when the kernel refuses.
bool confine();

/// From now on nothing is opened and no program is started: only what is open is read and written. After `confine`.
bool confine_to_open_files();

}  // namespace pulse::media_worker
