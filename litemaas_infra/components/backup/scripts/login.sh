# How a database is logged in to: what its Secret keeps, is in files.

login() {
    at=/logins/$1
    PGHOST=$(cat "$at/host") PGPORT=$(cat "$at/port") PGSSLMODE=$(cat "$at/sslmode")
    PGUSER=$(cat "$at/username") PGPASSWORD=$(cat "$at/password") PGDATABASE=$(cat "$at/database")
    export PGHOST PGPORT PGSSLMODE PGUSER PGPASSWORD PGDATABASE
    if [ -n "${AUTHORITY:-}" ]; then
        export PGSSLROOTCERT="$AUTHORITY"
    elif [ "$PGSSLMODE" = verify-full ]; then
        export PGSSLROOTCERT=system
    fi
}

# Every one that there is a login to.
databases() {
    ls /logins
}

ask() {
    psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --command "$1"
}

tables() {
    ask "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
}

# Each database is filled in one transaction, which says at its end where it is from.
mark() {
    login "$1"
    ask "SELECT obj_description('public'::regnamespace, 'pg_namespace')" | sed -n 's/^restored from //p'
}

# Undoes the transaction that is being read. It may have broken off among a table's rows: what follows would be rows too.
undone() {
    printf '%s\n' '' '\.' 'SELECT 1 / 0;'
}

# Tells one salt key from another, and nothing of what it is.
salt() {
    printf %s "$LITELLM_SALT_KEY" | sha256sum | cut -d ' ' -f 1
}

backups() {
    ls | grep -E '^[0-9]{8}T[0-9]{6}Z$' || :
}

# What another try may mend.
fail() {
    echo "$1" >&2
    exit 1
}

# What no other try would mend, by an exit code of its own: whoever waits for the Job tells it at once.
refuse() {
    echo "$1" >&2
    exit 78
}
