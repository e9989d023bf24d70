/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

namespace numpro {

/** Makes `gst-launch-1.0 -m` print what is in the objects of messages. */
void register_message_texts ();

}  // namespace numpro
