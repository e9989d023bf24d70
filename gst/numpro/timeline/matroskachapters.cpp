/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <optional>
#include <utility>

#include "clocktext.h"
#include "eventformats.h"
#include "gst/numpro/owned.h"
#include "textlines.h"

namespace numpro {

namespace {

using ContextPtr = OwnedBy<GMarkupParseContext, g_markup_parse_context_free>;

// XML has no way to write most control characters.
std::string escaped (const std::string &text)
{
  std::string printable;
  for (const char c : text)
    printable += static_cast<unsigned char> (c) < ' ' && c != '\n' && c != '\t' ? ' ' : c;
  return TextPtr (g_markup_escape_text (printable.c_str (), -1)).get ();
}

std::string write (const std::vector<TextEvent> &events, FrameRate)
{
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE Chapters SYSTEM \"matroskachapters.dtd\">\n<Chapters>\n";
  // mkvpropedit takes no edition without chapters.
  text += events.empty () ? "" : "  <EditionEntry>\n";
  for (const TextEvent &event : events)
    text += "    <ChapterAtom>\n      <ChapterTimeStart>" + time_to_clock (event.start) +
            "</ChapterTimeStart>\n      <ChapterTimeEnd>" + time_to_clock (event.end) +
            "</ChapterTimeEnd>\n      <ChapterDisplay>\n        <ChapterString>" +
            escaped (event.question) +
            "</ChapterString>\n        <ChapterLanguage>und</ChapterLanguage>\n"
            "      </ChapterDisplay>\n    </ChapterAtom>\n";
  text += events.empty () ? "" : "  </EditionEntry>\n";
  return text + "</Chapters>\n";
}

// A chapter that is being read; chapters may be in chapters.
struct Chapter {
  std::size_t line;
  std::optional<GstClockTime> start, end;
  std::optional<std::string> title;  // the first one, where there are several languages
};

class Reader
{
 public:
  std::vector<TextEvent> read (std::string_view text);

 private:
  static void on_start (GMarkupParseContext *, const gchar *element, const gchar **, const gchar **,
                        gpointer self, GError **)
  {
    static_cast<Reader *> (self)->begin (element);
  }
  static void on_end (GMarkupParseContext *, const gchar *element, gpointer self, GError **error);
  static void on_text (GMarkupParseContext *, const gchar *text, gsize length, gpointer self,
                       GError **)
  {
    static_cast<Reader *> (self)->text_.append (text, length);
  }

  void begin (const std::string &element);
  void end (const std::string &element);
  void end_chapter ();

  std::size_t line_ = 1;
  std::string root_, text_;
  std::vector<Chapter> open_;
  std::vector<TextEvent> events_;
};

void Reader::begin (const std::string &element)
{
  if (root_.empty ())
    root_ = element;
  text_.clear ();
  if (element == "ChapterAtom")
    open_.push_back ({line_, {}, {}, {}});
}

void Reader::end (const std::string &element)
{
  if (open_.empty ())
    return;
  Chapter &chapter = open_.back ();
  if (element == "ChapterTimeStart")
    chapter.start = time_from_clock (one_line (text_), line_);
  else if (element == "ChapterTimeEnd")
    chapter.end = time_from_clock (one_line (text_), line_);
  else if (element == "ChapterString" && !chapter.title)
    chapter.title = text_;
  else if (element == "ChapterAtom")
    end_chapter ();
}

void Reader::end_chapter ()
{
  const Chapter chapter = std::move (open_.back ());
  open_.pop_back ();
  if (!chapter.start || !chapter.end)
    throw FormatError (chapter.line, std::string ("a chapter without ") +
                                         (chapter.start ? "ChapterTimeEnd" : "ChapterTimeStart"));
  events_.push_back (
      checked_event (chapter.title.value_or (""), *chapter.start, *chapter.end, chapter.line));
}

// GMarkup is C: no exception may pass it.
void Reader::on_end (GMarkupParseContext *, const gchar *element, gpointer self, GError **error)
{
  try {
    static_cast<Reader *> (self)->end (element);
  } catch (const FormatError &malformed) {
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, malformed.what ());
  }
}

std::vector<TextEvent> Reader::read (std::string_view text)
{
  static constexpr GMarkupParser kParser = {on_start, on_end, on_text, nullptr, nullptr};
  const ContextPtr context (
      g_markup_parse_context_new (&kParser, G_MARKUP_TREAT_CDATA_AS_TEXT, this, nullptr));
  GError *error = nullptr;
  bool is_read = true;
  // A line at a time, as what GMarkup says of lines is that of what it reads next.
  for (; is_read && !text.empty (); ++line_) {
    const std::string_view line = text.substr (0, text.find ('\n'));
    const std::size_t size = std::min (line.size () + 1, text.size ());
    is_read = g_markup_parse_context_parse (context.get (), text.data (),
                                            static_cast<gssize> (size), &error);
    text.remove_prefix (size);
  }
  is_read = is_read && g_markup_parse_context_end_parse (context.get (), &error);
  const ErrorPtr owned (error);
  if (!is_read)
    // GLib quotes the text by bytes, and so parts of characters.
    throw FormatError (TextPtr (g_utf8_make_valid (error->message, -1)).get ());
  if (root_ != "Chapters")
    throw FormatError (1, "the outermost element is not Chapters");
  return std::move (events_);
}

std::vector<TextEvent> read (std::string_view text, FrameRate)
{
  return Reader ().read (text);
}

}  // namespace

const EventFormat kMatroskaChapters = {write, read, false};

}  // namespace numpro
