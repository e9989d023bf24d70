/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Secrets in what servers say.
//
// test_complaint: a secret that is shown, in part or as it stands in a URL; a complaint that cannot
//   be read for all that is hidden in it.
// test_answer: an answer whose words or numbers are taken for secrets; a secret in an answer.
// test_several: what is left of one secret where it overlaps another one.
// test_options: a key or a header that nobody thought of.
// test_query: a key in a URL that is shown, or something else taken for one.

#include "lib/model/secrets.h"
#include "lib/model/httpurl.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

void require_same (const std::string &text, const std::string &expected)
{
  fail_unless_equals_string (text.c_str (), expected.c_str ());
}

void require_hidden (const Secrets &secrets, const std::string &said, const char *expected)
{
  require_same (secrets.hide_in_complaint (said), expected);
}

}  // namespace

GST_START_TEST (test_complaint)
{
  const Secrets secrets = {"sk/7f", "Bearer  hunter2", "abc", ""};
  require_hidden (secrets, "", "");
  require_hidden (secrets, "no", "no");
  require_hidden (secrets, "sk/7f", "***");
  require_hidden (secrets, "the key sk/7f, sk/7fsk/7f is wrong", "the key ***, *** is wrong");
  require_hidden (secrets, "/login/sk%2F7f?", "/login/***?");
  require_hidden (secrets, "not Bearer  hunter2 and not hunter2", "not *** and not ***");
  require_hidden (secrets, "Bearer, abc", "Bearer, abc");
  require_hidden ({"****"}, "*****", "***");
}
GST_END_TEST

GST_START_TEST (test_answer)
{
  const Secrets secrets = {"video", "12345678", "canary-7f3b09", "Bearer another-canary"};
  const char *const words = "The video from 12345678 to 123456789";
  require_same (secrets.hide_in_answer (words), words);
  require_same (secrets.hide_in_answer ("Your key is canary-7f3b09, or another-canary?"),
                "Your key is ***, or ***?");
}
GST_END_TEST

GST_START_TEST (test_several)
{
  for (const Secrets &secrets :
       {Secrets{"abcdef", "efgh", "cde", "abcd"}, Secrets{"abcd", "cde", "efgh", "abcdef"}}) {
    require_hidden (secrets, "-abcdefgh-", "-***-");
    require_hidden (secrets, "abcdef efgh", "*** ***");
    require_hidden (secrets, "abcd-cde", "***-cde");
  }
}
GST_END_TEST

GST_START_TEST (test_options)
{
  HttpOptions options = {};
  require_hidden (secrets_of (options), "nothing", "nothing");
  options.url = "http://localhost/v1/chat/completions?api-version=2024-10-21&key=one%2Done";
  options.bearer = "twotwo";
  options.headers = {{"X-Key", "three"}, {"Authorization", "Token fourfour"}};
  require_hidden (secrets_of (options), "one-one one%2Done twotwo three fourfour 2024-10-21",
                  "*** *** *** *** *** 2024-10-21");
}
GST_END_TEST

GST_START_TEST (test_query)
{
  const struct {
    const char *url, *shown;
  } kCases[] = {
      {"http://host/v1?key=canary", "http://host/v1?key=***"},
      {"http://host/v1?API-KEY=canary&api-version=2", "http://host/v1?API-KEY=***&api-version=2"},
      {"http://host/v1?a&b=c&access_token=canary=#d", "http://host/v1?a&b=c&access_token=***#d"},
      {"https://host?code=canary&sig=canary", "https://host?code=***&sig=***"},
      {"host/v1?subscription-key=canary&", "host/v1?subscription-key=***&"},
      {"http://host?key=can@ary", "http://host?key=***"},
      {"http://user:canary@host?key=canary", "http://***@host?key=***"},
      {"http://host/key=2", "http://host/key=2"},
      {"http://host/v1#?key=2", "http://host/v1#?key=2"},
      {"http://host/v1?encode=2&design=3&key&=key", "http://host/v1?encode=2&design=3&key&=key"},
      {"?", "?"},
  };
  for (const auto &one : kCases) {
    require_same (without_credentials (one.url), one.shown);
    const auto keys = keys_in_query (one.url);
    fail_unless (keys.empty () == (std::string (one.shown).find ("=***") == std::string::npos));
    for (const std::string &key : keys)
      fail_unless (key.starts_with ("can"), "%s", key.c_str ());
  }
}
GST_END_TEST

static Suite *secrets_suite ()
{
  Suite *suite = suite_create ("secrets");
  TCase *tcase = tcase_create ("secrets");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_complaint);
  tcase_add_test (tcase, test_answer);
  tcase_add_test (tcase, test_several);
  tcase_add_test (tcase, test_options);
  tcase_add_test (tcase, test_query);
  return suite;
}

GST_CHECK_MAIN (secrets)
