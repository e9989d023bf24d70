/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Answers put together from those of the tables, cut, mixed and broken at random. Whatever a model
// says, it is read in time, every span is one of the batch and of numbers that the text has, and
// what is not valid has a reason. Asked back, a model adds no number. The same seed makes the same
// answers.
//
//   answer-mutations [SEED [ANSWERS]]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "tests/support/answertable.h"
#include "tests/support/ledgers.h"

namespace {

class Mutations
{
 public:
  explicit Mutations (guint32 seed) : random_ (seed)
  {
    for (const char *name : {"moments", "highlights", "descriptions", "checks"}) {
      for (AnswerRow &row : read_answer_table (name))
        rows_.push_back (std::move (row));
    }
    ledgers_.push_back (ledger_of (numbers_from (0, 32)));
    ledgers_.push_back (ledger_of (numbers_from (96, 32)));
    ledgers_.push_back (ledger_of (numbers_from (98, 13, 1, 100)));
    ledgers_.push_back (ledger_of (numbers_from (0, 20, 1, 10)));
    ledgers_.push_back (ledger_of (numbers_from (0, 11, 30)));
    ledgers_.push_back (grid_of (numbers_from (0, 32), 12));
    ledgers_.push_back (ledger_of (numbers_from (G_MAXUINT64 - 3, 4)));
    ledgers_.push_back (ledger_of ({}));
  }

  void step ()
  {
    const auto task = static_cast<GstNumproTask> (pick (3));
    AnswerRow row = rows_[pick (rows_.size ())];
    row.is_checked = pick (4) == 0;
    const Owned<GstNumproPrompt> prompt = prompt_of (row, task);
    ledger_ = ledgers_[pick (ledgers_.size ())].get ();
    text_ = make_text (row.text);
    const Owned<GstNumproAnswer> answer (
        gst_numpro_answer_new (prompt.get (), ledger_, text_.c_str ()));
    check (answer.get ());
    if (gst_numpro_answer_needs_restatement (answer.get ()) && pick (2) == 0)
      check_restatement (prompt.get (), answer.get ());
    check_json (answer.get ());
    if (pick (4) == 0)
      check_merge (prompt.get (), answer.get ());
    ++answers_;
    valid_ += gst_numpro_answer_get_valid (answer.get ()) ? 1 : 0;
    found_ += gst_numpro_answer_get_found (answer.get ()) ? 1 : 0;
  }

  long long answers () const { return answers_; }
  long long valid () const { return valid_; }
  long long found () const { return found_; }
  long long restated () const { return restated_; }

 private:
  std::size_t pick (std::size_t below) { return random_ () % below; }

  const std::string &any_text () { return rows_[pick (rows_.size ())].text; }

  std::string make_text (std::string text)
  {
    for (std::size_t pieces = pick (3); pieces > 0; --pieces) {
      static const char *const kGlue[] = {"", " ", "\n", ". ", ", ", "<think>", "Answer: ", "not "};
      text += kGlue[pick (G_N_ELEMENTS (kGlue))] + any_text ();
    }
    for (std::size_t changes = pick (4); changes > 0; --changes)
      change (text);
    return text;
  }

  void change (std::string &text)
  {
    static const char kSigns[] = "0123456789 -,.:/{}[]\"\n()#<>'%";
    const std::size_t at = pick (text.size () + 1);
    switch (pick (6)) {
      case 0:
        text.resize (at);
        break;
      case 1:
        text.erase (at, 1 + pick (8));
        break;
      case 2:
        text.insert (at, 1, static_cast<char> (1 + pick (255)));
        break;
      case 3:
        text.insert (at, 1, kSigns[pick (sizeof (kSigns) - 1)]);
        break;
      case 4:
        text.insert (at, text.substr (pick (text.size () + 1), pick (20)));
        break;
      default:
        text.insert (at, std::to_string (random_ () % (pick (2) ? 40 : 100000)));
    }
  }

  void check (GstNumproAnswer *answer)
  {
    const bool is_valid = gst_numpro_answer_get_valid (answer);
    const bool is_found = gst_numpro_answer_get_found (answer);
    const guint count = gst_numpro_answer_get_n_spans (answer);
    require (is_valid || !problems_of (answer).empty (), "is not valid, and there is no reason");
    require (is_found == (count > 0), "is found without spans, or has spans without being found");
    guint next = 0;
    for (guint i = 0; i < count; ++i) {
      const GstNumproSpan *span = gst_numpro_answer_get_span (answer, i);
      guint first = 0, last = 0;
      require (gst_numpro_ledger_find (ledger_, span->first, &first, nullptr) &&
                   gst_numpro_ledger_find (ledger_, span->last, &last, nullptr),
               "has a span of numbers that are not in the batch");
      require (first <= last && span->start < span->end, "has a reversed span");
      require (i == 0 || first > next, "has spans out of order");
      require (names (answer, span->first) && names (answer, span->last),
               "has a span of numbers that its text does not have");
      next = last + 1;
    }
    guint64 number = 0;
    double score = 0;
    guint row = 0;
    for (guint i = 0; gst_numpro_answer_get_highlight (answer, i, &number, &score); ++i)
      require (gst_numpro_ledger_find (ledger_, number, &row, nullptr) && score >= 1 && score <= 5,
               "has a score that is none");
  }

