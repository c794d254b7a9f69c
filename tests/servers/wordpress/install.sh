#!/usr/bin/env bash
# What the WordPress of the tests needs: packages of the system. As root the missing ones are installed with apt-get,
# otherwise they are named. Nothing is started: the tests run their own processes with their own files.
set -euo pipefail

missing=()
[ -e /usr/share/wordpress/wp-load.php ] || missing+=(wordpress)
compgen -G '/usr/share/wordpress/wp-content/themes/*/style.css' >/dev/null || missing+=(wordpress-theme-twentytwentythree)
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
command -v php >/dev/null || missing+=(php-cli)
for extension in mysqli:php-mysql dom:php-xml mbstring:php-mbstring curl:php-curl; do
  php -r "exit(extension_loaded('${extension%:*}') ? 0 : 1);" 2>/dev/null || missing+=("${extension#*:}")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "For the WordPress of the tests please install: ${missing[*]}" >&2
  exit 1
fi
