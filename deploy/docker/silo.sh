#!/bin/sh
# Runs a silo under the container's own address, or says whether it is alive.
#   silo.sh [SETTING VALUE]...    runs it
#   silo.sh alive                 succeeds when it showed a sign of life in the last 15 seconds
set -eu
if [ "${1:-}" = alive ]; then
  [ $(($(date +%s) - $(stat -c %Y "$Cluster__AliveFile"))) -lt 15 ]
  exit
fi
# Orleans takes addresses, no names. Kubernetes gives the pod's.
: "${Cluster__Address:=$(hostname -i | cut -d' ' -f1)}"
: "${Cluster__SiloName:=$(hostname)}"
export Cluster__Address Cluster__SiloName
exec /app/ITwinOrleans.Silo "$@"
