# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of numpro for bash.

_numpro ()
{
  local word=${COMP_WORDS[COMP_CWORD]} options look
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W 'stamp record --help --version' -- "$word")
    return
  fi
  look='
    --numbering= --every= --rate= --start= --wrap= --stamp=
    --font-desc= --font-size= --reference-height= --color= --outline= --outline-color=
    --outline-width= --shaded-background= --shading-value= --halignment= --valignment=
    --xpad= --ypad= --deltax= --deltay= --silent='
  case ${COMP_WORDS[1]} in
    stamp) options="--help --output= --frames= --max-edge= --jpeg-quality= --force $look" ;;
    record)
      options="--help --output= --force --duration= --segment= --question= --endpoint= --model=
        --reader $look"
      ;;
  esac
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
