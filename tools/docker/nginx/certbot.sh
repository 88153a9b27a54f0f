#!/bin/sh
# Fetches and renews the certificate; nginx answers the challenge from /challenges and reads /certificates.
set -eu
hook='cp -L "$RENEWED_LINEAGE/fullchain.pem" "$RENEWED_LINEAGE/privkey.pem" /certificates/'
account=--register-unsafely-without-email
if [ -n "${ACME_EMAIL:-}" ]; then account="--email $ACME_EMAIL"; fi
while true; do
    certbot certonly --non-interactive --agree-tos --keep-until-expiring --webroot --webroot-path /challenges \
        --domain "$SUITE_HOST" $account --deploy-hook "$hook" ||
        echo 'no certificate was fetched, the next try is in twelve hours' >&2
    sleep 43200
done
