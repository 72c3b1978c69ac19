#!/bin/sh
# Debian 12 has this version, one of the last that read no endpoint setting. Later ones can be told an endpoint.
set -eu
wanted=2.9.19
found=$("$1" --version)
case $found in
"aws-cli/$wanted "*) ;;
*)
  echo "$1 is not version $wanted, as Debian 12 has it, but $found" >&2
  exit 1
  ;;
esac
