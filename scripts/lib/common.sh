# shellcheck shell=bash
# What every script begins with: strict bash, the checkout's root, and how a script speaks.
set -euo pipefail
umask 022

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
speak_to=1 # a script whose output is read by another sets 2

# One plain sentence about what happens now.
say() { printf '%s\n' "$*" >&"$speak_to"; }

# One plain sentence about what went wrong and what can be done, and the end.
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The path as the user would write it: relative to the checkout where it lies there.
short_path() {
  local path=$1
  [[ $path == "$checkout"/* ]] && path=${path#"$checkout"/}
  printf '%s' "$path"
}

# The first twelve digits of a hash of the argument: the name of a folder that stands for a path.
short_hash() {
  local sum
  sum=$(printf '%s' "$1" | sha256sum)
  printf '%s' "${sum:0:12}"
}

# Whether process $1 is still there; one that ended and was not collected by its parent is not.
is_alive() {
  local stat
  [[ -n $1 ]] && stat=$(cat "/proc/$1/stat" 2>/dev/null) && [[ ${stat##*) } != Z* ]]
}

# Whether process $1 is the program $2 working in folder $3: a number in an old pid file may mean anybody today.
is_program_in() {
  is_alive "$1" && [[ $(cat "/proc/$1/comm" 2>/dev/null) == "$2" && $(readlink "/proc/$1/cwd") == "$3" ]]
}

# Waits until the command given is true, at most $1 seconds; false when it never was.
wait_until() {
  local limit_ms=$(($1 * 1000)) begun_ms
  begun_ms=$(now_ms)
  shift
  until "$@"; do
    (($(now_ms) - begun_ms < limit_ms)) || return 1
    sleep 0.02 || true # a Ctrl-C ends it, too
  done
}

now_ms() { printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

is_gone() { ! is_alive "$1"; }

# Ends process $1: signal $2, then after $3 seconds SIGKILL.
end_process() {
  local pid=$1 signal=$2 patience_s=$3
  kill "-$signal" "$pid" 2>/dev/null || return 0
  wait_until "$patience_s" is_gone "$pid" && return 0
  say "Process $pid did not stop within $patience_s s; it is killed."
  kill -KILL "$pid" 2>/dev/null || true
  wait_until 5 is_gone "$pid" || fail "Process $pid cannot be stopped."
}
