# The private PostgreSQL of a test run: made in a folder of its own, served on a Unix socket in it,
# stopped and removed as soon as standard input ends. The caller holds the other end of that pipe, so
# the server goes with the caller however that one ends, kill -9 included.
#
# Run as the user who shall own the server:   sh -c "$(cat postgres.sh)" postgres.sh BIN_DIR
# Prints one line when clients may come:      ready SOCKET_DIR
# or, when it cannot:                         failed, followed by the server's log
set -eu
bin=$1

# Not under TMPDIR: a socket's path must stay below about 100 bytes, and its folder must be one
# that this user can reach.
dir=$(mktemp -d /tmp/huiqi-pg-XXXXXX)
server=

clean() {
    trap '' HUP INT TERM
    if [ -n "$server" ]; then
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$dir"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
trap '' PIPE

fail() {
    echo failed
    cat "$dir/log"
    exit 1
}

# LC_ALL also rules the language of messages.
export LC_ALL=C
"$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C --no-sync >"$dir/log" 2>&1 </dev/null || fail

# Nothing here has to survive a power cut. autovacuum is off because it may hold on to a template
# that is being copied.
"$bin/postgres" -D "$dir/data" -k "$dir" -p 5432 -c listen_addresses= \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off \
    -c max_connections=200 -c shared_buffers=128MB -c timezone=UTC -c log_timezone=UTC \
    >>"$dir/log" 2>&1 </dev/null &
server=$!

tries=0
until "$bin/pg_isready" --quiet --host="$dir" --port=5432 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || fail
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ]; then
        echo "not ready after 30 seconds" >>"$dir/log"
        fail
    fi
    sleep 0.1
done
echo "ready $dir"

while read -r _; do :; done
