/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numbermeta.h>
#include <gst/numpro/numpro-enumtypes.h>
#include <gst/numpro/numpro-prelude.h>
