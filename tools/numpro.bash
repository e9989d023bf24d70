# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of numpro for bash.

_numpro ()
{
  local word=${COMP_WORDS[COMP_CWORD]} options
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W 'stamp --help --version' -- "$word")
    return
  fi
  options='
    --help --output= --frames= --max-edge= --jpeg-quality= --force --numbering= --every= --rate= --start= --wrap= --stamp=
    --font-desc= --font-size= --reference-height= --color= --outline= --outline-color=
    --outline-width= --shaded-background= --shading-value= --halignment= --valignment=
    --xpad= --ypad= --deltax= --deltay= --silent='
  case $word in
    -*)
      mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
      if [ "${#COMPREPLY[@]}" -eq 1 ] && [ "${COMPREPLY[0]: -1}" = = ]; then
        compopt -o nospace
      fi
      ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
  esac
}

complete -o filenames -F _numpro numpro
