/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <optional>
#include <utility>

#include "clocktext.h"
#include "eventformats.h"
#include "textlines.h"

namespace numpro {

namespace {

constexpr std::string_view kHeader = ";FFMETADATA";

std::string escaped (std::string_view text)
{
  std::string result;
  for (const char c : text) {
    if (std::string_view ("=;#\\\n").find (c) != std::string_view::npos)
      result += '\\';
    result += c;
  }
  return result;
}

std::string write (const std::vector<TextEvent> &events, FrameRate)
{
  std::string text = ";FFMETADATA1\n";
  for (const TextEvent &event : events) {
    // A line that ends in CR would lose it.
    const std::string title = replaced (event.question, "\r", " ");
    text += "[CHAPTER]\nTIMEBASE=1/1000000000\nSTART=" + std::to_string (event.start) +
            "\nEND=" + std::to_string (event.end) + "\ntitle=" + escaped (title) + '\n';
  }
  return text;
}

// A line whose end is not escaped, with what was escaped in it.
struct Entry {
  std::size_t line;
  std::string key, value;
  bool has_value = false;
};

class Reader
{
 public:
  explicit Reader (std::string_view text) : lines_ (lines_of (text)) {}

  std::vector<TextEvent> read ();

 private:
  Entry next_entry ();
  void end_chapter ();
  void take (const Entry &entry);
  GstClockTime time_of (const std::optional<guint64> &value, const char *what) const;

  std::vector<TextLine> lines_;
  std::size_t at_ = 0;
  std::vector<TextEvent> events_;
  bool is_in_chapter_ = false;
  std::size_t chapter_line_ = 0;
  FrameRate base_{};
  std::optional<guint64> start_, end_;
  std::string title_;
};

Entry Reader::next_entry ()
{
  Entry entry{lines_[at_].number, {}, {}};
  std::string *part = &entry.key;
  for (bool goes_on = true; goes_on && at_ < lines_.size (); ++at_) {
    goes_on = false;
    const std::string_view text = lines_[at_].text;
    for (std::size_t i = 0; i < text.size (); ++i) {
      if (text[i] == '\\' && i + 1 == text.size ()) {
        *part += '\n';
        goes_on = true;
      } else if (text[i] == '\\') {
        *part += text[++i];
      } else if (text[i] == '=' && !entry.has_value) {
        entry.has_value = true;
        part = &entry.value;
      } else {
        *part += text[i];
      }
    }
  }
  return entry;
}

// Units of the time base are written as a rate: 1/1000 is 1000 a second.
FrameRate base_from (const Entry &entry)
{
  const std::size_t slash = entry.value.find ('/');
  const auto n = whole_number (std::string_view (entry.value).substr (0, slash));
  const auto d = slash == entry.value.npos
                     ? std::nullopt
                     : whole_number (std::string_view (entry.value).substr (slash + 1));
  if (!n || !d || *n == 0 || *d == 0 || *n > G_MAXINT || *d > G_MAXINT)
    throw FormatError (entry.line, "not a time base such as 1/1000");
  return {static_cast<gint> (*d), static_cast<gint> (*n)};
}

GstClockTime Reader::time_of (const std::optional<guint64> &value, const char *what) const
{
  if (!value)
    throw FormatError (chapter_line_, std::string ("a chapter without ") + what);
  return time_of_unit (*value, base_);
}

void Reader::end_chapter ()
{
  if (is_in_chapter_)
    events_.push_back (
        checked_event (title_, time_of (start_, "START"), time_of (end_, "END"), chapter_line_));
  is_in_chapter_ = false;
}

void Reader::take (const Entry &entry)
{
  if (!entry.has_value)
    throw FormatError (entry.line, "no \"=\" between a name and its value");
  if (entry.key == "TIMEBASE") {
    base_ = base_from (entry);
  } else if (entry.key == "START" || entry.key == "END") {
    const auto value = whole_number (entry.value);
    if (!value)
      throw FormatError (entry.line, entry.key + " is not a whole number from 0 on");
    (entry.key == "START" ? start_ : end_) = *value;
  } else if (entry.key == "title") {
    title_ = entry.value;
  }
}

std::vector<TextEvent> Reader::read ()
{
  if (lines_.empty () || !lines_[0].text.starts_with (kHeader))
    throw FormatError (1, "a metadata file of FFmpeg begins with ;FFMETADATA1");
  while (at_ < lines_.size ()) {
    const TextLine line = lines_[at_];
    if (line.text.empty () || line.text[0] == ';' || line.text[0] == '#') {
      ++at_;
    } else if (line.text[0] == '[') {
      end_chapter ();
      is_in_chapter_ = line.text == "[CHAPTER]";
      chapter_line_ = line.number;
      base_ = {GST_SECOND, 1};
      start_ = end_ = std::nullopt;
      title_.clear ();
      ++at_;
    } else if (const Entry entry = next_entry (); is_in_chapter_) {
      take (entry);
    }
  }
  end_chapter ();
  return std::move (events_);
}

std::vector<TextEvent> read (std::string_view text, FrameRate)
{
  return Reader (text).read ();
}

}  // namespace

const EventFormat kFfmetadata = {write, read, false};

}  // namespace numpro
