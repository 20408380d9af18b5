#!/bin/sh
# "Acknowledged" means "written to disk", also when power fails. nats-server 2.9 has no setting for that and refuses
# the line, so that there a loss of power (not of the process) can take the newest writes.
set -eu
case "$(nats-server --version)" in
*v2.[0-9].*) cp /etc/nats/nats.conf /tmp/nats.conf ;;
*) sed 's/^jetstream {$/&\n  sync_interval: always/' /etc/nats/nats.conf >/tmp/nats.conf ;;
esac
exec nats-server -c /tmp/nats.conf
