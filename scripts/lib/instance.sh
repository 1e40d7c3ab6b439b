# shellcheck shell=bash
# One running copy of Pulse: what belongs to a state directory, and how all of it is stopped. Needs common.sh.

pulse_stop_limit_s=15 # serve itself allows 10 s for what it is doing

# find_instance: sets state, port and the rest from the environment, and from .env where that is silent.
find_instance() {
  local settings=(PULSE_STATE_DIR PORT SANDBOX_PORT APP_ENV DATABASE_URL REDIS_URL SANDBOX_URL EGRESS_ALLOW_LOOPBACK)
  read_env_file "$checkout/.env" "${settings[@]}"
  cd -- "$checkout"
  state=$(realpath -m -- "${PULSE_STATE_DIR:-var}")
  mkdir -p -- "$state" || fail "The state directory $state cannot be made."
  [[ -w $state ]] || fail "The state directory $state belongs to $(stat -c %U -- "$state"): run this as that user, or set PULSE_STATE_DIR to another place."
  port=${PORT:-8000}
  [[ $port =~ ^[0-9]{1,5}$ ]] && ((port >= 1 && port <= 65535)) || fail "PORT is $port; it must be a number from 1 to 65535."
  programs=$(realpath -m -- "${PULSE_BIN_DIR:-build/release}")
  logs=$state/log
  mkdir -p -- "$logs" "$state/pids"
}

# read_env_file FILE NAME…: the named settings from a file of NAME=value lines, where the environment has none.
read_env_file() {
  local file=$1 line name value
  shift
  [[ -f $file ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Z_][A-Z0-9_]*)[[:space:]]*=[[:space:]]*(.*)$ ]] || continue
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
    [[ " $* " == *" $name "* && -z ${!name+set} ]] || continue
    value=${value%"${value##*[![:space:]]}"}
    if [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]]; then value=${BASH_REMATCH[1]}; fi
    declare -gx "$name=$value"
  done <"$file"
}

# The addresses of the private servers, where the environment names no others.
use_private_servers() {
  local name value
  while IFS='=' read -r name value; do
    [[ -n ${!name:-} ]] || declare -gx "$name=$value"
  done < <("$checkout/scripts/private_servers" env "$state" 2>/dev/null)
}

# remember_process NAME PID: so that a later script finds it, whatever became of this one.
remember_process() { printf '%s %s\n' "$2" "$(started_at "$2")" >"$state/pids/$1"; }

# When a process began, in clock ticks: with the number it names a process for good.
started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  set -f
  # shellcheck disable=SC2086 # split on purpose
  set -- ${stat##*) }
  set +f
  printf '%s' "${20}"
}

# The number of a remembered process that still runs, or nothing.
remembered_process() {
  local pid='' began=''
  { read -r pid began <"$state/pids/$1"; } 2>/dev/null || true
  if is_alive "$pid" && [[ $(started_at "$pid") == "$began" ]]; then printf '%s' "$pid"; fi
}

# Stops what runs for this state directory, the users of a thing before the thing.
stop_instance() {
  stop_remembered pulse TERM "$pulse_stop_limit_s"
  stop_remembered sandbox TERM 5
  # The servers say themselves what they do.
  "$checkout/scripts/private_servers" stop "$state" 2>&1 9>&-
}

stop_remembered() {
  local pid
  pid=$(remembered_process "$1")
  if [[ -n $pid ]]; then
    say "Stopping $1."
    end_process "$pid" "$2" "$3"
  fi
  rm -f -- "$state/pids/$1"
}

# The launcher of a state directory holds a lock as long as it lives. lock_instance ends the script when another
# launcher lives, and waits while what a killed one left is being stopped.
lock_instance() {
  local launcher
  exec 9>>"$state/launcher.lock"
  flock -n 9 && return
  launcher=$(remembered_process launcher)
  [[ -z $launcher ]] || fail "Pulse already runs from $(short_path "$state") (process $launcher, $(cat "$state/address" 2>/dev/null || echo 'still starting')).
Stop it first, or give this one a PORT and a PULSE_STATE_DIR of its own."
  say "What an earlier run left is being stopped; waiting for that."
  flock -w 60 9 || fail "It is still being stopped after 60 s; see the processes that use $state."
}
