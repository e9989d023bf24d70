#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs the tests, or a command, in another Debian release, as root.
#
#   scripts/run-in-debian.sh [--directory DIRECTORY] [--mirror URL] SUITE [COMMAND [ARGUMENT...]]
#   scripts/run-in-debian.sh trixie
#   scripts/run-in-debian.sh trixie tests/run.sh --quick
#
# Makes DIRECTORY/SUITE with debootstrap, once; installs there what scripts/install-packages.sh says
# and is missing; brings a clone of this checkout in it to the commit that is checked out here; and
# runs COMMAND in that clone (without one, tests/run.sh). Exits with COMMAND's status, and with 125
# where it did not come to COMMAND. Builds stay there, so that the next run compiles what changed.
#
#   --directory DIRECTORY  where the releases are kept, by default gst-numpro/debian in
#                          $XDG_CACHE_HOME or ~/.cache; to remove a release, delete its directory
#   --mirror URL           where a release is made from, by default where this machine's apt has
#                          Debian from, or else http://deb.debian.org/debian
#
# Of the environment COMMAND gets TERM and the proxies (http_proxy and so on) only.
set -Eeuo pipefail
trap 'exit 125' ERR

die () {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 125
}

usage='usage: scripts/run-in-debian.sh [--directory DIRECTORY] [--mirror URL] SUITE [COMMAND [ARGUMENT...]]'

directory=${XDG_CACHE_HOME:-${HOME-}/.cache}/gst-numpro/debian
mirror=
arguments=("$@")
while [[ "${1-}" = -* ]]; do
  [ $# -ge 2 ] || die "$usage"
  case "$1" in
    --directory) directory=$2 ;;
    --mirror) mirror=$2 ;;
    *) die "$usage" ;;
  esac
  shift 2
done
[ $# -ge 1 ] || die "$usage"
suite=$1
shift
[[ "$suite" =~ ^[a-z][a-z0-9-]*$ ]] || die "'$suite' is no name of a release; trixie is one"
[ $# -gt 0 ] || set -- tests/run.sh

[ "$(id -u)" -eq 0 ] || die 'only root can make a Debian release and enter it'

# The script runs in mounts of its own: nobody else sees them, and they are gone with the last process
# in them, however that ends.
if [ "${NUMPRO_OWN_MOUNTS-}" != "$$" ]; then
  unshare --mount true || die 'even root may mount nothing here; is this a container?'
  NUMPRO_OWN_MOUNTS=$$ exec unshare --mount --propagation private "$0" "${arguments[@]}"
fi

source_dir=$(realpath "$(dirname "$0")/..")
root=$(realpath -m "$directory")/$suite
clone=/root/gst-numpro

# mirror_of_apt: prints where this machine's apt has Debian from, if it does
mirror_of_apt () {
  apt-get indextargets --format "\$(REPO_URI)" 'Created-By: Packages' 'Origin: Debian' \
    'Label: Debian' 2>/dev/null | sed -n '/^http/{p;q}'
}

make_release () {
  local -a script=()
  command -v debootstrap >/dev/null || die 'there is no debootstrap; run: apt-get install debootstrap'
  [ -n "$mirror" ] || mirror=$(mirror_of_apt) || true
  mirror=${mirror:-http://deb.debian.org/debian}
  # A release that this debootstrap is too old to know is made like the newest.
  [ -e "/usr/share/debootstrap/scripts/$suite" ] || script=(sid)
  printf 'Making %s from %s\n' "$root" "$mirror"
  # Under another name until it is whole.
  rm -rf "$root.unfinished"
  debootstrap --variant=minbase "$suite" "$root.unfinished" "$mirror" "${script[@]}" \
    >"$root.log" 2>&1 || {
    tail -n 5 "$root.log" >&2
    die "debootstrap failed, see above and $root.log; is there a network, and does $mirror have $suite?"
  }
  mv "$root.unfinished" "$root"
}

inside=(chroot "$root" env -i HOME=/root LANG=C.UTF-8
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
for name in TERM {http,https,all,no}_proxy {HTTP,HTTPS,ALL,NO}_PROXY; do
  if [ -n "${!name-}" ]; then
    inside+=("$name=${!name}")
  fi
done

mkdir -p "$(dirname "$root")" || die "there is no place for $root; choose another with --directory"
exec 9>"$root.lock"
flock --nonblock 9 || die "something runs in $root already"

[ -e "$root" ] || make_release

# The network, the devices and the processes are those of this machine.
cp --dereference --remove-destination /etc/resolv.conf /etc/hosts "$root/etc/"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"

# So is the way to the mirror, and whether an old copy of it will do.
{ apt-config dump | grep -E '^Acquire::(Check-|https?::Proxy )' || true; } \
  >"$root/etc/apt/apt.conf.d/90this-machine"

cp "$source_dir/scripts/install-packages.sh" "$root/root/"
"${inside[@]}" /root/install-packages.sh build demo test ||
  die "packages could not be installed in $root, see above"

# A bundle, because git would not clone somebody else's checkout.
git=(git -c 'safe.directory=*' -C "$source_dir")
"${git[@]}" bundle create --quiet "$root/root/commit.bundle" HEAD ||
  die "$source_dir is no git checkout with a commit"
"${inside[@]}" git init --quiet "$clone"
"${inside[@]}" git -C "$clone" fetch --quiet /root/commit.bundle HEAD
"${inside[@]}" git -C "$clone" checkout --quiet --force --detach FETCH_HEAD
# What is ignored stays: the builds.
"${inside[@]}" git -C "$clone" clean --quiet -d --force
if [ -n "$("${git[@]}" status --porcelain)" ]; then
  printf 'What is not committed in %s is not tested.\n' "$source_dir" >&2
fi

exec "${inside[@]}" env --chdir="$clone" "$@"
