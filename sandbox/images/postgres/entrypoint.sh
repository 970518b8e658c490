#!/bin/bash
# The contract of the Docker official image, for any user but root: an empty PGDATA becomes a database with
# POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB (or the files that these with _FILE name), after which
# /docker-entrypoint-initdb.d is run; anything but `postgres` is run as it is.
set -euo pipefail
umask 0077

main() {
    case ${1:-postgres} in
        postgres) shift || : ;;
        -*) ;;
        *) exec "$@" ;;
    esac
    for name in POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB POSTGRES_INITDB_ARGS; do
        read_secret_file "$name"
    done
    export POSTGRES_USER=${POSTGRES_USER:-postgres}
    export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
    if [ -s "$PGDATA/PG_VERSION" ]; then
        echo "PostgreSQL Database directory appears to contain a database; Skipping initialization"
        # At every mount the kubelet lets the pod's group write to the volume, which PostgreSQL refuses.
        chmod 0700 "$PGDATA" || :
    else
        initialize "$@"
    fi
    exec postgres "$@"
}

read_secret_file() {
    local file=${1}_FILE
    [ -n "${!file:-}" ] || return 0
    [ -z "${!1:-}" ] || fail "both $1 and $file are set: keep one"
    export "$1=$(<"${!file}")"
}

initialize() {
    local auth=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
    [ -n "${POSTGRES_PASSWORD:-}" ] || [ "$auth" = trust ] ||
        fail "the database is empty and has no superuser password: set POSTGRES_PASSWORD to a non-empty value"
    create_cluster
    printf '\nhost all all all %s\n' "$auth" >>"$PGDATA/pg_hba.conf"
    printf '%s\n' "listen_addresses = '*'" "unix_socket_directories = '/var/run/postgresql'" >>"$PGDATA/postgresql.conf"
    # Not reachable from outside before it is complete: a client must never meet half a database.
    pg_ctl --silent --wait --options="-c listen_addresses='' ${*@Q}" start
    [ "$POSTGRES_DB" = postgres ] || create_database
    run_init_files
    pg_ctl --silent --wait --mode=fast stop
    echo "PostgreSQL init process complete; ready for start up."
}

create_cluster() {
    mkdir -p "$PGDATA"
    # POSTGRES_INITDB_ARGS is a command line, to be split into words.
    # shellcheck disable=SC2086
    with_user_name initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:-}") \
        ${POSTGRES_INITDB_ARGS:-}
}

# initdb asks for the name of the user it runs as, and an arbitrary one has none.
with_user_name() {
    if id -un >/dev/null 2>&1; then
        "$@"
        return
    fi
    local names
    names=$(mktemp -d)
    echo "postgres:x:$(id -u):$(id -g):PostgreSQL:$PGDATA:/bin/false" >"$names/passwd"
    echo "postgres:x:$(id -g):" >"$names/group"
    LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD=$names/passwd NSS_WRAPPER_GROUP=$names/group "$@"
    rm -r "$names"
}

sql() {
    psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" "$@"
}

create_database() {
    sql --dbname=postgres --set=name="$POSTGRES_DB" <<<'create database :"name";'
}

run_init_files() {
    local file
    for file in /docker-entrypoint-initdb.d/*; do
        [ -e "$file" ] || continue
        echo "$0: running $file"
        case $file in
            *.sh) run_script "$file" ;;
            *.sql) sql --dbname="$POSTGRES_DB" --file="$file" ;;
            *.sql.gz) gunzip --stdout "$file" | sql --dbname="$POSTGRES_DB" ;;
            *) echo "$0: ignoring $file" ;;
        esac
    done
}

run_script() {
    # A script that may not be executed, such as one from a ConfigMap, is part of this one, as in the original.
    # shellcheck source=/dev/null
    if [ -x "$1" ]; then "$1"; else . "$1"; fi
}

fail() {
    echo "error: $*" >&2
    exit 1
}

main "$@"
