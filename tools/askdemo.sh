#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Asks numpro-reader, a stand-in for a model, about a test stream, and says how a real one is asked:
#
#   tools/askdemo.sh NUMPRO_READER NUMPRO_ASK DIRECTORY [QUESTION]
#
# What is asked and answered is kept in DIRECTORY.
set -euo pipefail

reader=$1 ask=$2 directory=$3 question=${4-something green}

# It ends with this script, whatever ends that.
exec {standin}< <(exec setpriv --pdeathsig TERM "$reader")
# It says on its first line where it listens, in the words of numprosink's properties.
if ! read -r endpoint model <&"$standin"; then
  echo "The stand-in for a model did not start." >&2
  exit 1
fi

echo "No model is asked here, but numpro-reader, a stand-in that only reads the numbers on
frames and looks for a colour that the question names."
status=0
"$ask" --"$endpoint" --"$model" --location "$directory" "$question" || status=$?

cat <<END

A real model is asked by the same command:
  examples/demo.sh --ask --endpoint URL --model NAME [QUESTION]
and about a camera by a launch line:
  gst-launch-1.0 -e -m v4l2src ! videoconvert ! numproverlay numbering=time rate=2/1 ! \\
      numprosink batch-size=8 question="$question" endpoint=URL model=NAME
where it is served by
  vLLM       URL is http://localhost:8000/v1
  llama.cpp  URL is http://localhost:8080/v1
  Ollama     URL is http://localhost:11434/v1
  OpenAI     URL is https://api.openai.com/v1, and the key is in NUMPRO_API_KEY
What each of them needs is in docs/servers.md.
END
exit "$status"
