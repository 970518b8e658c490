# Fills empty databases from a former server, which is only read. What was filled once is never asked for again.
set -eu
. /scripts/login.sh

# In a shell of its own: what it sets is not for the stack's own server.
former() (
    PGHOST=$FROM_HOST PGPORT=$FROM_PORT PGSSLMODE=prefer PGUSER=$FROM_USER PGPASSWORD=$(cat /former/password)
    case $1 in gateway) PGDATABASE=$FROM_GATEWAY ;; models) PGDATABASE=$FROM_MODELS ;; esac
    unset PGSSLROOTCERT
    export PGHOST PGPORT PGSSLMODE PGUSER PGPASSWORD PGDATABASE
    shift
    "$@"
)

# LiteLLM's names have capitals, but for one, and the backend's have none: one database may have been for both.
belonging() {
    of_litellm="(relname <> lower(relname) OR relname = '_prisma_migrations')"
    case $1 in gateway) echo "$of_litellm" ;; models) echo "NOT $of_litellm" ;; esac
}

excluded() {
    ask "SELECT format('--exclude-table=public.%I', relname) FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
           AND NOT ($(belonging "$1"))"
}

# Asks how many rows each table has.
counting() {
    cat <<END
SELECT format('SELECT %L, count(*) FROM public.%I', relname, relname) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND $(belonging "$1")
ORDER BY relname \\gexec
END
}

count() {
    counting "$1" | psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1
}

others() {
    ask "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
         AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
}

# Those who were stopped a moment ago may be on their way out.
leaving() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        used=$(former "$1" others) || return 1
        [ "$used" = 0 ] && break
        sleep 3
    done
    echo "$used"
}

dump() {
    options=$(excluded "$1") || return 1
    set -f
    IFS='
'
    pg_dump --no-owner --no-privileges $options
}

wanted() {
    [ -n "${FROM_MODELS:-}" ] && echo gateway models || echo gateway
}

# What is copied, and what is counted of it here: one that differs leaves nothing behind.
copy() {
    former "$1" dump "$1" || undone
    printf '%s\n' '\o /tmp/here'
    counting "$1"
    cat <<'END'
\o
\set same `[ "$(cat /tmp/there)" = "$(cat /tmp/here)" ] && echo true || echo false`
\if :same
END
    [ "$1" = models ] || cat /scripts/history.sql
    echo "COMMENT ON SCHEMA public IS 'restored from $FROM_HOST';"
    cat <<'END'
\else
\warn the copy has not as many rows as the former database: nothing of it is kept
SELECT 1 / 0;
\endif
END
}

todo=
for database in $(wanted); do
    [ "$(mark "$database")" = "$FROM_HOST" ] || todo="$todo $database"
done
for database in $todo; do
    login "$database"
    [ "$(tables)" = 0 ] ||
        refuse "database $PGDATABASE holds data, which no takeover overwrites: pulumi config rm --path litemaas:takeover.host"
    used=$(leaving "$database") ||
        fail "the former $database database at $FROM_HOST cannot be read: see litemaas:takeover, and whether that server runs"
    [ "$used" = 0 ] ||
        fail "the former $database database is in use: stop what uses it, as \`litemaas migrate\` tells; this goes on by itself then"
done
for database in $todo; do
    login "$database"
    former "$database" count "$database" >/tmp/there
    copy "$database" | psql --no-psqlrc --quiet --no-align --tuples-only --single-transaction \
        --set ON_ERROR_STOP=1 --output /dev/null
    echo "database $database is taken over; its tables and their rows:"
    cat /tmp/there
done
echo "all of $FROM_HOST is taken over"
