/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "serverpresence.h"

#include <utility>

namespace numpro {

bool ServerPresence::is_away () const
{
  std::lock_guard lock (mutex_);
  return absence_.has_value ();
}

bool ServerPresence::go_away (LossReason reason, const std::string &sentence,
                              Clock::time_point sent)
{
  {
    std::lock_guard lock (mutex_);
    if (absence_)
      return false;
    if (sent < last_answer_)
      return true;
    absence_ = {.since = Clock::now ()};
  }
  events_->tell (ServerChanged{.state = GST_NUMPRO_SERVER_STATE_AWAY,
                               .reason = reason,
                               .sentence = sentence,
                               .postpones = postpones_});
  return true;
}

bool ServerPresence::come_back (guint64 postponed)
{
  std::optional<Absence> over;
  {
    std::lock_guard lock (mutex_);
    over = std::exchange (absence_, std::nullopt);
    last_answer_ = Clock::now ();
  }
  if (over)
    events_->tell (ServerChanged{.state = GST_NUMPRO_SERVER_STATE_BACK,
                                 .lost = over->lost,
                                 .postponed = postponed,
                                 .duration = Clock::now () - over->since});
  return over.has_value ();
}

bool ServerPresence::note_lost ()
{
  std::lock_guard lock (mutex_);
  if (absence_)
    ++absence_->lost;
  return absence_.has_value ();
}

}  // namespace numpro
