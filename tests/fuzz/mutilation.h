/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>

/**
 * Removes the line around a place, doubles it, or puts it elsewhere.
 */
inline void move_line (std::minstd_rand &random, std::string &text, std::size_t near)
{
  const std::size_t start = text.rfind ('\n', near);
  if (start == std::string::npos)
    return;
  const std::string line = text.substr (start, text.find ('\n', start + 1) - start);
  if (random () % 3)
    text.erase (start, line.size ());
  if (random () % 3 == 0 || text.empty ())
    return;
  const std::size_t to = text.find ('\n', random () % text.size ());
  text.insert (to == std::string::npos ? text.size () : to, line);
}

/** Changes a bit, a byte, a stretch or a line of a text. @pre the text is not empty */
inline void mutilate_anywhere (std::minstd_rand &random, std::string &text)
{
  const std::size_t at = random () % text.size (), length = 1 + random () % 20;
  switch (random () % 7) {
    case 0:
      text[at] = static_cast<char> (text[at] ^ (1 << random () % 8));
      break;
    case 1:
      text[at] = static_cast<char> (random ());
      break;
    case 2:
      text.resize (at);
      break;
    case 3:
      text.erase (at, length);
      break;
    case 4:
      text.insert (random () % text.size (), text.substr (at, length));
      break;
    default:
      move_line (random, text, at);
      break;
  }
}
