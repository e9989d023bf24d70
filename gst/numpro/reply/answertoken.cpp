/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answertoken.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace numpro {

namespace {

struct Translation {
  std::string_view chinese, english;
};

// Longer phrases before those they begin with.
constexpr Translation kChinese[] = {
    {"从未出现", "invisible"},
    {"没有出现", "invisible"},
    {"没有看到", "invisible"},
    {"没有发生", "invisible"},
    {"并未出现", "invisible"},
    {"未出现", "invisible"},
    {"没出现", "invisible"},
    {"没看到", "invisible"},
    {"看不到", "invisible"},
    {"看不见", "invisible"},
    {"不可见", "invisible"},
    {"未看到", "invisible"},
    {"不存在", "invisible"},
    {"未发生", "invisible"},
    {"未见", "invisible"},
    {"沒有出現", "invisible"},
    {"不确定", "unclear"},
    {"不清楚", "unclear"},
    {"无法确定", "unable"},
    {"无法", "unable"},
    {"没有", "no"},
    {"沒有", "no"},
    {"除了", "except"},
    {"除", "except"},
    {"没", "not"},
    {"未", "not"},
    {"不", "not"},
    {"无", "not"},
    {"非", "not"},
    {"出现", "appear"},
    {"看到", "see"},
    {"可见", "visible"},
    {"以及", "and"},
    {"之间", "between"},
    {"之前", "before"},
    {"之后", "after"},
    {"以后", "after"},
    {"开始", "onwards"},
    {"其他", "other"},
    {"和", "and"},
    {"与", "and"},
    {"及", "and"},
    {"或", "or"},
    {"从", "from"},
    {"從", "from"},
    {"自", "from"},
    {"到", "to"},
    {"至", "to"},
    {"第", "nth"},
    {"帧", "frame"},
    {"幀", "frame"},
    {"秒", "seconds"},
    {"分", "minutes"},
    {"在", "in"},
};

constexpr std::string_view kTimeSuffixes[] = {"s",   "sec", "secs", "ms", "m",
                                              "min", "h",   "am",   "pm"};
constexpr std::string_view kFileSuffixes[] = {".jpg", ".jpeg", ".png"};

bool is_digit (char c)
{
  return g_ascii_isdigit (c);
}

class Tokenizer
{
 public:
  explicit Tokenizer (std::string_view text) : text_ (text) {}

  std::vector<Token> run ()
  {
    while (at_ < text_.size ())
      step ();
    return std::move (tokens_);
  }

 private:
  char peek (std::size_t ahead = 0) const
  {
    return at_ + ahead < text_.size () ? text_[at_ + ahead] : '\0';
  }

  template <typename Predicate>
  std::size_t run_length (std::size_t from, Predicate predicate) const
  {
    std::size_t end = from;
    while (end < text_.size () && predicate (text_[end]))
      ++end;
    return end - from;
  }

  Token &add (Token::Kind kind, std::size_t length)
  {
    tokens_.push_back ({kind, text_.substr (at_, length)});
    at_ += length;
    line_is_empty_ = false;
    return tokens_.back ();
  }

  void step ()
  {
    const char c = peek ();
    if (c == ' ') {
      ++at_;
    } else if (c == '\n') {
      add (Token::Kind::END, 1);
      line_is_empty_ = true;
    } else if (is_digit (c)) {
      number ();
    } else if (g_ascii_isalpha (c)) {
      word ();
    } else if (static_cast<guchar> (c) >= 0x80) {
      chinese ();
    } else {
      sign (c);
    }
  }

  void sign (char c)
  {
    switch (c) {
      case '-':
        dash ();
        break;
      case ',':
        add (Token::Kind::COMMA, 1);
        break;
      case ':':
        add (Token::Kind::COLON, 1);
        break;
      case '?':
        add (Token::Kind::QUESTION, 1);
        break;
      case '.':
        dot ();
        break;
      case ';':
      case '!':
        add (Token::Kind::END, 1);
        break;
      default:
        add (Token::Kind::MARK, 1);
    }
  }

  // After "no" a dot ends an abbreviation.
  void dot ()
  {
    const bool abbreviates = !tokens_.empty () && tokens_.back ().is ("no") &&
                             (is_digit (peek (1)) || (peek (1) == ' ' && is_digit (peek (2))));
    add (abbreviates ? Token::Kind::MARK : Token::Kind::END, 1);
  }

  // Between numbers or words, for lists, or before a negative number.
  void dash ()
  {
    const bool starts_line = line_is_empty_;
    const bool touches_left = at_ > 0 && text_[at_ - 1] != ' ' && text_[at_ - 1] != '\n';
    const bool follows_number =
        !tokens_.empty () && tokens_.back ().kind == Token::Kind::NUMBER && !starts_line;
    if (is_digit (peek (1)) && !touches_left && !follows_number) {
      const std::size_t digits =
          run_length (at_ + 1, [] (char c) { return is_digit (c) || c == '.'; });
      add (Token::Kind::QUANTITY, 1 + digits).value = -1;
    } else if (starts_line) {
      ++at_;
    } else {
      add (Token::Kind::DASH, 1);
    }
  }

  // The "1." or "1)" of a numbered list, with something after it.
  bool enumerates (std::size_t digits) const
  {
    const std::size_t after = at_ + digits;
    if (!line_is_empty_ || digits > 2 || after + 2 >= text_.size ())
      return false;
    const std::size_t rest = text_.find_first_not_of (' ', after + 1);
    return (text_[after] == '.' || text_[after] == ')') && text_[after + 1] == ' ' &&
           rest != std::string_view::npos && text_[rest] != '\n';
  }

  void number ()
  {
    const std::size_t digits = run_length (at_, is_digit);
    const char next = peek (digits), then = peek (digits + 1);
    if (enumerates (digits)) {
      at_ += digits + 1;
    } else if (next == ':' && is_digit (then)) {
      add (Token::Kind::TIME, run_length (at_, [] (char c) {
             return is_digit (c) || c == ':' || c == '.' || c == ',';
           }));
    } else if ((next == '.' || next == '/') && is_digit (then)) {
      decimal ();
    } else if (next == '-' && is_digit (then) && is_date (digits)) {
      add (Token::Kind::QUANTITY,
           run_length (at_, [] (char c) { return is_digit (c) || c == '-'; }));
    } else if (is_file (digits)) {
      add (Token::Kind::QUANTITY,
           digits + 1 + run_length (at_ + digits + 1, [] (char c) { return g_ascii_isalpha (c); }));
    } else if (g_ascii_isalpha (next)) {
      with_unit (digits);
    } else {
      whole (digits);
    }
  }

  bool is_date (std::size_t digits) const
  {
    const std::size_t second = run_length (at_ + digits + 1, is_digit);
    return peek (digits + 1 + second) == '-' && is_digit (peek (digits + 2 + second));
  }

  bool is_file (std::size_t digits) const
  {
    const std::string_view rest = text_.substr (at_ + digits);
    return std::any_of (std::begin (kFileSuffixes), std::end (kFileSuffixes),
                        [rest] (std::string_view suffix) { return rest.starts_with (suffix); });
  }

  // 4.5, and the 4.5/5 of marks.
  void decimal ()
  {
    std::size_t length = run_length (at_, [] (char c) { return is_digit (c) || c == '.'; });
    if (text_[at_ + length - 1] == '.')
      --length;
    double value = -1;
    const char *end = text_.data () + at_ + length;
    if (std::from_chars (text_.data () + at_, end, value).ptr != end)
      value = -1;
    if (peek (length) == '/' && is_digit (peek (length + 1))) {
      const std::size_t fraction =
          run_length (at_ + length, [] (char c) { return is_digit (c) || c == '/'; });
      if (text_.substr (at_ + length, fraction) != "/5")
        value = -1;
      length += fraction;
    }
    const std::size_t letters =
        run_length (at_ + length, [] (char c) { return g_ascii_isalpha (c) || c == '%'; });
    const bool is_time = is_time_suffix (text_.substr (at_ + length, letters));
    add (is_time ? Token::Kind::TIME : Token::Kind::QUANTITY, length + letters).value =
        letters ? -1 : value;
  }

  static bool is_time_suffix (std::string_view letters)
  {
    return std::find (std::begin (kTimeSuffixes), std::end (kTimeSuffixes), letters) !=
           std::end (kTimeSuffixes);
  }

  void with_unit (std::size_t digits)
  {
    const std::size_t letters =
        run_length (at_ + digits, [] (char c) { return g_ascii_isalnum (c); });
    const bool is_time = is_time_suffix (text_.substr (at_ + digits, letters));
    add (is_time ? Token::Kind::TIME : Token::Kind::QUANTITY, digits + letters).value = -1;
  }

  void whole (std::size_t digits)
  {
    const std::size_t after = text_.find_first_not_of (' ', at_ + digits);
    if (after != std::string_view::npos && text_[after] == '%') {
      add (Token::Kind::QUANTITY, after + 1 - at_).value = -1;
      return;
    }
    Token &token = add (Token::Kind::NUMBER, digits);
    const char *end = token.text.data () + token.text.size ();
    token.too_large = std::from_chars (token.text.data (), end, token.number).ec != std::errc ();
    token.value = static_cast<double> (token.number);
  }

  // Letters, and the digits of "frame3" apart from them.
  void word ()
  {
    const std::size_t letters =
        run_length (at_, [] (char c) { return g_ascii_isalpha (c) || c == '\''; });
    const std::string_view text = text_.substr (at_, letters);
    const bool marks = text == "frame" || text == "frames";
    if (!marks && is_digit (peek (letters))) {
      add (Token::Kind::MARK, run_length (at_, [] (char c) { return g_ascii_isalnum (c); }));
      return;
    }
    add (Token::Kind::WORD, letters);
    while (tokens_.back ().text.ends_with ('\''))
      tokens_.back ().text.remove_suffix (1);
  }

  void chinese ()
  {
    const std::string_view rest = text_.substr (at_);
    for (const Translation &phrase : kChinese) {
      if (rest.starts_with (phrase.chinese)) {
        add (Token::Kind::WORD, phrase.chinese.size ()).text = phrase.english;
        return;
      }
    }
    const gchar *start = text_.data () + at_;
    const auto length = static_cast<std::size_t> (g_utf8_next_char (start) - start);
    add (Token::Kind::WORD, std::min (length, text_.size () - at_));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool line_is_empty_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize (std::string_view plain)
{
  return Tokenizer (plain).run ();
}

}  // namespace numpro
