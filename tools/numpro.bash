# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of numpro for bash.

_numpro ()
{
  local word=${COMP_WORDS[COMP_CWORD]} options=--help look
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W 'ask record stamp --help --version' -- "$word")
    return
  fi
  look='
    --numbering= --every= --rate= --start= --wrap= --stamp=
    --font-desc= --font-size= --reference-height= --color= --outline= --outline-color=
    --outline-width= --shaded-background= --shading-value= --halignment= --valignment=
    --xpad= --ypad= --deltax= --deltay= --silent='
  case ${COMP_WORDS[1]} in
    ask)
      options='
        --help --question= --rate= --refine= --key-frames --format= --output= --sheet=
        --clips= --clips-copy --yes --dry-run --reader --bundles= --work= --api-key-file= --batch-size=
        --max-edge= --jpeg-quality= --layout= --grid-columns= --grid-rows= --endpoint=
        --model= --request-headers= --prompt= --answer-format= --check-frames=
        --restate= --image-label= --request-options= --request-timeout=
        --connect-timeout= --retries= --retry-backoff-factor= --retry-backoff-max=
        --max-in-flight= --ssl-strict= --ssl-ca-file= --proxy='
      ;;
    record)
      options="--help --output= --force --duration= --segment= --question= --endpoint= --model=
        --reader $look"
      ;;
    stamp)
      options="--help --output= --frames= --max-edge= --jpeg-quality= --force $look"
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
