# shellcheck shell=bash
# A private PostgreSQL on a unix socket. Needs common.sh and places.sh (find_places was called).

recovery_limit_s=120

# start_postgres DURABLE TEMPLATE: makes the data directory where there is none, starts the server and waits until it
# answers. DURABLE=no survives a killed server but not a lost machine. TEMPLATE, where not empty, is a folder in which
# the first caller leaves a copy of the fresh data for the next ones.
start_postgres() {
  local durable=$1 template=$2 pid
  [[ -f $postgres_data/PG_VERSION ]] || make_postgres_data "$durable" "$template"
  find_postgres_programs
  pid=$(postgres_pid)
  if [[ -n $pid ]] && postgres_answers "$pid"; then
    say "PostgreSQL still runs (process $pid); it is used as it is."
    return
  fi
  [[ -z $pid ]] || end_process "$pid" INT 20
  say "Starting PostgreSQL on a socket in $(short_path "$sockets")."
  launch_postgres "$durable"
}

stop_postgres() {
  local pid
  pid=$(postgres_pid)
  [[ -n $pid ]] || return 0
  say "Stopping PostgreSQL."
  end_process "$pid" INT 30 # fast shutdown: open transactions are rolled back
}

# The number of the running server of this directory, or nothing.
postgres_pid() {
  local pid=''
  { read -r pid <"$postgres_data/postmaster.pid"; } 2>/dev/null || true
  if is_program_in "$pid" postgres "$postgres_data"; then printf '%s' "$pid"; fi
}

# The server writes its state as the eighth line of its pid file; reading it costs nothing.
postgres_answers() {
  local lines=()
  { mapfile -t lines <"$postgres_data/postmaster.pid"; } 2>/dev/null || return 1
  [[ ${lines[0]:-} == "$1" && ${lines[7]:-} == ready* ]]
}

postgres_has_answered_or_ended() { postgres_answers "$1" || is_gone "$1"; }

# The programs of the version that made the data.
find_postgres_programs() {
  local version=15
  [[ -f $postgres_data/PG_VERSION ]] && version=$(<"$postgres_data/PG_VERSION")
  postgres_programs=/usr/lib/postgresql/$version/bin
  [[ -x $postgres_programs/postgres ]] || fail "PostgreSQL $version is not installed (the package postgresql-$version), but $postgres_data needs it."
}

make_postgres_data() {
  local durable=$1 template=$2 new=$postgres_data.new
  find_postgres_programs
  rm -rf -- "$new" # what an interrupted first start left
  if [[ -n $template && -f $template/PG_VERSION ]]; then
    cp -a --reflink=auto -- "$template" "$new"
    give_to_service "$new"
  else
    say "Making a PostgreSQL data directory in $(short_path "$postgres_data")."
    mkdir -m 700 -- "$new"
    give_to_service "$new"
    fill_postgres_data "$new" "$durable"
    [[ -z $template ]] || keep_postgres_template "$new" "$template"
  fi
  mv -- "$new" "$postgres_data"
}

fill_postgres_data() {
  local new=$1 log=$logs/initdb.log options=(-A trust -U "$postgres_role" -E UTF8 --locale=C.UTF-8)
  [[ $2 == yes ]] || options+=(--no-sync)
  (
    cd / # a folder that every user can enter
    as_service "$postgres_programs/initdb" -D "$new" "${options[@]}" &&
      echo 'CREATE DATABASE pulse;' | as_service "$postgres_programs/postgres" --single -D "$new" postgres
  ) >"$log" 2>&1 || fail "The data directory could not be made; the end of $log says why:
$(tail -n 5 "$log")"
}

keep_postgres_template() {
  mkdir -p -- "$(dirname -- "$2")"
  cp -a -- "$1" "$2.$$"
  mv -T -- "$2.$$" "$2" 2>/dev/null || rm -rf -- "$2.$$" # another was quicker
}

# No server runs here (postgres_pid said so).
launch_postgres() {
  local pid log=$logs/postgres.log attempts=50
  local options=(-D "$postgres_data" -p "$postgres_port" -c listen_addresses= -c unix_socket_permissions=0700
    -c "unix_socket_directories=$sockets" -c timezone=UTC -c log_timezone=UTC)
  # Commits still leave the process, so that a killed server loses nothing: only the machine may not fail.
  [[ $1 == yes ]] || options+=(-c fsync=off -c full_page_writes=off)
  while :; do
    forget_foreign_pid
    rm -f -- "$sockets"/.s.PGSQL.*
    printf '%(%F %T)T start\n' -1 >>"$log"
    (cd / && as_service_in_background "$postgres_programs/postgres" "${options[@]}") >>"$log" 2>&1 </dev/null &
    pid=$!
    wait_until "$recovery_limit_s" postgres_has_answered_or_ended "$pid" || fail "PostgreSQL is not ready after $recovery_limit_s s; see $log."
    is_alive "$pid" && return
    # After a kill -9 of the server its children need a moment to notice.
    ((attempts-- > 0)) && tail -n 4 -- "$log" | grep -q 'pre-existing shared memory block' && sleep 0.1 && continue
    fail "PostgreSQL does not start; the end of $log says why:
$(tail -n 8 -- "$log")"
  done
}

# In a session of its own, so that Ctrl-C in a terminal does not reach it, and without the callers' locks.
as_service_in_background() {
  exec 7>&- 8>&- 9>&-
  if [[ -z $service_user ]]; then
    exec setsid "$@"
  else
    exec setsid setpriv --reuid "$service_user" --regid "$(id -g "$service_user")" --init-groups -- "$@"
  fi
}

# PostgreSQL will not start while the number in an old pid file is that of any process of its user, be it another
# program today or a dead server that nobody collected. The number is then replaced by one that no process has; the rest
# of the file, by which the server finds children that still run, stays.
forget_foreign_pid() {
  local file=$postgres_data/postmaster.pid pid=''
  { read -r pid <"$file"; } 2>/dev/null || return 0
  if [[ -n $pid && -d /proc/$pid ]]; then
    sed -i '1s/.*/2147483647/' "$file"
    give_to_service "$file"
  fi
}
