/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/answer.h>
#include <gst/numpro/batch.h>
#include <gst/numpro/imagelabel.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numbermeta.h>
#include <gst/numpro/numpro-enumtypes.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/numproerror.h>
#include <gst/numpro/prompt.h>
#include <gst/numpro/span.h>
#include <gst/numpro/utc.h>
