#include "media_worker/confinement.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>
#include <memory>

#ifdef PULSE_IS_SANITIZED
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }
#endif

namespace pulse::media_worker {

namespace {

#ifdef PULSE_IS_SANITIZED
constexpr rlim_t address_space_bytes = RLIM_INFINITY;
#else
constexpr rlim_t address_space_bytes = 1024UL * 1024 * 1024;
#endif
constexpr rlim_t written_bytes = 64UL * 1024 * 1024;
constexpr rlim_t cpu_seconds = 20;
constexpr rlim_t open_files = 64;

bool limit(__rlimit_resource what, rlim_t most) {
  const rlimit wanted{most, most};
  return ::setrlimit(what, &wanted) == 0;
}

bool limit_resources() {
  return limit(RLIMIT_AS, address_space_bytes) && limit(RLIMIT_FSIZE, written_bytes) &&
         limit(RLIMIT_CPU, cpu_seconds) && limit(RLIMIT_NOFILE, open_files) && limit(RLIMIT_CORE, 0);
}

using filter = std::unique_ptr<void, decltype(&seccomp_release)>;

filter make(std::uint32_t otherwise) { return {seccomp_init(otherwise), &seccomp_release}; }

/// A call that this kernel or libseccomp does not know cannot be made either.
void rule(const filter& of, std::uint32_t action, std::initializer_list<const char*> calls) {
  for (const char* name : calls) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number != __NR_SCMP_ERROR) seccomp_rule_add(of.get(), action, number, 0);
  }
}

/// Calls that reach the network, other processes, the kernel or what files are named.
// clang-format off
constexpr std::initializer_list<const char*> forbidden = {
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg",
    "ptrace", "process_vm_readv", "process_vm_writev", "kill", "tkill", "pidfd_open", "pidfd_getfd", "pidfd_send_signal",
    "mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "bpf", "perf_event_open", "keyctl", "add_key", "request_key",
    "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink", "symlinkat",
    "chmod", "fchmodat", "chown", "lchown", "fchownat", "truncate", "mknod", "mknodat", "creat",
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "capset",
    "init_module", "finit_module", "delete_module", "kexec_load", "open_by_handle_at",
    "shmget", "shmat", "msgget", "semget", "mq_open", "utimensat", "setxattr", "fsetxattr", "personality", "quotactl", "swapon",
};
// clang-format on

/// Files are opened to be read only.
void refuse_writing_by_name(const filter& of) {
  for (const unsigned flag : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC}) {
    seccomp_rule_add(of.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, flag, flag));
    seccomp_rule_add(of.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, flag, flag));
  }
}

}  // namespace

bool confine() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !limit_resources()) return false;
  const auto rules = make(SCMP_ACT_ALLOW);
  if (!rules) return false;
  rule(rules, SCMP_ACT_ERRNO(EPERM), forbidden);
  // Whoever gets ENOSYS falls back on openat, whose flags the filter can read.
  rule(rules, SCMP_ACT_ERRNO(ENOSYS), {"openat2"});
  refuse_writing_by_name(rules);
  return seccomp_load(rules.get()) == 0;
}

bool confine_to_open_files() {
  const auto rules = make(SCMP_ACT_ERRNO(EPERM));
  if (!rules) return false;
  rule(rules, SCMP_ACT_ALLOW,
       {"read",
        "pread64",
        "readv",
        "write",
        "writev",
        "pwrite64",
        "lseek",
        "fstat",
        "newfstatat",
        "statx",
        "close",
        "mmap",
        "munmap",
        "mprotect",
        "mremap",
        "madvise",
        "brk",
        "futex",
        "clone",
        "clone3",
        "set_robust_list",
        "rseq",
        "rt_sigaction",
        "rt_sigprocmask",
        "rt_sigreturn",
        "sigaltstack",
        "sched_getaffinity",
        "sched_yield",
        "getrandom",
        "clock_gettime",
        "clock_nanosleep",
        "nanosleep",
        "gettimeofday",
        "getpid",
        "gettid",
        "exit",
        "exit_group",
        "tgkill",
        "prlimit64",
        "getrlimit",
        "sysinfo",
        "prctl",
        "dup",
        "fcntl",
        "poll",
        "ppoll",
        "eventfd2",
        "restart_syscall",
        "arch_prctl",
        "uname",
        "getrusage",
        "membarrier",
        "fadvise64",
        "ftruncate"});
  return seccomp_load(rules.get()) == 0;
}

}  // namespace pulse::media_worker
