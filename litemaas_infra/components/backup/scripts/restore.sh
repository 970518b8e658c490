# Fills every database that a backup has, if all are empty, from a backup. Interrupted, it goes on where it was.
set -eu
. /scripts/login.sh

cd /backups
name=$RESTORE
if [ "$name" = latest ]; then
    name=$(mark gateway)
    [ -n "$name" ] || name=$(backups | sort | tail -n 1)
fi
[ -n "$name" ] && [ -f "$name/salt.sha256" ] ||
    refuse "there is no backup ${name:-at all}; there are: $(backups | tr '\n' ' ')"
[ "$(cat "$name/salt.sha256")" = "$(salt)" ] ||
    refuse "backup $name was made under another salt key than that of Secret litellm-secret, and no gateway could read it: put the former LITELLM_SALT_KEY into that Secret, and run \`pulumi up\` again"

for database in $(databases); do
    [ -f "$name/$database.dump" ] && [ "$(mark "$database")" != "$name" ] || continue
    login "$database"
    count=$(tables)
    [ "$count" = 0 ] ||
        refuse "database $PGDATABASE holds data, which no backup overwrites: pulumi config rm --path litemaas:backup.restore"
done
for database in $(databases); do
    [ -f "$name/$database.dump" ] && [ "$(mark "$database")" != "$name" ] || continue
    login "$database"
    {
        pg_restore --no-owner --no-privileges --file - "$name/$database.dump" &&
            echo "COMMENT ON SCHEMA public IS 'restored from $name';" ||
            undone
    } | psql --no-psqlrc --quiet --single-transaction --set ON_ERROR_STOP=1 --output /dev/null
done
echo "backup $name is restored"