  // Whether the text has the number in digits; asked back, the batch's ends may be there in words.
  bool names (GstNumproAnswer *answer, guint64 number) const
  {
    if (gst_numpro_answer_get_restatement (answer)) {
      const guint last = gst_numpro_ledger_get_length (ledger_) - 1;
      if (gst_numpro_ledger_get_sample (ledger_, 0)->number == number ||
          gst_numpro_ledger_get_sample (ledger_, last)->number == number)
        return true;
    }
    std::string digits;
    for (const char *at = gst_numpro_answer_get_text (answer);; at = g_utf8_next_char (at)) {
      const gint digit = g_unichar_digit_value (g_utf8_get_char (at));
      if (digit >= 0) {
        digits += static_cast<char> ('0' + digit);
        continue;
      }
      if (!digits.empty () && g_ascii_strtoull (digits.c_str (), nullptr, 10) == number)
        return true;
      digits.clear ();
      if (*at == '\0')
        return false;
    }
  }

  void check_restatement (GstNumproPrompt *prompt, GstNumproAnswer *answer)
  {
    const auto any = [this] { return std::to_string (random_ () % (pick (2) ? 40 : 400)); };
    std::string text = R"({"spans": [{"first": )" + any () + R"(, "last": )" + any () + "}]";
    if (pick (4) == 0)
      text = R"({"highlights": [{"number": )" + any () + R"(, "score": )" + any () + "}]";
    if (pick (4) == 0)
      text = R"({"spans": [])";
    text += std::string (R"(, "never": )") + (pick (4) == 0 ? "true" : "false");
    text += std::string (R"(, "cannot_tell": )") + (pick (4) == 0 ? "true" : "false") + "}";
    if (pick (4) == 0)
      change (text);
    gst_numpro_answer_restate (answer, prompt, ledger_, text.c_str ());
    check (answer);
    ++restated_;
  }

  void check_json (GstNumproAnswer *answer)
  {
    const Owned<gchar> json (gst_numpro_answer_to_json (answer));
    const Owned<GstNumproAnswer> back (gst_numpro_answer_new_from_json (json.get (), -1, nullptr));
    require (back != nullptr, "has JSON that cannot be read");
    const Owned<gchar> again (gst_numpro_answer_to_json (back.get ()));
    require (g_str_equal (json.get (), again.get ()), "has JSON that changes");
    // Broken JSON is refused or read, no more.
    std::string broken = json.get ();
    change (broken);
    const Owned<GstNumproAnswer> other (gst_numpro_answer_new_from_json (
        broken.c_str (), static_cast<gssize> (broken.size ()), nullptr));
  }

  void check_merge (GstNumproPrompt *prompt, GstNumproAnswer *answer)
  {
    const std::string text = make_text (any_text ());
    const Owned<GstNumproAnswer> second (gst_numpro_answer_new (prompt, ledger_, text.c_str ()));
    const Owned<GstNumproAnswer> merged (gst_numpro_answer_merge (answer, second.get (), ledger_));
    check (merged.get ());
    check_json (merged.get ());
  }

  void require (bool condition, const char *otherwise)
  {
    if (condition)
      return;
    std::fprintf (stderr, "answer %lld %s:\n%s\n", answers_, otherwise, text_.c_str ());
    std::abort ();
  }

  std::minstd_rand random_;
  std::vector<AnswerRow> rows_;
  std::vector<Owned<GstNumproLedger>> ledgers_;
  GstNumproLedger *ledger_ = nullptr;
  std::string text_;
  long long answers_ = 0, valid_ = 0, found_ = 0, restated_ = 0;
};

}  // namespace

int main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_log_set_always_fatal (
      static_cast<GLogLevelFlags> (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
  const guint32 seed = argc > 1 ? static_cast<guint32> (std::atoll (argv[1])) : 1;
  const long long answers = argc > 2 ? std::atoll (argv[2]) : 50000;

  Mutations mutations (seed);
  for (long long i = 0; i < answers; ++i)
    mutations.step ();
  std::printf ("seed %u: %lld answers, %lld valid, %lld found, %lld restated\n", seed,
               mutations.answers (), mutations.valid (), mutations.found (), mutations.restated ());
  return mutations.found () == 0 || mutations.restated () == 0;
}
