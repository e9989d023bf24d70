/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Headers as the user sets them, and as they are sent.
//
// test_taken: a header lost, changed, or refused though it is right.
// test_environment: a variable's name that is sent in place of its value, or an empty header.
// test_names: a header that nobody may set, or that ends the request's head.
// test_values: a value that ends the line, or is shown in the complaint.
// test_authorization: a key that is sent beside the user's own.

#include "lib/model/requestheaders.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

using Headers = std::vector<RequestHeader>;

Headers taken (const std::vector<HeaderSetting> &settings)
{
  std::string problem;
  Headers headers = make_request_headers (settings, problem);
  fail_unless_in_loop (problem.empty (), "%s", problem.c_str ());
  return headers;
}

// A setting among others that are right.
std::string refused (const HeaderSetting &setting)
{
  std::string problem;
  const Headers headers =
      make_request_headers ({{"X-One", "1"}, setting, {"X-Other", "2"}}, problem);
  fail_unless_in_loop (headers.empty () && !problem.empty (), "%s is taken", setting.name.c_str ());
  fail_unless_in_loop (problem.find ("canary") == std::string::npos && !problem.ends_with ('.'),
                       "%s", problem.c_str ());
  return problem;
}

void require_named (const std::string &problem, const std::string &words)
{
  fail_unless_in_loop (problem.find (words) != std::string::npos, "'%s' is not in: %s",
                       words.c_str (), problem.c_str ());
}

}  // namespace

GST_START_TEST (test_taken)
{
  fail_unless (taken ({}).empty ());
  fail_unless (taken ({{"X-Title", " My cameras: 3, \"red\"; \xc3\xa9 "},
                       {"x!#$%&'*+-.^_`|~9", "a$B"},
                       {"X-Part", "1"},
                       {"X-Part", "2"},
                       {"User-Agent", "mine/1"},
                       {"Hosts", "a"},
                       {"Cookie", "a=b"}}) ==
               (Headers{{"X-Title", "My cameras: 3, \"red\"; \xc3\xa9"},
                        {"x!#$%&'*+-.^_`|~9", "a$B"},
                        {"X-Part", "1"},
                        {"X-Part", "2"},
                        {"User-Agent", "mine/1"},
                        {"Hosts", "a"},
                        {"Cookie", "a=b"}}));
}
GST_END_TEST

GST_START_TEST (test_environment)
{
  g_setenv ("NUMPRO_TEST_KEY", " canary-key\n", TRUE);
  fail_unless (taken ({{"api-key", "$NUMPRO_TEST_KEY"}}) == (Headers{{"api-key", "canary-key"}}));
  g_setenv ("NUMPRO_TEST_KEY", "$HOME", TRUE);
  fail_unless (taken ({{"api-key", "$NUMPRO_TEST_KEY"}}) == (Headers{{"api-key", "$HOME"}}));
  g_setenv ("NUMPRO_TEST_KEY", "canary\nX-Other: 1", TRUE);
  require_named (refused ({"api-key", "$NUMPRO_TEST_KEY"}), "api-key must not hold a line break");
  for (const char *empty : {"", "\n"}) {
    g_setenv ("NUMPRO_TEST_KEY", empty, TRUE);
    require_named (refused ({"api-key", "$NUMPRO_TEST_KEY"}),
                   "api-key gets its value from the environment variable NUMPRO_TEST_KEY, which is "
                   "empty");
  }
  g_unsetenv ("NUMPRO_TEST_KEY");
  require_named (refused ({"api-key", "$NUMPRO_TEST_KEY"}),
                 "api-key gets its value from the environment variable NUMPRO_TEST_KEY, which is "
                 "not set");
  for (const char *value :
       {"$", "$$", "$canary-7", "$7canary", "$ canary", "${canary}", "$canary\n"})
    require_named (refused ({"api-key", value}), "the value of api-key begins with \"$\"");
}
GST_END_TEST

GST_START_TEST (test_names)
{
  for (const char *name :
       {"Accept", "accept-encoding", "CONNECTION", "Content-Encoding", "content-length",
        "Content-Type", "Expect", "host", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "te",
        "Trailer", "Transfer-Encoding", "Upgrade"})
    require_named (refused ({name, "canary"}),
                   std::string (name) + " is set by the element itself");
  require_named (refused ({"proxy-authorization", "canary"}), "http_proxy");
  for (const char *name : {"api-key: canary", "api-key\r\nX-Other", "api-key\n", "api-key ",
                           "api-key:", "api-key\xc3\xa9", "api-key\x7f"})
    require_named (refused ({name, "canary"}), "the one that begins with \"api-key\" is not");
  for (const char *name : {"", ":", " api-key"})
    require_named (refused ({name, "canary"}), "the one that begins with \"\" is not");
}
GST_END_TEST

GST_START_TEST (test_values)
{
  for (const char *value : {"canary\nX-Other: 1", "canary\r\n\r\nPOST / HTTP/1.1", "canary\x01",
                            "canary\x7f", "canary\t1", "canary\n", "\ncanary"})
    require_named (refused ({"X-Key", value}), "the value of X-Key must not hold a line break");
  for (const char *value : {"", "  "})
    require_named (refused ({"X-Key", value}), "X-Key has no value");
  require_named (refused ({"X-Key", std::nullopt}), "write it as X-Key=(string)\"...\"");
}
GST_END_TEST

GST_START_TEST (test_authorization)
{
  fail_if (has_authorization ({}));
  fail_if (has_authorization ({{"api-key", "a"}, {"X-Authorization", "b"}}));
  fail_unless (has_authorization ({{"api-key", "a"}, {"Authorization", "b"}}));
  fail_unless (has_authorization ({{"authorization", "b"}}));
  fail_if (has_key ({}));
  fail_if (has_key ({{"X-Key", "a"}, {"keys", "b"}}));
  for (const char *name : {"Authorization", "api-key", "API-Key", "X-API-Key"})
    fail_unless (has_key ({{"X-Key", "a"}, {name, "b"}}), "%s", name);
}
GST_END_TEST

static Suite *requestheaders_suite ()
{
  Suite *suite = suite_create ("requestheaders");
  TCase *tcase = tcase_create ("requestheaders");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_taken);
  tcase_add_test (tcase, test_environment);
  tcase_add_test (tcase, test_names);
  tcase_add_test (tcase, test_values);
  tcase_add_test (tcase, test_authorization);
  return suite;
}

GST_CHECK_MAIN (requestheaders)
