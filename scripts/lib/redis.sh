# shellcheck shell=bash
# A private Redis on a unix socket. Needs common.sh and places.sh (find_places was called).
# It keeps nothing on disk: what Pulse has in Redis may vanish at any time.

start_redis() {
  local pid log=$logs/redis.log
  pid=$(redis_pid)
  if [[ -n $pid && -S $sockets/redis.sock ]]; then
    say "Redis still runs (process $pid); it is used as it is."
    return
  fi
  [[ -z $pid ]] || end_process "$pid" TERM 10
  say "Starting Redis on a socket in $(short_path "$sockets")."
  rm -f -- "$sockets/redis.sock"
  (cd -- "$redis_data" && exec 7>&- 8>&- 9>&- && exec setsid redis-server --port 0 --unixsocket "$sockets/redis.sock" \
    --unixsocketperm 700 --save '' --appendonly no --daemonize no) >>"$log" 2>&1 </dev/null &
  pid=$!
  printf '%s\n' "$pid" >"$redis_data/redis.pid"
  wait_until 20 redis_listens_or_ended "$pid" || fail "Redis is not ready after 20 s; see $log."
  is_alive "$pid" || fail "Redis does not start; the end of $log says why:
$(tail -n 5 -- "$log")"
}

stop_redis() {
  local pid
  pid=$(redis_pid)
  [[ -n $pid ]] || return 0
  say "Stopping Redis."
  end_process "$pid" TERM 10
}

# The number of the running server of this directory, or nothing.
redis_pid() {
  local pid=''
  { read -r pid <"$redis_data/redis.pid"; } 2>/dev/null || true
  if is_program_in "$pid" redis-server "$redis_data"; then printf '%s' "$pid"; fi
}

redis_listens_or_ended() { [[ -S $sockets/redis.sock ]] || is_gone "$1"; }
