#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Checks what needs no build: the format of C++, shell scripts, spelling, and what includes what.
#
#   scripts/check.sh
#
# What it needs is in the group "test" of scripts/install-packages.sh. Exits with 77, for skipped,
# where there is no git checkout to tell which files are ours, and where the rest is good but there is
# another clang-format than that of Debian 12, which would have it otherwise.
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

left_out=0
case $("$clang_format" --version) in
  *' version 14.'*) check 'Format' "$clang_format" --dry-run -Werror "${cpp_files[@]}" ;;
  *' version '*) left_out=77 ;;
  *) status=1 ;;
esac
check 'Shell scripts' shellcheck "${scripts[@]}"
check 'Spelling' codespell --ignore-words-list="$words" "${texts[@]}"
PYTHONPATH=tests/support check 'Layout' /usr/bin/python3 tests/layout/layout_test.py "$PWD"
if [ "$status" -eq 0 ] && [ "$left_out" -ne 0 ]; then
  printf 'There is no clang-format 14: the format is not checked, all else is good.\n'
  exit "$left_out"
fi
exit "$status"
