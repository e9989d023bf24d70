/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/answer.h>
#include <gst/numpro/batch.h>
#include <gst/numpro/bundle.h>
#include <gst/numpro/bundledir.h>
#include <gst/numpro/error.h>
#include <gst/numpro/event.h>
#include <gst/numpro/imagelabel.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/look.h>
#include <gst/numpro/message.h>
#include <gst/numpro/meta.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/obstacle.h>
#include <gst/numpro/probe.h>
#include <gst/numpro/prompt.h>
#include <gst/numpro/sample.h>
#include <gst/numpro/span.h>
#include <gst/numpro/stretch.h>
#include <gst/numpro/timeline.h>
#include <gst/numpro/utc.h>
