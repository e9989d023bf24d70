#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Checks what needs no build: the format of C++, shell scripts, spelling, and what includes what.
#
#   scripts/check.sh
#
# What it needs is in the group "test" of scripts/install-packages.sh. Exits with 77, for skipped,
# where there is no git checkout to tell which files are ours.
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1

# Words that are none, but meant; answers of models are in many languages, with all their faults.
words=ende,fo,gir,questoin,te,visibile

# Also where the checkout is somebody else's.
git=(git -c "safe.directory=*")
if ! "${git[@]}" rev-parse --git-dir >/dev/null 2>&1; then
  printf 'This is no git checkout: nothing is checked.\n'
  exit 77
fi

# Debian's version of it is the one that decides.
clang_format=$(command -v clang-format-14 || command -v clang-format || printf 'clang-format')
mapfile -t texts < <("${git[@]}" ls-files | grep -v -e '^LICENSE$' -e '^tests/lib/answers/')
mapfile -t cpp_files < <("${git[@]}" ls-files '*.c' '*.cpp' '*.h')
mapfile -t scripts < <("${git[@]}" grep -lE '^#!(/usr)?/bin/(env )?(ba)?sh')

status=0
# check NAME COMMAND...
check () {
  local name=$1
  shift
  if ! "$@"; then
    printf '%s: see above\n' "$name"
    status=1
  fi
}

check 'Format' "$clang_format" --dry-run -Werror "${cpp_files[@]}"
check 'Shell scripts' shellcheck "${scripts[@]}"
check 'Spelling' codespell --ignore-words-list="$words" "${texts[@]}"
PYTHONPATH=tests/support check 'Layout' /usr/bin/python3 tests/layout/layout_test.py "$PWD"
exit "$status"
