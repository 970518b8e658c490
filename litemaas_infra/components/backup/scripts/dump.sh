# Copies every database into a folder named by the time, which is whole or not there, and lets go of the oldest.
set -eu
umask 077
. /scripts/login.sh

cd /backups
name=$(date -u +%Y%m%dT%H%M%SZ)
rm -rf -- *.partial
mkdir "$name.partial"
for database in $(databases); do
    login "$database"
    # A database that was lost must not push out the copies of what it held.
    count=$(tables)
    [ "$database" != gateway ] || [ "$count" -gt 0 ] || refuse "database $PGDATABASE is empty: nothing is copied"
    pg_dump --format=custom --no-owner --no-privileges --file "$name.partial/$database.dump"
done
salt >"$name.partial/salt.sha256"
sync
mv -- "$name.partial" "$name"
backups | sort -r | tail -n +$((KEEP + 1)) | while read -r old; do rm -r -- "$old"; done
echo "backup $name is made"
